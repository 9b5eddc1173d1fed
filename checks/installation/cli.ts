import { Command } from "commander";
import { runProof } from "../run-proof";
import { deployInside, isolated } from "./isolated";

const program = new Command("installation");

program
  .command("isolated")
  .description("prove that a deploy to the emulator needs no network: run one in a namespace without a route")
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .action(({ environment }: { environment: string }) => isolated(environment));

program.command("isolated-deploy <environment> <folder>", { hidden: true }).action(deployInside);

runProof(program);
