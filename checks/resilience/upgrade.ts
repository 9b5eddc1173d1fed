import { setTimeout as sleep } from "node:timers/promises";
import { emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { withCopy, withEmulator } from "../../ops/emulator/with-emulator";
import { writeReviews } from "../../ops/pipeline/reviews";
import { type Check, report } from "../../ops/report/report";
import { changesIn, commitOf, deployBase, planInOrder } from "../../ops/review/review";
import type { Copy } from "../../ops/shell/copy";
import { note } from "../../ops/shell/progress";
import type { Review } from "../../packages/plan-review/review";
import { DeployedEnvironment, type TrafficWanted } from "./deployed-environment";
import { Fidelity } from "./fidelity";
import { failedIn, failuresIn, requestsIn, type Timeline } from "./timeline";

const visitors: readonly TrafficWanted[] = [
  { title: "the API, kept connections", path: "/api/assets", perSecond: 20, connections: "kept" },
  { title: "the API, new connections", path: "/api/health", perSecond: 20, connections: "new" },
  { title: "the page", path: "/", perSecond: 2, connections: "kept" },
];
/** Fewer would not meet each task of both releases. */
const wantedRequests = 2_000;

/** Deploys an environment as of a commit to the emulated AWS, then as of this checkout, while people use the dashboard. */
export async function proveUpgrade(environmentName: string, from: string): Promise<boolean> {
  const startedAt = new Date();
  const environment = findEnvironment(environmentName);
  const commit = await commitOf(from);
  const env = { ...(await emulatorEnvironment(environment)), EMULATOR_AUTH: "true" };
  const work = async (copy: Copy) => {
    note(`${environment.name} as of ${commit.slice(0, 7)}, then as of this checkout`);
    await deployBase(environment, env, copy);
    const deployed = new DeployedEnvironment(environment, env, copy, Fidelity.recorded());
    await deployed.untilSettled();
    await copy.takeCheckout();
    const { result: plans, timelines } = await deployed.during(visitors, async (mark) => {
      const made = await planInOrder(environment, env, copy, async (stack) => {
        mark(stack);
      });
      await deployed.untilSettled();
      mark("steady");
      await sleep(5_000);
      return made;
    });
    return { plans, timelines, review: writeReviews("upgrade", plans, `${copy.folder}/cdktf.out`) };
  };
  const { plans, timelines, review } = await withCopy((copy) => withEmulator(env, () => work(copy)), commit);
  const replaced = [...plans.values()].flatMap(replacementsIn);
  return report("upgrade", startedAt, [failures(timelines), announcements(replaced, review)], {
    ...{ environment: environment.name, from: commit },
    verdict: review.verdict,
    because: review.because,
    changes: [...plans].map(([stack, plan]) => ({ stack, changes: changesIn(plan) })),
    timelines,
  });
}

/** Addresses of what a plan (`terraform show -json`) deletes and creates again. */
export function replacementsIn(plan: string): string[] {
  const changes = new Set(changesIn(plan));
  return [...changes].flatMap((change) => {
    const address = /^create (.*)$/.exec(change)?.[1];
    return address !== undefined && changes.has(`delete ${address}`) ? [address] : [];
  });
}

function failures(timelines: readonly Timeline[]): Check {
  const failed = failedIn(timelines);
  const requests = requestsIn(timelines);
  return {
    id: "failed",
    title: "requests that failed during the upgrade",
    passed: failed === 0 && requests >= wantedRequests,
    value: failed,
    unit: `of ${requests}`,
    target: `0 of at least ${wantedRequests}`,
    evidence: failuresIn(timelines).join("; "),
  };
}

/** A replacement is announced when the review lists it as one. */
export function announcements(replaced: readonly string[], { changes }: Pick<Review, "changes">): Check {
  const announced = new Set(changes.filter(({ action }) => action === "replace").map(({ address }) => address));
  const silent = replaced.filter((address) => !announced.has(address));
  return {
    id: "announced",
    title: "replacements that the review did not announce",
    passed: silent.length === 0,
    value: silent.length,
    unit: `of ${replaced.length}`,
    target: "0",
    evidence: silent.join(", ") || replaced.join(", "),
  };
}
