import { Copy } from "../../../tools/setup/copy";
import { deploy } from "../../../tools/setup/deployment";
import { type Drill, failedIn, failuresIn, type Verdict } from "./drill";
import type { Stage, TrafficWanted } from "./stage";

/** A release that must not stay: a change of the backend's source, and what ECS says when it has called it off. */
interface BadRelease {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly event: string;
  /** Whether people may notice: only a release that starts well and then answers badly serves anybody. */
  readonly mayFail: boolean;
}

const visitors: readonly TrafficWanted[] = [
  { title: "the API", path: "/api/assets", perSecond: 30, connections: "kept" },
  { title: "the page", path: "/", perSecond: 2, connections: "kept" },
];

const app = "apps/backend/src/app.ts";

export const releases: readonly Drill[] = [
  drillOf("crash", "A release of the backend that ends as soon as it starts", {
    file: "apps/backend/src/server.ts",
    from: "function main(): void {",
    to: "function main(): void {\n  process.exit(1);",
    event: "deployment failed: tasks failed to start.",
    mayFail: false,
  }),
  drillOf("never-healthy", "A release of the backend that runs and never passes its health check", {
    file: app,
    from: 'app.route("/", healthRoute(portfolioFolder));',
    to: 'app.get("/api/health", (context) => context.json({}, 503));',
    event: "deployment failed: tasks failed to start.",
    mayFail: false,
  }),
  drillOf("answers-500", "A release of the backend that is healthy and answers 500 to what people ask for", {
    file: app,
    from: 'app.route("/", assetsRoute(portfolioFolder));',
    to: 'app.get("/api/assets", () => {\n    throw new Error("a bad release");\n  });',
    event: "deployment failed: alarm detected.",
    mayFail: true,
  }),
];

function drillOf(id: string, title: string, release: BadRelease): Drill {
  return {
    id,
    title,
    run: async (stage) => {
      const copy = await Copy.make();
      try {
        copy.edit(release.file, release.from, release.to);
        return await rolledBack(stage, copy.folder, release);
      } finally {
        copy.remove();
      }
    },
  };
}

async function rolledBack(stage: Stage, folder: string, release: BadRelease): Promise<Verdict> {
  const good = (await stage.service("backend")).taskDefinition;
  const { result, timelines } = await stage.during(visitors, async (mark) => {
    mark("deploy");
    const begun = Date.now();
    const failure = await deploy(stage.environment, stage.env, folder).then(
      () => "",
      (error: Error) => error.message,
    );
    const seconds = Math.round((Date.now() - begun) / 1000);
    mark("the deploy has ended");
    await stage.steady("backend", 180);
    mark("steady again");
    return { failure, seconds };
  });
  const runs = (await stage.service("backend")).taskDefinition;
  const failed = failedIn(timelines);
  const problems = [
    ...(result.failure === "" ? ["the deploy said that all was well"] : []),
    ...(result.failure.includes(release.event) ? [] : [`the deploy did not say: ${release.event}`]),
    ...(runs === good ? [] : [`it runs ${runs}, not ${good}`]),
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
