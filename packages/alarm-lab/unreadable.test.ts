import { readAlarms } from "./read";
import { address, files, math, metric, plan, query, read, stack, type, values } from "./read.fixture";

it.each([
  [
    "an unknown comparison",
    plan({ comparison_operator: "Outside" }),
    /Alarm errors: comparison_operator is Outside; there are GreaterThan/,
  ],
  ["no threshold", plan({ threshold: null }), /Alarm errors: it has no threshold/],
  ["too many datapoints", plan({ datapoints_to_alarm: 4 }), /Alarm errors: datapoints_to_alarm is 4, more than the 3/],
  ["seconds", plan({ period: 15 }), /Alarm errors: its period is 15 s; there are 10, 20, 30 and multiples of 60/],
  [
    "too long a window",
    plan({ period: 900, evaluation_periods: 97 }),
    /Alarm errors: it looks back 1455 minutes; CloudWatch allows 1440/,
  ],
  ["dimensions of later", plan({}, { dimensions: true }), /Alarm errors: dimensions is known only after the apply/],
  [
    "two results",
    math(query("a", { ...metric(60), return_data: true }), query("b", { ...metric(60), return_data: true })),
    /exactly one metric_query returns data, here 2 do/,
  ],
  [
    "two periods",
    math(query("a", metric(60)), query("b", metric(300)), query("e", { expression: "a / b", return_data: true })),
    /its metrics have 2 periods/,
  ],
  [
    "an id that is not there",
    math(query("a", metric(60)), query("e", { expression: "a / b", return_data: true })),
    /Alarm errors: "a \/ b" reads b; there are a, e/,
  ],
  [
    "an unknown function",
    math(query("a", metric(60)), query("e", { expression: "LN(a)", return_data: true })),
    /Alarm errors: .*function LN; there are ABS/,
  ],
  [
    "eleven metrics",
    math(
      ...Array.from({ length: 11 }, (_, index) => query(`m${index}`, metric(60))),
      query("e", { expression: "m0", return_data: true }),
    ),
    /metric math takes 10 metrics, here are 11/,
  ],
])("names the alarm with %s", (_, content, message) => {
  expect(() => read(content)).toThrow(message);
});

describe("what cannot be read", () => {
  const composites = (rules: Record<string, string>) =>
    stack("s", {
      resource: {
        aws_cloudwatch_composite_alarm: Object.fromEntries(
          Object.entries(rules).map(([name, alarm_rule]) => [name, { alarm_name: name, alarm_rule }]),
        ),
      },
    });
  const reasons = (...contents: object[]) =>
    readAlarms(files(contents)).unreadable.map(({ name, reason }) => `${name}: ${reason}`);

  it("is listed with its reason, and the rest is read", () => {
    const content = plan();
    const odd = { ...values, alarm_name: "odd", threshold: null };
    content.planned_values.root_module.child_modules.push({
      resources: [{ address: `${type}.odd`, type, values: odd as never }],
    });
    const { alarms, unreadable } = readAlarms(files([content]));
    expect(alarms.map(({ name }) => name)).toEqual(["errors"]);
    expect(unreadable).toEqual([
      { name: "odd", address: `${type}.odd`, reason: "it has no threshold, which GreaterThanThreshold needs" },
    ]);
  });

  it.each<[string, object, string]>([
    [
      "a metric's name of later",
      plan({ metric_name: null }, { metric_name: true }),
      "errors: metric_name is known only after the apply",
    ],
    [
      "a query of Metrics Insights",
      math(query("q", { expression: "SELECT AVG(x) FROM y", period: 60, return_data: true })),
      'errors: "SELECT AVG(x) FROM y" is a query of Metrics Insights, which needs the metrics of an account',
    ],
    [
      "a function that there is not",
      composites({ c: 'ALRAM("a")' }),
      'c: Rule ALRAM("a") cannot be read: ALRAM is found where there may be OK, ALARM, INSUFFICIENT_DATA, AT_LEAST, NOT, TRUE, FALSE or (',
    ],
    [
      "a circle",
      composites({ a: "ALARM(b)", b: "ALARM(a)" }),
      "a: it depends on itself: a, b, a; CloudWatch stops evaluating such alarms",
    ],
    [
      "expressions that need each other",
      math(query("a", metric(60)), query("e", { expression: "f", return_data: true }), query("f", { expression: "e" })),
      "errors: its expressions depend on each other: e, f, e",
    ],
    [
      "a result that is a number",
      math(query("a", metric(60)), query("e", { expression: "SUM(a)", return_data: true })),
      "errors: its expression gives a number for the whole range; an alarm compares one time series",
    ],
    [
      "several results",
      math(query("a", metric(60)), query("b", metric(60)), query("e", { expression: "METRICS()", return_data: true })),
      "errors: its expression gives 2 time series; an alarm compares one time series",
    ],
    [
      "wrong arguments",
      math(query("a", metric(60)), query("e", { expression: "FILL(a)", return_data: true })),
      'errors: Metric math "FILL(a)": FILL has too few arguments, 1',
    ],
    ["no metric", plan({ metric_name: null }), "errors: it has neither metric_name nor metric_query"],
    [
      "a window by the wall clock",
      plan({ evaluation_window: { WallClockWindow: { Timezone: "UTC" } } }),
      "errors: its evaluation window follows the wall clock; only sliding windows are evaluated",
    ],
    [
      "an unknown treatment",
      plan({ treat_missing_data: "notbreaching" }),
      "errors: treat_missing_data is notbreaching; there are missing, ignore, breaching, notBreaching",
    ],
  ])("for %s", (_, content, reason) => {
    expect(reasons(content)).toContain(reason);
  });

  it("has a rule of later", () => {
    const content = plan();
    const composite = "aws_cloudwatch_composite_alarm.c";
    content.planned_values.root_module.child_modules.push({
      resources: [{ address: composite, type: "aws_cloudwatch_composite_alarm", values: { alarm_name: "c" } as never }],
    });
    content.resource_changes.push({ address: composite, change: { after_unknown: { alarm_rule: true } } });
    expect(reasons(content)).toEqual([
      "c: alarm_rule is known only after the apply; name alarms by alarm_name instead of arn",
    ]);
  });

  it("has the name of another alarm", () => {
    expect(reasons(plan(), { MetricAlarms: [{ AlarmName: "errors" }] })).toEqual([
      `errors: ${address} has the same name; in AWS the one overwrites the other`,
    ]);
  });

  it("takes those with it that depend on it", () => {
    const { unreadable } = readAlarms(files([plan({ threshold: null }), composites({ c: "ALARM(errors)" })]));
    expect(unreadable.at(-1)).toMatchObject({ name: "c", reason: "it depends on errors, which cannot be read" });
  });
});
