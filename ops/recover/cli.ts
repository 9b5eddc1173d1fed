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
    "After an interrupted deployment, on AWS or on an emulator (this shell's AWS settings decide): releases state locks of Terraform processes that no longer run, imports resources that are in no state, destroys duplicates. Lists all of it first, and requests confirmation.",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--yes", "do not request confirmation", false)
  .option(
    "--unlock <id>",
    "also release this state lock, which another machine took; first make sure that no Terraform runs there",
  )
  .action(async ({ environment, ...options }: Options) => {
    if (!(await recover(findEnvironment(environment), options))) process.exitCode = 1;
  });
