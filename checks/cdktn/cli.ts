import { Command } from "commander";
import { runProof } from "../run-proof";
import { exit } from "./exit";

// A process that a signal ends by itself does not run what tidies up; one that exits does.
process.once("SIGINT", () => process.exit(130));

runProof(
  new Command("cdktn")
    .description(
      "Compiles and synthesizes the stacks with cdktn, the fork of cdktf, and compares the resources. Writes reports/cdktn.json.",
    )
    .action(async () => {
      if (!(await exit())) process.exitCode = 1;
    }),
);
