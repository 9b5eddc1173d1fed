import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { type Environment, environments } from "../../stacks/environments";
import { synthesizedStacks } from "../plan-review/classify/construct-path";
import { print } from "../plan-review/print/print";
import { allowancesIn, gates } from "../plan-review/program";
import { readPlanFiles } from "../plan-review/read/file";
import { reviewPlans, type Verdict } from "../plan-review/review";
import type { Copy } from "../setup/copy";
import { emulatorEnvironment, findEnvironment } from "../setup/emulator";
import { root } from "../setup/paths";
import { note } from "../setup/progress";
import { explainFailure } from "../setup/run";
import { withCopy, withEmulator } from "../setup/with-emulator";
import { commitOf, deployBase, planInOrder, writePlans } from "./review";

/** What `plan-review --config` reads. */
const allowed = join(root, "plan-review.json");

interface Options {
  readonly base: string;
  readonly environment: string;
  readonly failOn: keyof typeof gates;
}

new Command("review")
  .description(
    "What this checkout would change in an environment that was deployed from another commit, without an account: deploys that commit to the emulated AWS, " +
      "then plans and applies the stacks of the checkout, one after another. Prints the review, and writes reports/review.md, .html and the plans. " +
      "Exits with 0 when it was reviewed, 1 when that was not possible, 2 when the verdict reaches --fail-on.",
  )
  .option("--base <commit>", "what is deployed now", "main")
  .option("--environment <name>", environments.map(({ name }) => name).join(", "), asEnvironment, "staging")
  .addOption(new Option("--fail-on <severity>", "as plan-review").choices(Object.keys(gates)).default("never"))
  .action(async ({ base, environment, failOn }: Options) => {
    const verdict = await reviewOf(findEnvironment(environment), base);
    if (gates[failOn].includes(verdict)) process.exitCode = 2;
  })
  .parseAsync()
  .catch(explainFailure);

/** Prints and writes the review; gives its verdict. */
async function reviewOf(environment: Environment, base: string): Promise<Verdict> {
  const commit = await commitOf(base);
  const env = await emulatorEnvironment(environment);
  const work = async (copy: Copy) => {
    note(`${environment.name} as of ${base} (${commit.slice(0, 7)}), then as in this checkout`);
    await deployBase(environment, env, copy);
    await copy.takeCheckout();
    const plans = writePlans(await planInOrder(environment, env, copy));
    return reviewPlans(readPlanFiles(plans), {
      stacks: synthesizedStacks(join(copy.folder, "cdktf.out")),
      allowances: existsSync(allowed) ? allowancesIn(allowed) : [],
      today: new Date().toISOString().slice(0, 10),
    });
  };
  const review = await withCopy((copy) => withEmulator(env, () => work(copy)), commit);
  for (const [format, file] of [
    ["markdown", "reports/review.md"],
    ["html", "reports/review.html"],
    ["json", "reports/review.json"],
  ] as const) {
    writeFileSync(join(root, file), print(review, format));
  }
  process.stdout.write(`\n${print(review, "terminal", { isColoured: process.stdout.isTTY === true })}`);
  note("The same in reports/review.md, .html and .json; the plans are in reports/review");
  return review.verdict;
}

function asEnvironment(name: string): string {
  if (environments.some((row) => row.name === name)) return name;
  throw new InvalidArgumentError(`There are ${environments.map((row) => row.name).join(", ")}.`);
}
