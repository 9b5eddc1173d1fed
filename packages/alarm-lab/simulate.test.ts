import type { AnyAlarm, MetricAlarm, Query } from "./alarm";
import { defaults } from "./assumptions";
import { type Point, SeriesSet } from "./series";
import { simulate } from "./simulate";

const none = { OK: [], ALARM: [], INSUFFICIENT_DATA: [] };
const told = { OK: ["ok-topic"], ALARM: ["page"], INSUFFICIENT_DATA: [] };

function metricAlarm(name: string, metric: string, more: Partial<MetricAlarm> = {}): MetricAlarm {
  const read = { namespace: "N", name: metric, dimensions: {}, periodSeconds: 60, statistic: "Sum" };
  return {
    kind: "metric",
    name,
    description: "",
    address: name,
    actions: none,
    queries: new Map([["m", { metric: read }]]),
    compared: "m",
    periodSeconds: 60,
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
  return simulate(alarms, SeriesSet.of(descriptions), {
    seconds: minutes * 60,
    evaluationDelaySeconds: delayMinutes * 60,
  });
}

const alarmed = ({ notifications }: ReturnType<typeof run>) =>
  notifications.filter(({ state }) => state === "ALARM").map(({ second, alarm }) => `${second / 60} ${alarm}`);

it("acts on changes, not on states", () => {
  const { notifications } = run([metricAlarm("a", "x", { actions: told })], { x: "001110" });
  expect(notifications).toEqual([
    { second: 60, alarm: "a", state: "OK", action: "ok-topic" },
    { second: 180, alarm: "a", state: "ALARM", action: "page" },
    { second: 360, alarm: "a", state: "OK", action: "ok-topic" },
  ]);
});

it("sees a datapoint after its delay", () => {
  expect(alarmed(run([metricAlarm("a", "x", { actions: told })], { x: "0010000" }, 2))).toEqual(["5 a"]);
});

it("evaluates a period of several minutes each minute, over a window that moves with it", () => {
  const alarm = metricAlarm("a", "x", {
    actions: told,
    periodSeconds: 300,
    threshold: 4,
    queries: new Map([
      ["m", { metric: { namespace: "N", name: "x", dimensions: {}, periodSeconds: 300, statistic: "Sum" } }],
    ]),
  });
  // CloudWatch user guide: "at the end of minute 6, the alarm is evaluated based on the data from minutes 2 to 6".
  expect(alarmed(run([alarm], { x: "0111110" }))).toEqual(["6 a"]);
});

it("computes metric math from metrics", () => {
  const read = (name: string) => ({
    metric: { namespace: "N", name, dimensions: {}, periodSeconds: 60, statistic: "Sum" },
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
  const suppressed = (wait: number, extension: number) => [
    metricAlarm("cause", "cause"),
    metricAlarm("symptom", "symptom"),
    composite("frontend", "ALARM(symptom)", {
      suppressor: { alarm: "cause", waitSeconds: wait, extensionSeconds: extension },
    }),
  ];
  const told2 = (series: { cause: string; symptom: string }, wait = 120, extension = 180) =>
    run(suppressed(wait, extension), series)
      .notifications.filter(({ alarm, second }) => alarm === "frontend" && second > 60 + wait)
      .map(({ second, state }) => `${second / 60} ${state}`);

  // The examples of "Composite alarm action suppression", with t0 at minute 10:
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
  const zeros = "0000000000";
  it.each([
    ["1: actions are not suppressed after WaitPeriod", "0000000000", "0111111111", ["14 ALARM"]],
    ["2: actions are suppressed by alarm before WaitPeriod expires", "0011111111", "0111111111", []],
    ["3: state transition when actions are suppressed by WaitPeriod", "0000000000", "0100000000", ["15 OK"]],
    ["4: state transition when actions are suppressed by alarm", "1111111111", "0111111111", []],
    ["5: actions are not suppressed after ExtensionPeriod", "0011100000", "0111111111", ["19 ALARM"]],
    ["6: state transition when actions are suppressed by ExtensionPeriod", "0011100000", "0111110000", ["19 OK"]],
  ])("example %s", (_, cause, symptom, expected) => {
    expect(told2({ cause: zeros + cause, symptom: zeros + symptom })).toEqual(expected);
  });

  it("with periods of 0 s acts at once", () => {
    expect(told2({ cause: "000000", symptom: "001100" }, 0, 0)).toEqual(["3 ALARM", "5 OK"]);
  });

  it("whose wait ends between two minutes acts in that second", () => {
    expect(told2({ cause: "000000", symptom: "001111" }, 90, 0)).toEqual(["4.5 ALARM"]);
  });
});

describe("a series that is published late", () => {
  const late = { namespace: "N", name: "x", dimensions: {}, delaySeconds: 60, points: [0, 0, 9, 9, 0] };

  it("leaves the newest datapoint missing: the one before is judged again", () => {
    const alarm = metricAlarm("a", "x", { evaluationPeriods: 2, datapointsToAlarm: 2, treatMissingData: "breaching" });
    const { transitions } = simulate([alarm], SeriesSet.of([late]), { seconds: 300 });
    expect(transitions.map(({ second, to }) => `${second} ${to}`)).toEqual(["60 ALARM", "120 OK", "300 ALARM"]);
  });
});

it("evaluates periods of 10 s every 10 s", () => {
  const read = { namespace: "N", name: "x", dimensions: {}, periodSeconds: 10, statistic: "Sum" };
  const alarm = metricAlarm("a", "x", { periodSeconds: 10, queries: new Map([["m", { metric: read }]]) });
  const series = SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, stepSeconds: 10, points: [0, 1, 0] }]);
  const { transitions } = simulate([alarm], series, { seconds: 30 });
  expect(transitions.map(({ second, to }) => `${second} ${to}`)).toEqual(["10 OK", "20 ALARM", "30 OK"]);
});

it("sees history before second 0", () => {
  const alarm = metricAlarm("a", "x", { evaluationPeriods: 3, datapointsToAlarm: 3 });
  const series = SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, startSecond: -120, points: [1, 1, 1, 0] }]);
  const { transitions } = simulate([alarm], series, { seconds: 120 });
  expect(transitions.map(({ second, to }) => `${second} ${to}`)).toEqual(["60 ALARM", "120 OK"]);
});

it("starts settled without actions, if that is wanted", () => {
  const alarms = [metricAlarm("a", "x", { actions: told }), composite("service", "ALARM(a)")];
  const series = SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, startSecond: -60, points: [1, 1, 0] }]);
  const { initial, notifications } = simulate(alarms, series, { seconds: 120, isSettled: true });
  expect(Object.fromEntries(initial)).toEqual({ a: "ALARM", service: "ALARM" });
  expect(notifications.map(({ second, alarm, state }) => `${second} ${alarm} ${state}`)).toEqual([
    "120 a OK",
    "120 service OK",
  ]);
});

it("invokes Auto Scaling's actions again each minute", () => {
  const scale = "arn:aws:autoscaling:us-east-1:111111111111:scalingPolicy:1";
  const alarm = metricAlarm("a", "x", { actions: { ...none, ALARM: [scale] } });
  expect(alarmed(run([alarm], { x: "01110" }))).toEqual(["2 a", "3 a", "4 a"]);
});

it("opens incidents of Systems Manager on ALARM alone", () => {
  const item = "arn:aws:ssm:us-east-1:111111111111:opsitem:1";
  const alarm = metricAlarm("a", "x", { actions: { OK: [item], ALARM: [item], INSUFFICIENT_DATA: [] } });
  expect(run([alarm], { x: "010" }).notifications).toMatchObject([{ second: 120, state: "ALARM" }]);
});

it("always ignores missing data of DynamoDB", () => {
  const read = { namespace: "AWS/DynamoDB", name: "x", dimensions: {}, periodSeconds: 60, statistic: "Sum" };
  const alarm = metricAlarm("a", "x", {
    queries: new Map([["m", { metric: read }]]),
    treatMissingData: "notBreaching",
  });
  const points = [1, null, null, null, null];
  const series = SeriesSet.of([{ namespace: "AWS/DynamoDB", name: "x", dimensions: {}, points }]);
  const run = (assume = defaults) =>
    simulate([alarm], series, { seconds: 300, assume }).transitions.map(({ to }) => to);
  expect(run()).toEqual(["ALARM"]);
  expect(run({ ...defaults, dynamodb: "default" })).toEqual(["ALARM", "OK"]);
});

it("keeps the state of a percentile of few samples, if the alarm says so", () => {
  const read = { namespace: "N", name: "x", dimensions: {}, periodSeconds: 60, statistic: "p90" };
  const alarm = (more: object) => metricAlarm("a", "x", { queries: new Map([["m", { metric: read }]]), ...more });
  const points = [
    { values: [5], counts: [99] },
    { values: [5], counts: [100] },
  ];
  const series = SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, points }]);
  const run = (more: object) =>
    simulate([alarm(more)], series, { seconds: 120 }).transitions.map(({ second }) => second);
  // "Fewer than 10/(1-percentile) data points": 100.
  expect(run({})).toEqual([60]);
  expect(run({ lowSamples: "ignore" })).toEqual([120]);
});

it("reads samples of its unit alone", () => {
  const read = { namespace: "N", name: "x", dimensions: {}, periodSeconds: 60, statistic: "Sum", unit: "Count" };
  const alarm = metricAlarm("a", "x", { queries: new Map([["m", { metric: read }]]), treatMissingData: "missing" });
  const state = (unit: string) =>
    simulate([alarm], SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, unit, points: [1] }]), { seconds: 60 })
      .transitions.length;
  expect([state("Count"), state("Seconds")]).toEqual([1, 0]);
});

it("compares with a band that the test gives", () => {
  const read = { namespace: "N", name: "x", dimensions: {}, periodSeconds: 60, statistic: "Sum" };
  const alarm = metricAlarm("a", "x", {
    queries: new Map<string, Query>([
      ["m", { metric: read }],
      ["ad", { expression: "ANOMALY_DETECTION_BAND(m, 2)" }],
    ]),
    comparison: "LessThanLowerOrGreaterThanUpperThreshold",
    threshold: { band: "ad" },
  });
  const limit = (name: string, value: number) => ({
    ...{ namespace: "band", name, dimensions: { alarm: "a" } },
    points: [value, value, value],
  });
  const x = { namespace: "N", name: "x", dimensions: {}, points: [3, 9, 0] };
  const run = (...more: object[]) => simulate([alarm], SeriesSet.of([x, ...(more as never[])]), { seconds: 180 });
  expect(run(limit("lower", 1), limit("upper", 5)).transitions.map(({ to }) => to)).toEqual(["OK", "ALARM"]);
  expect(run().transitions).toEqual([]);
});

describe("a sum", () => {
  it("has no rounding errors of the minutes before", () => {
    const read = { namespace: "N", name: "x", dimensions: {}, periodSeconds: 60, statistic: "Sum" };
    const alarm = metricAlarm("a", "x", { queries: new Map([["m", { metric: read }]]), threshold: 7.9999999999999 });
    const series = SeriesSet.of([{ namespace: "N", name: "x", dimensions: {}, points: [0.1, 0.7, 1e9, 8] }]);
    expect(simulate([alarm], series, { seconds: 240 }).transitions.at(-1)).toMatchObject({ to: "ALARM" });
  });
});
