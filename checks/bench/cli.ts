import { Command, InvalidArgumentError } from "commander";
import { type Check, report } from "../../ops/report/report";
import { runProof } from "../run-proof";
import { measureBackend } from "./backend";
import { measureContainers } from "./containers";
import { measureImages } from "./images";
import { measureStacks } from "./stacks";

const parts: Readonly<Record<string, () => Promise<Check[]>>> = {
  backend: measureBackend,
  containers: measureContainers,
  images: measureImages,
  stacks: measureStacks,
};
const names = Object.keys(parts);

runProof(
  new Command("bench")
    .description(
      "Measures the API, the containers, the images and the stacks, next to others in the same run. The part stacks needs a running `make up`. Writes reports/bench.json. Ends with 0 when every target is met, 1 when one is not, 2 when it could not run.",
    )
    .option("--only <parts>", `parts to measure, separated by commas: ${names.join(", ")}`, asParts, names)
    .action(async ({ only }: { only: readonly string[] }) => {
      const startedAt = new Date();
      const checks: Check[] = [];
      for (const name of only) checks.push(...((await parts[name]?.()) ?? []));
      process.exit((await report("bench", startedAt, checks)) ? 0 : 1);
    }),
);

function asParts(list: string): string[] {
  const wanted = list.split(",").filter(Boolean);
  if (wanted.length > 0 && wanted.every((name) => names.includes(name))) return wanted;
  throw new InvalidArgumentError(`There are ${names.join(", ")}.`);
}
