import { setTimeout as sleep } from "node:timers/promises";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { until } from "../../ops/shell/until";
import { docker } from "../deployed/containers";
import type { TrafficWanted } from "./deployed-environment";
import type { Drill } from "./drill";
import { failedAfter, failedIn, failuresIn } from "./timeline";

const visitors: readonly TrafficWanted[] = [
  { title: "the API", path: "/api/assets", perSecond: 20, connections: "kept" },
  { title: "the page", path: "/", perSecond: 2, connections: "kept" },
];
/** A backend that is gone for longer than anything waits for it. */
const goneSeconds = 60;
/** What the page says where numbers would be. */
const apology = /The data service does not answer/;

export const failures: readonly Drill[] = [
  killed("lost-task", "One task of the backend dies", (containers) => containers.slice(0, 1)),
  killed("lost-tasks", "Every task of the backend dies at once", (containers) => containers),
  {
    id: "lost-backend",
    needs: ["elb-no-targets-503"],
    title: `The backend is gone for ${goneSeconds} s: the dashboard stays up and says so`,
    run: async (deployed) => {
      const before = await deployed.service("backend");
      const want = (desiredCount: number) =>
        deployed.ecs.send(new UpdateServiceCommand({ cluster: deployed.cluster, service: "backend", desiredCount }));
      const pages: string[] = [];
      await want(0);
      try {
        // Tasks that drain still answer.
        await until("the backend is gone", 60, async () => (await deployed.ask("/api/health")).status >= 500);
        for (const end = Date.now() + goneSeconds * 1000; Date.now() < end; ) {
          const page = await deployed.ask("/");
          pages.push(`${page.status} and ${apology.test(await page.text()) ? "said so" : "did not say so"}`);
          await sleep(1000);
        }
      } finally {
        await want(before.desiredCount ?? 1);
      }
      await deployed.steady("backend", 120);
      await until(
        "the page shows numbers again",
        60,
        async () => !apology.test(await (await deployed.ask("/")).text()),
      );
      const counts = [...new Set(pages)].map(
        (kind) => `${pages.filter((each) => each === kind).length} answered ${kind}`,
      );
      return {
        passed: pages.length > 0 && pages.every((kind) => kind === "503 and said so"),
        evidence: [`${pages.length} pages while the backend was missing`, ...counts].join("; "),
      };
    },
  },
];

function killed(id: string, title: string, choose: (containers: readonly string[]) => readonly string[]): Drill {
  return {
    id,
    title,
    needs: ["ecs-task-replaced"],
    run: async (deployed) => {
      const containers = deployed.containers("backend", "app");
      const chosen = choose(containers);
      const before = await deployed.taskArns("backend");
      const { result, timelines } = await deployed.during(visitors, async (mark) => {
        mark(`${chosen.length} of ${containers.length} killed`);
        docker("kill", "--signal", "KILL", ...chosen);
        const begun = Date.now();
        await until("tasks are replaced", 120, async () => {
          const now = deployed.containers("backend", "app");
          return now.length === containers.length && !now.some((container) => chosen.includes(container));
        });
        await deployed.steady("backend", 120);
        const replaced = mark("replaced");
        const took = Math.round((Date.now() - begun) / 1000);
        await sleep(10_000);
        return { took, replaced };
      });
      const lateFailures = failedAfter(result.replaced + 1, timelines);
      // ECS must see it for itself: health checks take their time to find out.
      const reasons = await deployed.stoppedReasons(before);
      const seenAtOnce = reasons.length > 0 && reasons.every((reason) => reason.startsWith("Essential container"));
      return {
        passed: chosen.length > 0 && lateFailures === 0 && seenAtOnce,
        evidence: [
          `${chosen.length} of ${containers.length} killed, replaced after ${result.took} s`,
          `${failedIn(timelines) - lateFailures} requests failed that were made until then, ${lateFailures} that were made later`,
          ...failuresIn(timelines),
          `ECS stopped their tasks for: ${reasons.join(", ")}`,
        ].join("; "),
        timelines,
      };
    },
  };
}
