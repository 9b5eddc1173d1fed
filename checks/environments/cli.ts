import { Command, InvalidArgumentError } from "commander";
import { runProof } from "../run-proof";
import { proveEnvironments } from "./environments";

const largest = 2 ** 32 - 1;

/** One seed, or several with commas between them, after those that were given before. */
function seedsAfter(text: string, before: readonly number[]): readonly number[] {
  const wrong = text.split(",").find((seed) => !/^\d{1,10}$/.test(seed) || Number(seed) > largest);
  if (wrong === undefined) return [...before, ...text.split(",").map(Number)];
  throw new InvalidArgumentError(`"${wrong}" is not a whole number from 0 to ${largest}.`);
}

runProof(
  new Command("environments")
    .description(
      "Applies, plans again and destroys every environment, and the environment full, which has every option on; with IAM enforced.",
    )
    .argument("[names...]", "environments: rows of stacks/environments.ts, or full", ["full", "dev", "staging", "prod"])
    .option(
      "--seed <seeds>",
      "run once for each seed, on an eventually consistent emulated AWS whose delays it decides; repeatable, or 1,2,3",
      seedsAfter,
      [],
    )
    .action(async (names: string[], { seed }: { seed: readonly number[] }) => {
      if (!(await proveEnvironments(names, seed))) process.exitCode = 1;
    }),
);
