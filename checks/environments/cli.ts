import { Command } from "commander";
import { explainFailure } from "../../ops/shell/run";
import { proveEnvironments } from "./environments";

new Command("environments")
  .description("apply, plan again and destroy every environment, and one with everything on, with IAM enforced")
  .argument("[names...]", "rows of stacks/environments.ts, and full", ["full", "dev", "staging", "prod"])
  .action(async (names: string[]) => {
    if (!(await proveEnvironments(names))) process.exitCode = 1;
  })
  .parseAsync()
  .catch(explainFailure);
