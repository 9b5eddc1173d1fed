import type { AnyAlarm, MetricAlarm, Query } from "./alarm";
import { type Point, SeriesSet } from "./series";
import { simulate } from "./simulate";

const none = { OK: [], ALARM: [], INSUFFICIENT_DATA: [] };
const told = { OK: ["ok-topic"], ALARM: ["page"], INSUFFICIENT_DATA: [] };

function metricAlarm(name: string, metric: string, more: Partial<MetricAlarm> = {}): MetricAlarm {
  const read = { namespace: "N", name: metric, dimensions: {}, periodMinutes: 1, statistic: "Sum" };
  return {
    kind: "metric",
    name,
    description: "",
    address: name,
    actions: none,
    queries: new Map([["m", { metric: read }]]),
    compared: "m",
    periodMinutes: 1,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparison: "GreaterThanThreshold",
    threshold: 0,
    treatMissingData: "notBreaching",
    ...more,
  };
}

const composite = (name: string, rule: string, more: object = {}): AnyAlarm => ({
  kind: "composite",
  name,
  description: "",
  address: name,
  actions: told,
  rule,
  suppressor: null,
  ...more,
});

/** Each metric by name, one digit a minute. */
function run(alarms: AnyAlarm[], series: Record<string, string>, delayMinutes = 0) {
  const descriptions = Object.entries(series).map(([name, digits]) => ({
    namespace: "N",
    name,
    dimensions: {},
    points: [...digits].map((digit): Point => (digit === "-" ? null : Number(digit))),
  }));
  const minutes = Math.max(...descriptions.map(({ points }) => points.length));
  return simulate(alarms, new SeriesSet(descriptions), { minutes, delayMinutes });
}

const alarmed = ({ notifications }: ReturnType<typeof run>) =>
  notifications.filter(({ state }) => state === "ALARM").map(({ minute, alarm }) => `${minute} ${alarm}`);

it("acts on changes, not on states", () => {
  const { notifications } = run([metricAlarm("a", "x", { actions: told })], { x: "001110" });
  expect(notifications).toEqual([
    { minute: 1, alarm: "a", state: "OK", action: "ok-topic" },
    { minute: 3, alarm: "a", state: "ALARM", action: "page" },
    { minute: 6, alarm: "a", state: "OK", action: "ok-topic" },
  ]);
});

it("sees a datapoint after its delay", () => {
  expect(alarmed(run([metricAlarm("a", "x", { actions: told })], { x: "0010000" }, 2))).toEqual(["5 a"]);
});

it("evaluates a period of several minutes each minute, over a window that moves with it", () => {
  const alarm = metricAlarm("a", "x", {
    actions: told,
    periodMinutes: 5,
    threshold: 4,
    queries: new Map([
      ["m", { metric: { namespace: "N", name: "x", dimensions: {}, periodMinutes: 5, statistic: "Sum" } }],
    ]),
  });
  // CloudWatch user guide: "at the end of minute 6, the alarm is evaluated based on the data from minutes 2 to 6".
  expect(alarmed(run([alarm], { x: "0111110" }))).toEqual(["6 a"]);
});

it("computes metric math from metrics", () => {
  const read = (name: string) => ({
    metric: { namespace: "N", name, dimensions: {}, periodMinutes: 1, statistic: "Sum" },
  });
  const alarm = metricAlarm("ratio", "", {
    actions: told,
    threshold: 0.5,
    compared: "r",
    queries: new Map<string, Query>([
      ["errors", read("errors")],
      ["requests", read("requests")],
      ["r", { expression: "IF(requests >= 4, FILL(errors, 0) / requests, 0)" }],
    ]),
  });
  // 2 of 3 are too few requests to tell, 3 of 4 are not, and without errors nothing is written.
  expect(alarmed(run([alarm], { errors: "-23-", requests: "9349" }))).toEqual(["3 ratio"]);
});

it("tells of a composite once, however many of its alarms ring", () => {
  const alarms = [metricAlarm("a", "x"), metricAlarm("b", "y"), composite("service", 'ALARM("a") OR ALARM(b)')];
  expect(alarmed(run(alarms, { x: "0110000", y: "0011100" }))).toEqual(["2 service"]);
});

it("settles composites of composites within a minute, whatever their order", () => {
  const alarms = [composite("outer", "ALARM(inner)"), composite("inner", "NOT OK(a)"), metricAlarm("a", "x")];
  expect(alarmed(run(alarms, { x: "001" }))).toEqual(["3 inner", "3 outer"]);
});

describe("a suppressor", () => {
  const suppressed = [
    metricAlarm("cause", "cause"),
    metricAlarm("symptom", "symptom"),
    composite("frontend", "ALARM(symptom)", {
      suppressor: { alarm: "cause", waitMinutes: 2, extensionMinutes: 3 },
    }),
  ];

  it("that rings first holds the composite back", () => {
    expect(alarmed(run(suppressed, { cause: "0111111000", symptom: "0011111000" }))).toEqual([]);
  });

  it("may ring a little later", () => {
    expect(alarmed(run(suppressed, { cause: "0001111000", symptom: "0011111000" }))).toEqual([]);
  });

  it("that does not ring delays the composite", () => {
    expect(alarmed(run(suppressed, { cause: "0000000000", symptom: "0011111000" }))).toEqual(["5 frontend"]);
  });

  it("that ends before the symptom does lets the composite speak after the extension", () => {
    expect(alarmed(run(suppressed, { cause: "0111000000", symptom: "0111111111" }))).toEqual(["8 frontend"]);
  });

  it("that ends with the symptom leaves nothing to tell", () => {
    const { notifications } = run(suppressed, { cause: "0111000000", symptom: "0111000000" });
    expect(notifications.filter(({ alarm, minute }) => alarm === "frontend" && minute > 1)).toEqual([]);
  });
});
