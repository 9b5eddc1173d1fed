import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { apply } from "../../ops/deploy/deployment";
import { missingOutputIn, type Workspace } from "../../ops/deploy/workspace";
import { emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { withCopy, withEmulator } from "../../ops/emulator/with-emulator";
import { type Check, report } from "../../ops/report/report";
import { changesIn, deployBase, planInOrder } from "../../ops/review/review";
import type { Copy } from "../../ops/shell/copy";
import { logs } from "../../ops/shell/paths";
import { SetupError } from "../../ops/shell/run";
import { runProof } from "../run-proof";
import { oneZoneMore } from "./change";
import { doneIn } from "./done";

const environment = findEnvironment("staging");
/** What Terraform does in a deployment. */
const deployLog = join(logs, "deploy.log");

runProof(
  new Command("review")
    .description(
      "Changes the stacks network and compute, and compares `make review` with what a deployment does, and with a plan of compute alone. " +
        "Writes reports/review.json. Ends with 0 when the review is right and the plan of compute alone is not, 1 otherwise, 2 when it could not run.",
    )
    .action(async () => {
      const startedAt = new Date();
      const { plans, alone } = await changed(reviewed);
      const checks = [likeTheDeploy(plans, await changed(deployed)), unlikeComputeAlone(plans, alone)];
      process.exit((await report("review", startedAt, checks)) ? 0 : 1);
    }),
);

/** Work with the change, where the checkout without it is deployed. */
async function changed<Result>(work: (copy: Copy, env: NodeJS.ProcessEnv) => Promise<Result>): Promise<Result> {
  const env = await emulatorEnvironment(environment);
  return withCopy((copy) =>
    withEmulator(env, async () => {
      await deployBase(environment, env, copy);
      return copy.edited([oneZoneMore], () => work(copy, env));
    }),
  );
}

/** A plan of compute before the network is applied, or Terraform's words where it refers to what the network does not have yet. */
type Alone = { readonly plan: string } | { readonly failure: string };

/** What the review plans, and what compute's plan by itself says. */
async function reviewed(copy: Copy, env: NodeJS.ProcessEnv) {
  let alone: Alone | undefined;
  const plans = await planInOrder(environment, env, copy, async (stack, workspace) => {
    if (stack.endsWith("-network")) alone = await planAlone(workspace);
  });
  if (!alone) throw new SetupError(`${environment.name} has no stack of its network.`);
  return { plans, alone };
}

async function planAlone(workspace: Workspace): Promise<Alone> {
  try {
    return { plan: await workspace.plan(`${environment.name}-compute`, []) };
  } catch (error) {
    const failure = missingOutputIn(error as Error);
    if (failure === undefined) throw error;
    return { failure };
  }
}

/** What one deploy of all stacks does. */
async function deployed(copy: Copy, env: NodeJS.ProcessEnv): Promise<string[]> {
  rmSync(deployLog);
  await apply(environment, env, copy.folder);
  return doneIn(readFileSync(deployLog, "utf8"));
}

function likeTheDeploy(plans: ReadonlyMap<string, string>, done: readonly string[]): Check {
  const planned = [...plans.values()].flatMap(changesIn).sort();
  const differences = [...without(planned, done, "not done"), ...without(done, planned, "not planned")];
  return {
    ...{ id: "like-the-deploy", title: "The review has what a deploy of the change does" },
    passed: differences.length === 0 && planned.length > 0,
    ...{ value: differences.length, unit: "differences", target: "0" },
    evidence: differences.join("; ") || `${planned.length} changes: ${planned.join(", ")}`,
  };
}

function unlikeComputeAlone(plans: ReadonlyMap<string, string>, alone: Alone): Check {
  const compute = plans.get(`${environment.name}-compute`) ?? "{}";
  const seen = "plan" in alone ? changesIn(alone.plan) : [];
  const unseen = without(changesIn(compute), seen, "not seen");
  return {
    ...{
      id: "unlike-compute-alone",
      title: "A plan of compute by itself does not see what the network's change does to it",
    },
    passed: unseen.length > 0,
    ...{ value: unseen.length, unit: "changes not seen", target: "at least 1" },
    evidence: ["failure" in alone ? `it cannot be made: ${alone.failure}` : "it can be made", ...unseen].join("; "),
  };
}

function without(some: readonly string[], others: readonly string[], comment: string): string[] {
  return some.filter((each) => !others.includes(each)).map((each) => `${comment}: ${each}`);
}
