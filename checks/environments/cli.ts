import { Command } from "commander";
import { runProof } from "../run-proof";
import { proveEnvironments } from "./environments";

runProof(
  new Command("environments")
    .description("apply, plan again and destroy every environment, and one with everything on, with IAM enforced")
    .argument("[names...]", "rows of stacks/environments.ts, and full", ["full", "dev", "staging", "prod"])
    .action(async (names: string[]) => {
      if (!(await proveEnvironments(names))) process.exitCode = 1;
    }),
);
