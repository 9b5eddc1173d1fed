import { Command } from "commander";
import { findEnvironment } from "../emulator/emulator";
import { recover } from "./recover";

interface Options {
  readonly environment: string;
  readonly yes: boolean;
  readonly unlock?: string;
}

export const recoverCommand = new Command("recover")
  .description(
    "After an interrupted deploy, where this shell's AWS calls go: release dead locks, import what no state knows, remove duplicates",
  )
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .option("--yes", "do not ask", false)
  .option("--unlock <id>", "release this lock, although it was taken on another machine")
  .action(async ({ environment, ...options }: Options) => {
    if (!(await recover(findEnvironment(environment), options))) process.exitCode = 1;
  });
