import { until } from "../until";
import { type Drill, failedIn } from "./drill";
import type { TrafficWanted } from "./stage";

const rush: TrafficWanted = { title: "a rush on the API", path: "/api/insights", perSecond: 150, connections: "kept" };
/** Without any request there is no metric of requests, and then nothing scales in. */
const trickle: TrafficWanted = { title: "hardly anybody", path: "/api/insights", perSecond: 2, connections: "kept" };

export const scaling: Drill = {
  id: "scaling",
  title: "The backend gets more tasks under load, and gives them back",
  run: async (stage) => {
    const { minimum } = stage.environment.tasks;
    const desired = async () => (await stage.service("backend")).desiredCount ?? 0;
    await until("the backend is at its minimum", 300, async () => (await desired()) === minimum);
    const busy = await stage.during([rush], async (mark) => {
      await until("more tasks are wanted", 120, async () => (await desired()) > minimum);
      mark(`${await desired()} tasks are wanted`);
      await stage.steady("backend", 180);
      mark("and run");
      return desired();
    });
    const calm = await stage.during([trickle], async (mark) => {
      await until("the backend is at its minimum again", 300, async () => (await desired()) === minimum);
      mark(`${minimum} tasks are wanted`);
      await stage.steady("backend", 180);
    });
    const timelines = [...busy.timelines, ...calm.timelines];
    const failed = failedIn(timelines);
    return {
      passed: failed === 0,
      evidence: `from ${minimum} to ${busy.result} tasks and back; ${failed} requests failed`,
      timelines,
    };
  },
};
