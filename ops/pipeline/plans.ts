import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { print } from "../../packages/plan-review/print/print";
import type { Review } from "../../packages/plan-review/review";
import type { Environment } from "../../stacks/environments";
import { stackNames } from "../deploy/deployment";
import { assertNotRolledBack, type DeployedService } from "../deploy/explain-rollbacks";
import { synthesize } from "../deploy/synthesis";
import { Terraform } from "../deploy/terraform";
import { createDockerConfiguration } from "../install/docker-engine";
import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { reviewedStack, reviewOf, writeReviews } from "./reviews";
import { unreviewed } from "./same-plan";

/** What would be applied is not what people saw. */
export class UnreviewedError extends SetupError {}

const synthesized = join(root, "cdktf.out");

/** In a pipeline images are in their repositories before Terraform runs. */
function environmentOf(): NodeJS.ProcessEnv {
  createDockerConfiguration();
  return { ...process.env, TF_VAR_prebuilt: "true" };
}

/** The stacks of an environment that a pipeline deploys: bootstrap is a person's, who has its state. */
export function deployedStacks(row: Environment): string[] {
  return stackNames(row).filter((stack) => !stack.startsWith("bootstrap-"));
}

/** Plans all stacks of an environment without a lock, so that reading is enough, and reviews the plans under its name. */
export async function planEnvironment(row: Environment): Promise<Review> {
  await synthesize();
  const plans = new Terraform(root, environmentOf());
  return writeReviews(row.name, await planStacks(deployedStacks(row), plans), synthesized);
}

/**
 * The plans of stacks, in the order in which they are applied. One that needs what an earlier one has yet to make cannot be planned: then
 * it and the rest are for another run, after this one was applied.
 */
export async function planStacks(
  stacks: readonly string[],
  plans: Pick<Terraform, "plan">,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const stack of stacks) {
    try {
      texts.set(stack, await step(`Plan ${stack}`, () => plans.plan(stack, ["-lock=false"])));
    } catch (error) {
      const made = reviewOf(texts, synthesized);
      if (made.changes.length + made.outputs.length === 0 || !(error instanceof SetupError)) throw error;
      note(`${stack} and what follows can be planned once the others are applied:\n${error.message}`);
      break;
    }
  }
  return texts;
}

/** What GitHub shows of a step, 1 MiB, in characters: of UTF-8, each takes 3 bytes at most. */
const summaryLimit = Math.floor(2 ** 20 / 3);

/** Where people decide: the page of the workflow's run, or the terminal. */
export function showReview(review: Review, file = process.env.GITHUB_STEP_SUMMARY): void {
  process.stdout.write(print(review, "terminal"));
  if (file) appendFileSync(file, print(review, "markdown", { limit: summaryLimit }));
}

/** Plans stacks anew and applies each as it was reviewed, one after the other; the first that differs ends it, with what nobody saw. */
export async function applyReviewed(row: Environment, kinds: readonly string[]): Promise<void> {
  const stacks = kinds.map((kind) => `${row.name}-${kind}`);
  const unknown = stacks.filter((stack) => !deployedStacks(row).includes(stack));
  if (unknown.length > 0)
    throw new SetupError(`Unknown: ${unknown.join(", ")}; there are ${deployedStacks(row).join(", ")}.`);
  await synthesize();
  const env = environmentOf();
  const plans = new Terraform(root, env);
  for (const stack of stacks) {
    const seen = reviewedStack(row.name, stack);
    if (!seen)
      throw new UnreviewedError(`${stack} was not planned with the others. Deploy again, now that these are applied.`);
    await step(`Apply ${stack}`, () => applyStack(stack, seen, plans));
  }
  if (!kinds.includes("compute")) return;
  const services: DeployedService[] = JSON.parse(await plans.output(`${row.name}-compute`, "services"));
  await assertNotRolledBack(row, services, env);
}

/** Applies what is planned for a stack now, if people saw that. */
export async function applyStack(
  stack: string,
  seen: Review,
  plans: Pick<Terraform, "plan" | "applyPlan">,
): Promise<void> {
  const now = reviewOf(new Map([[stack, await plans.plan(stack, [])]]), synthesized);
  const differing = unreviewed(seen, now);
  if (differing.length > 0) {
    throw new UnreviewedError(
      [
        `The plan of ${stack} is not the one that was reviewed. It was not applied.`,
        ...differing.map((line) => `  ${line}`),
      ].join("\n"),
    );
  }
  await plans.applyPlan(stack);
}
