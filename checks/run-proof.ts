import type { Command } from "commander";
import { couldNotRun } from "../ops/shell/run";

/** Runs the command line of a proof. It ends with 0 when all was proved, 1 when something was not, 2 when it could not be run. */
export function runProof(command: Command): void {
  command
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parseAsync()
    .catch(couldNotRun);
}
