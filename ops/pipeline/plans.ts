import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { print } from "../../packages/plan-review/print/print";
import type { Review } from "../../packages/plan-review/review";
import type { Environment } from "../../stacks/environments";
import { stackNames } from "../deploy/deployment";
import { assertNotRolledBack, type DeployedService } from "../deploy/explain-rollbacks";
import { synthesize } from "../deploy/synthesis";
import { Terraform } from "../deploy/terraform";
import { formatImage } from "../images/image";
import { wantedImages } from "../images/wanted";
import { ensureCrane } from "../install/crane";
import { createDockerConfiguration } from "../install/docker-engine";
import { promoteSaved } from "../promote/promote";
import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { manifestOf } from "./push";
import { reviewedStack, reviewOf, writeReviews } from "./reviews";
import { unreviewed } from "./same-plan";
import { summarize } from "./verdict";
import { verifySignature } from "./verify";

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

/** For whoever holds the state: a person's deployment, or another pipeline. */
const lockTimeout = "-lock-timeout=10m";

export interface ApplyOptions {
  /** The environment whose saved images it gets; empty when they were pushed to it. */
  readonly from: string;
  /** Whether people saw the plans: then nothing else is applied. */
  readonly isReviewed: boolean;
}

/**
 * Plans stacks anew, one after the other, and applies each. Where people saw plans, it stops before the first stack whose plan is another
 * one by now, and gives the review of that and the rest, which may be asked about; null when everything was applied.
 */
export async function applyStacks(row: Environment, { from, isReviewed }: ApplyOptions): Promise<Review | null> {
  await synthesize();
  const env = environmentOf();
  const plans = new Terraform(root, env);
  const stacks = deployedStacks(row);
  for (const [index, stack] of stacks.entries()) {
    if (stack.endsWith("-compute")) await bringImages(row, from);
    const seen = isReviewed ? (reviewedStack(row.name, stack) ?? reviewOf(new Map(), synthesized)) : null;
    const differing = await step(`Apply ${stack}`, () => applyStack(stack, seen, plans));
    if (differing.length > 0) {
      summarize(
        [`## Not applied: ${stack} is not as it was reviewed`, "", ...differing.map((line) => `- ${line}`), ""].join(
          "\n",
        ),
      );
      return writeReviews(row.name, await planStacks(stacks.slice(index), plans), synthesized);
    }
  }
  const services: DeployedService[] = JSON.parse(await plans.output(`${row.name}-compute`, "services"));
  await assertNotRolledBack(row, services, env);
  summarize(`## Deployed to ${row.name}\n\n${stacks.join(", ")}\n`);
  return null;
}

/** Applies what is planned for a stack now, unless people saw something else: then it gives the differences. */
export async function applyStack(
  stack: string,
  seen: Review | null,
  plans: Pick<Terraform, "plan" | "applyPlan">,
): Promise<string[]> {
  const now = reviewOf(new Map([[stack, await plans.plan(stack, [lockTimeout])]]), synthesized);
  const differing = seen ? unreviewed(seen, now) : [];
  if (differing.length === 0) await plans.applyPlan(stack, [lockTimeout]);
  return differing;
}

/** Before the first stack that names them, images are where it looks, and signed by main's workflow. */
async function bringImages(row: Environment, from: string): Promise<void> {
  if (from !== "") return promoteSaved(row, from, verifySignature);
  const crane = await ensureCrane();
  for (const image of wantedImages(row)) await verifySignature(await manifestOf(crane, formatImage(image)));
}
