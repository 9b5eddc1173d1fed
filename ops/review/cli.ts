import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { gates } from "../../packages/plan-review/program";
import type { Verdict } from "../../packages/plan-review/review";
import { type Environment, environments } from "../../stacks/environments";
import { emulatorEnvironment, findEnvironment } from "../emulator/emulator";
import { useProofInstance } from "../emulator/instance";
import { withCopy, withEmulator } from "../emulator/with-emulator";
import { showReview } from "../pipeline/plans";
import { reviewsFolder, writeReviews } from "../pipeline/reviews";
import type { Copy } from "../shell/copy";
import { root } from "../shell/paths";
import { note } from "../shell/progress";
import { commitOf, deployBase, planInOrder } from "./review";

/** Among the reviews of a pull request, the one that needs no account. */
const name = "offline";

interface Options {
  readonly base: string;
  readonly environment: string;
  readonly pullRequest?: string;
  readonly failOn: keyof typeof gates;
}

export const reviewCommand = new Command("review")
  .description(
    "Reviews what this checkout would change in an environment that another commit deployed. Needs no AWS account: deploys that commit to the emulated AWS, " +
      "then plans and applies the stacks of the checkout in order. Prints the review, and writes it to reports/reviews/offline. " +
      "Ends with 0 after a review, 1 when no review was possible, 3 when the verdict reaches --fail-on.",
  )
  .option("--base <commit>", "commit that counts as deployed", "main")
  .option(
    "--environment <name>",
    `environment: ${environments.map(({ name }) => name).join(", ")}`,
    asEnvironment,
    "staging",
  )
  .option(
    "--pull-request <number>",
    "number to store next to the review, for the comment on the pull request",
    asNumber,
  )
  .addOption(
    new Option("--fail-on <verdict>", "end with 3 at this verdict, or a worse one")
      .choices(Object.keys(gates))
      .default("never"),
  )
  .action(async (options: Options) => {
    const verdict = await reviewOf(findEnvironment(options.environment), options);
    if (gates[options.failOn].includes(verdict)) process.exitCode = 3;
  });

/** Prints and writes the review; gives its verdict. */
async function reviewOf(environment: Environment, { base, pullRequest }: Options): Promise<Verdict> {
  // First, so that the comment can say that there is no review.
  if (pullRequest !== undefined) {
    mkdirSync(reviewsFolder, { recursive: true });
    writeFileSync(join(reviewsFolder, "pull-request"), pullRequest);
  }
  const commit = await commitOf(base);
  useProofInstance();
  const env = await emulatorEnvironment(environment);
  const work = async (copy: Copy) => {
    note(`${environment.name} as of ${base} (${commit.slice(0, 7)}), then as in this checkout`);
    await deployBase(environment, env, copy);
    await copy.takeCheckout();
    const plans = await planInOrder(environment, env, copy);
    return writeReviews(name, plans, join(copy.folder, "cdktf.out"));
  };
  const review = await withCopy((copy) => withEmulator(env, () => work(copy)), commit);
  showReview(review);
  note(`The same with everything in it: ${relative(root, join(reviewsFolder, name, "review.html"))}`);
  return review.verdict;
}

function asEnvironment(name: string): string {
  if (environments.some((row) => row.name === name)) return name;
  throw new InvalidArgumentError(`There are ${environments.map((row) => row.name).join(", ")}.`);
}

function asNumber(text: string): string {
  if (/^[1-9]\d{0,8}$/.test(text)) return text;
  throw new InvalidArgumentError("Allowed: a whole number from 1.");
}
