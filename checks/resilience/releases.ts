import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeId } from "../../localstack/compatibility/probes";
import type { Edit } from "../../ops/shell/copy";
import type { DeployedEnvironment, TrafficWanted } from "./deployed-environment";
import type { Drill, Verdict } from "./drill";
import { failedAfter, failedIn, failuresIn } from "./timeline";

/** A release that must not stay: a change of the backend's source, and what ECS says when it has called it off. */
interface BadRelease extends Edit {
  readonly id: string;
  readonly title: string;
  /** What calls it off. */
  readonly mechanism: ProbeId;
  readonly event: string;
  /** Only a release that starts well and then answers badly serves anybody: they notice, until an alarm does. */
  readonly mayFail: boolean;
}

const visitors: readonly TrafficWanted[] = [
  { title: "the API", path: "/api/assets", perSecond: 30, connections: "kept" },
  { title: "the page", path: "/", perSecond: 2, connections: "kept" },
];

export const badReleases: readonly BadRelease[] = [
  {
    id: "rollback-crash",
    title: "A release of the backend that ends as soon as it starts",
    file: "apps/backend/src/server.ts",
    from: "function main(): void {",
    to: "function main(): void {\n  process.exit(1);",
    mechanism: "ecs-circuit-breaker",
    event: "deployment failed: tasks failed to start.",
    mayFail: false,
  },
  {
    id: "rollback-unhealthy",
    title: "A release of the backend that runs and never passes its health check",
    file: "apps/backend/src/app.ts",
    from: 'app.route("/", healthRoute(store));',
    to: 'app.get("/api/health", (context) => context.json({}, 503));',
    mechanism: "ecs-circuit-breaker",
    event: "deployment failed: tasks failed to start.",
    mayFail: false,
  },
  {
    id: "rollback-errors",
    title: "A release of the backend that is healthy and answers 500 to what people ask for",
    file: "apps/backend/src/app.ts",
    from: 'app.route("/", assetsRoute(store));',
    to: 'app.get("/api/assets", () => {\n    throw new Error("a bad release");\n  });',
    mechanism: "ecs-deployment-alarms",
    event: "deployment failed: alarm detected.",
    mayFail: true,
  },
];

export const releases: readonly Drill[] = badReleases.map((release) => ({
  id: release.id,
  title: release.title,
  needs: [release.mechanism, "ecs-rolling-deployment"],
  run: (deployed) => rolledBack(deployed, release),
}));

async function rolledBack(deployed: DeployedEnvironment, release: BadRelease): Promise<Verdict> {
  const { taskDefinition: good, events: before = [] } = await deployed.service("backend");
  const { result, timelines } = await deployed.during(visitors, async (mark) => {
    mark("deploy");
    const begun = Date.now();
    const failure = await deployed.deploy([release]);
    const seconds = Math.round((Date.now() - begun) / 1000);
    mark("the deploy has ended");
    if (failure?.includes(release.event)) await deployed.steady("backend", 180);
    const steady = mark("steady");
    await sleep(5000);
    return { failure, seconds, steady };
  });
  const { taskDefinition: runs, events = [] } = await deployed.service("backend");
  const known = new Set(before.map(({ id }) => id));
  const event = events.find(({ id, message }) => !known.has(id) && message?.includes(release.event))?.message;
  const failed = failedIn(timelines);
  const late = failedAfter(result.steady + 1, timelines);
  const problems = [
    ...(result.failure === undefined ? ["the deploy said that all was well"] : []),
    ...(event === undefined ? [`ECS has no new event "${release.event}"`] : []),
    ...(result.failure && !result.failure.includes(event ?? release.event)
      ? [`the deploy did not say "${event ?? release.event}" but: ${result.failure}`]
      : []),
    ...(runs === good ? [] : [`it runs ${runs}, not ${good}`]),
    ...(late > 0 ? [`${late} requests failed when all was over`] : []),
    ...(failed > 0 && !release.mayFail ? [`${failed} requests failed: ${failuresIn(timelines).join(", ")}`] : []),
  ];
  return {
    passed: problems.length === 0,
    evidence:
      problems.join("; ") ||
      `rolled back, and the deploy failed with ECS's event, ${result.seconds} s after it began; ${failed} requests failed`,
    timelines,
  };
}
