import { until } from "../../ops/shell/until";
import type { TrafficWanted } from "./deployed-environment";
import type { Drill } from "./drill";
import { failedIn } from "./timeline";

/** What every request passes, wherever it goes. */
const service = "frontend";
/** More than a task should get in one of CloudWatch's short minutes: see `requestsPerTargetPerMinute`. */
const perSecondAndTask = 165;
/** Without any request there is no metric of requests, and then nothing scales in. */
const trickle: TrafficWanted = { title: "hardly anybody", path: "/api/assets", perSecond: 2, connections: "kept" };

export const scaling: Drill = {
  id: "scaling",
  title: "The frontend gets more tasks under load, and gives them back",
  needs: ["cloudwatch-load-balancer-metrics", "autoscaling-scale-out", "autoscaling-scale-in"],
  run: async (deployed) => {
    const { minimum } = deployed.environment.tasks;
    const desired = async () => (await deployed.service(service)).desiredCount ?? 0;
    await until("the frontend is at its minimum", 300, async () => (await desired()) === minimum);
    const rush: TrafficWanted = {
      title: "a rush",
      path: "/api/assets",
      perSecond: perSecondAndTask * minimum,
      connections: "kept",
    };
    const busy = await deployed.during([rush], async (mark) => {
      await until("more tasks are wanted", 120, async () => (await desired()) > minimum);
      mark(`${await desired()} tasks are wanted`);
      await deployed.steady(service, 180);
      mark("and run");
      return desired();
    });
    const idle = await deployed.during([trickle], async (mark) => {
      await until("the frontend is at its minimum again", 300, async () => (await desired()) === minimum);
      mark(`${minimum} tasks are wanted`);
      await deployed.steady(service, 180);
    });
    const timelines = [...busy.timelines, ...idle.timelines];
    const failed = failedIn(timelines);
    return {
      passed: failed === 0,
      evidence: `from ${minimum} to ${busy.result} tasks and back; ${failed} requests failed`,
      timelines,
    };
  },
};
