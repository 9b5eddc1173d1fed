import { compileRule } from "./composite-rule";
import { compile, idsOf } from "./metric-math";
import { Series } from "./series";

const compute = (expression: string, values: Record<string, number | null> = {}) =>
  compile(expression)((id) => values[id] ?? null);

it.each([
  ["1 + 2 * 3", {}, 7],
  ["(a - b) / a", { a: 4, b: 1 }, 0.75],
  ["-a", { a: 2 }, -2],
  ["a > 1 AND b < 1", { a: 2, b: 0 }, 1],
  ["a > 1 OR b < 1", { a: 0, b: 2 }, 0],
  ["a + b", { a: 1, b: null }, null],
  ["a / b", { a: 1, b: 0 }, null],
  ["FILL(a, 0) + 1", { a: null }, 1],
  ["IF(a > 1, b, 0)", { a: 0, b: 9 }, 0],
  ["IF(a > 1, b)", { a: 0, b: 9 }, null],
  ["IF(a > 1, b, 0)", { a: null, b: 9 }, null],
  ["SUM([a, b])", { a: 1, b: null }, 1],
  ["AVG([a, b])", { a: 1, b: 3 }, 2],
  ["MAX([a, b]) - MIN([a, b])", { a: 1, b: 3 }, 2],
  ["ABS(a)", { a: -3 }, 3],
])("%s with %j is %j", (expression, values, expected) => {
  expect(compute(expression, values)).toBe(expected);
});

it.each([
  [
    "ANOMALY_DETECTION_BAND(m1, 2)",
    /has the function ANOMALY_DETECTION_BAND, which the lab does not know; it knows ABS/,
  ],
  ["IF(m1)", /gives IF 1 arguments/],
  ["m1 +", /cannot be read/],
  ['m1 + "a"', /has a where a number belongs/],
])("refuses %s", (expression, message) => {
  expect(() => compile(expression)).toThrow(message);
});

it("knows what an expression reads", () => {
  expect(idsOf("IF(requests > 10, SUM([a, b]) / requests, 0)").sort()).toEqual(["a", "b", "requests"]);
});

it.each([
  ["ALARM(a) AND NOT ALARM(b)", true],
  ['ALARM("b") OR (OK(a) AND TRUE)', false],
  ["ALARM(arn:aws:cloudwatch:us-east-1:111111111111:alarm:a)", true],
  ["INSUFFICIENT_DATA('c')", true],
])("holds %s: %j", (rule, expected) => {
  const now = { a: "ALARM", b: "OK", c: "INSUFFICIENT_DATA" } as const;
  expect(compileRule(rule).holds((name) => now[name as keyof typeof now])).toBe(expected);
});

it("refuses a rule that is none", () => {
  expect(() => compileRule("ALARM(a) XOR ALARM(b)")).toThrow(/Rule .* (cannot be read|has more than)/);
});

describe("statistics", () => {
  const series = new Series([1, null, { values: [0.1, 0.2, 5], counts: [90, 9, 1] }]);

  it.each([
    ["Sum", 0, 3, 16.8],
    ["SampleCount", 0, 3, 101],
    ["Average", 0, 1, 1],
    ["Minimum", 0, 3, 0.1],
    ["Maximum", 0, 3, 5],
    ["p50", 2, 3, 0.1],
    ["p99", 2, 3, 0.2],
    ["p99.9", 2, 3, 5],
    ["PR(:1)", 2, 3, 99],
    ["Sum", 1, 2, null],
    ["Average", -5, 0, null],
  ])("%s of minutes %i to %i is %j", (name, start, end, expected) => {
    const value = series.statistic(name, start, end);
    if (expected === null) expect(value).toBeNull();
    else expect(value).toBeCloseTo(expected, 9);
  });

  it("that are unknown are refused", () => {
    expect(() => series.statistic("tm99", 0, 3)).toThrow(/Statistic "tm99" is unknown; there are Sum/);
  });
});
