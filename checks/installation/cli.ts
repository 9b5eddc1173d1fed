import { Command } from "commander";
import { runProof } from "../run-proof";
import { deployInside, isolated } from "./isolated";

const program = new Command("installation");

program
  .command("isolated")
  .description(
    "Proves that a deployment to the emulator needs no network: runs one in a network namespace without a route. Needs root.",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .action(({ environment }: { environment: string }) => isolated(environment));

program.command("isolated-deploy <environment> <folder>", { hidden: true }).action(deployInside);

runProof(program);
