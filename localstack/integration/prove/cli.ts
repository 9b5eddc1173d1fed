import { Command, InvalidArgumentError } from "commander";
import { environments } from "../../../stacks/environments";
import { explainFailure } from "../../../tools/setup/run";
import { drills, prove } from "./prove";

const names = drills.map(({ id }) => id);

new Command("prove")
  .description(
    "Deploys an environment to the emulated AWS, breaks it in one way after another, and destroys it. Writes reports/proof.json and reports/proof.html.",
  )
  .option("--environment <name>", environments.map(({ name }) => name).join(", "), asEnvironment, "staging")
  .option("--drill <names>", `some of ${names.join(", ")}, separated by commas`, asDrills, names)
  .action(async ({ environment, drill }: { environment: string; drill: readonly string[] }) => {
    process.exitCode = (await prove(environment, drill)) ? 0 : 1;
  })
  // 1 is a drill that failed.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parseAsync()
  .catch((error) => {
    explainFailure(error);
    process.exitCode = 2;
  });

function asEnvironment(name: string): string {
  if (environments.some((row) => row.name === name)) return name;
  throw new InvalidArgumentError(`There are ${environments.map((row) => row.name).join(", ")}.`);
}

function asDrills(list: string): string[] {
  const chosen = list.split(",").filter(Boolean);
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length === 0 && chosen.length > 0) return chosen;
  throw new InvalidArgumentError(`There are ${names.join(", ")}.`);
}
