import { type Drill, failedIn, failuresIn, type Timeline, type Verdict } from "./drill";
import type { TrafficWanted } from "./stage";

/** At least, whatever the number of tasks. */
const wanted = { replacements: 20, requests: 20_000 };

const visitors: readonly TrafficWanted[] = [
  { title: "the API, kept connections", path: "/api/assets", perSecond: 60, connections: "kept" },
  { title: "the API, new connections", path: "/api/health", perSecond: 40, connections: "new" },
  { title: "the page, kept connections", path: "/", perSecond: 4, connections: "kept" },
];

export const rolling: Drill = {
  id: "rolling",
  title: "Every task is replaced, again and again, while people use the dashboard",
  run: async (stage) => {
    const { result: replaced, timelines } = await stage.during(visitors, async (mark) => {
      let count = 0;
      while (count < wanted.replacements) {
        for (const service of ["backend", "frontend"]) {
          mark(`${service}: new deployment`);
          count += await stage.replaceTasks(service);
        }
      }
      return count;
    });
    return judged(replaced, timelines);
  },
};

function judged(replaced: number, timelines: readonly Timeline[]): Verdict {
  const requests = timelines.reduce((sum, { traffic }) => sum + traffic.requests, 0);
  const failed = failedIn(timelines);
  return {
    passed: failed === 0 && replaced >= wanted.replacements && requests >= wanted.requests,
    evidence: [
      `${failed} of ${requests} requests failed, ${replaced} tasks were replaced`,
      ...failuresIn(timelines),
    ].join("; "),
    timelines,
  };
}
