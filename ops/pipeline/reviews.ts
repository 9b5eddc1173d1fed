import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesizedStacks } from "../../packages/plan-review/classify/construct-path";
import { print } from "../../packages/plan-review/print/print";
import { allowancesIn } from "../../packages/plan-review/program";
import { readPlan } from "../../packages/plan-review/read/read";
import { type Review, reviewPlans, type Verdict } from "../../packages/plan-review/review";
import { environments } from "../../stacks/environments";
import { root } from "../shell/paths";
import { SetupError } from "../shell/run";

/** One folder for each plan that was reviewed. No secret is in it: it may be handed from job to job, and be public. */
export const reviewsFolder = join(root, "reports/reviews");

/** What people have allowed, with a reason and a last day: see plan-review. */
const allowed = join(root, "plan-review.json");
const largestReview = 5_000_000;
const verdicts: readonly Verdict[] = ["safe", "look", "dangerous"];

/** Reviews plans (`terraform show -json`, by stack) together, for people, and one by one, to compare each with what will be applied. */
export function writeReviews(name: string, plans: ReadonlyMap<string, string>, synthesized: string): Review {
  const folder = join(reviewsFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const review = reviewOf(plans, synthesized);
  writeFileSync(join(folder, "review.json"), print(review, "json"));
  writeFileSync(join(folder, "review.html"), print(review, "html"));
  for (const [stack, plan] of plans) {
    writeFileSync(join(folder, `${stack}.json`), print(reviewOf(new Map([[stack, plan]]), synthesized), "json"));
  }
  return review;
}

export function reviewOf(plans: ReadonlyMap<string, string>, synthesized: string): Review {
  return reviewPlans(
    [...plans].map(([stack, plan]) => readPlan(`${stack}.plan.json`, plan)),
    {
      stacks: synthesizedStacks(synthesized),
      allowances: existsSync(allowed) ? allowancesIn(allowed) : [],
      today: new Date().toISOString().slice(0, 10),
    },
  );
}

/** The review of one stack's plan, as it was written when people looked at it; undefined when it was not planned. */
export function reviewedStack(name: string, stack: string): Review | undefined {
  const file = join(reviewsFolder, name, `${stack}.json`);
  return existsSync(file) ? readReview(file) : undefined;
}

/** What is reviewed: a change on the emulated AWS, and what a deploy to each environment would do. */
export const reviewNames: readonly string[] = ["offline", ...environments.map(({ name }) => name)];

/**
 * The reviews of these names in a folder; undefined for one that is not there. They may come from a job that ran a stranger's code: each is
 * parsed, nothing in it is run, and what was not asked for is not read.
 */
export function readReviews(folder: string, names: readonly string[]): ReadonlyMap<string, Review | undefined> {
  return new Map(
    names.map((name) => [
      name,
      existsSync(join(folder, name)) ? readReview(join(folder, name, "review.json")) : undefined,
    ]),
  );
}

function readReview(file: string): Review {
  try {
    const { size } = statSync(file);
    if (size > largestReview) throw new Error(`it has ${size} bytes, and ${largestReview} are allowed`);
    const review = JSON.parse(readFileSync(file, "utf8")) as Review;
    if (!verdicts.includes(review?.verdict)) throw new Error("it has no verdict");
    // Whatever a printer cannot print is no review.
    print(review, "markdown");
    return review;
  } catch (error) {
    throw new SetupError(`${file} is not a review: ${(error as Error).message}`);
  }
}
