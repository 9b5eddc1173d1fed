import type { Command } from "commander";
import { useProofInstance } from "../ops/emulator/instance";
import { couldNotRun } from "../ops/shell/run";

/** Runs the command line of a proof, which takes an emulated AWS of its own. It ends with 0 when all was proved, 1 when something was not, 2 when it could not be run, 3 when a person must decide. */
export function runProof(command: Command): void {
  useProofInstance();
  command
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parseAsync()
    .catch(couldNotRun);
}
