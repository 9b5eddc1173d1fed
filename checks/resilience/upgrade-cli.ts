import { Command, Option } from "commander";
import { environments } from "../../stacks/environments";
import { runProof } from "../run-proof";
import { proveUpgrade } from "./upgrade";

runProof(
  new Command("upgrade")
    .description(
      "Deploys an environment as of an earlier commit to the emulated AWS, then as of this checkout, under load. No request may fail, and the review must announce each replacement. Writes reports/upgrade.json and reports/reviews/upgrade.",
    )
    .option("--from <commit>", "commit that is deployed first", "HEAD^")
    .addOption(
      new Option("--environment <name>", "environment that is deployed")
        .choices(environments.map(({ name }) => name))
        .default("staging"),
    )
    .action(async ({ from, environment }: { from: string; environment: string }) => {
      process.exit((await proveUpgrade(environment, from)) ? 0 : 1);
    }),
);
