import { Command } from "commander";
import { runProof } from "../run-proof";
import { proveEnvironments } from "./environments";

runProof(
  new Command("environments")
    .description(
      "Applies, plans again and destroys every environment, and the environment full, which has every option on; with IAM enforced.",
    )
    .argument("[names...]", "environments: rows of stacks/environments.ts, or full", ["full", "dev", "staging", "prod"])
    .action(async (names: string[]) => {
      if (!(await proveEnvironments(names))) process.exitCode = 1;
    }),
);
