import { defaults } from "./assumptions";
import { series, type TimeSeries, type Value } from "./math-values";
import { compile } from "./metric-math";

const minute = Date.UTC(2024, 1, 5, 13, 7) / 1000; // A Monday in February.

function computed(expression: string, values: Record<string, TimeSeries>, assume: object = {}): Value {
  const size = Math.max(1, ...Object.values(values).map(({ length }) => length));
  return compile(expression, { ...defaults, ...assume }).valueIn({
    size,
    periodSeconds: 60,
    epoch: (index) => minute + index * 60,
    metricIds: Object.keys(values),
    lookUp: (id) => series(values[id] ?? Array(size).fill(null)),
    assume: { ...defaults, ...assume },
  });
}

const compute = (expression: string, values: Record<string, TimeSeries> = {}, assume: object = {}) => {
  const value = computed(expression, values, assume);
  if (value.kind === "series") return value.values;
  return value.kind === "scalar" ? value.value : value.kind;
};

const _ = null;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html, its tables. */
describe("worked examples of the guide", () => {
  const compared = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };
  const chosen = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };

  it.each<[string, Record<string, TimeSeries>, TimeSeries]>([
    ["(metric1 < metric2)", compared, [0, 0, 1, 0]],
    ["(metric1 >= 30)", compared, [1, 0, 0, 0]],
    ["(metric1 > 15 AND metric2 > 15)", compared, [1, 0, 0, 0]],
    ["IF(metric1, metric2, metric3)", chosen, [30, 0, 20, _, _]],
    ["IF(metric1, 5, metric3)", chosen, [5, 5, 20, _, _]],
    ["IF(metric1, metric2, 5)", chosen, [30, 0, 5, 5, _]],
  ])("%s", (expression, values, expected) => {
    expect(compute(expression, values)).toEqual(expected);
  });
});

it.each<[string, Record<string, TimeSeries>, TimeSeries | number]>([
  ["1 + 2 * 3", {}, 7],
  ["(a - b) / a", { a: [4], b: [1] }, [0.75]],
  ["-a", { a: [2] }, [-2]],
  // "Missing values in a time series are treated as 0."
  ["a + b", { a: [1, _, _], b: [_, 2, _] }, [1, 2, _]],
  ["a + 1", { a: [1, _] }, [2, _]],
  // "If … divide by zero, the data point is dropped."
  ["a / b", { a: [1, 1], b: [0, _] }, [_, _]],
  ["b / a", { a: [4], b: [_] }, [0]],
  ["2 ^ 3 ^ 2", {}, 512],
  ["-2 ^ 2", {}, -4],
  ["2 * 3 ^ 2", {}, 18],
  ["a ^ 2", { a: [3] }, [9]],
  ["a ^ 0.5", { a: [-1] }, [_]],
  ["a > 1 && b < 1", { a: [2], b: [0] }, [1]],
  ["a > 1 OR b < 1 AND a > 1", { a: [0], b: [0] }, [0]],
  ["FILL(a, 0) + 1", { a: [_] }, [1]],
  ["FILL(a, b)", { a: [_, 1], b: [5, 6] }, [5, 1]],
  ["FILL(a, REPEAT)", { a: [_, 1, _, 3, _] }, [_, 1, 1, 3, 3]],
  ["FILL(a, LINEAR)", { a: [_, 1, _, _, 4, _] }, [_, 1, 2, 3, 4, _]],
  ["SUM([a, b])", { a: [1, _, _], b: [_, 2, _] }, [1, 2, _]],
  // "Missing values are treated as 0."
  ["AVG([a, b])", { a: [1], b: [_] }, [0.5]],
  ["AVG(a)", { a: [1, _] }, 0.5],
  ["SUM(a) / DATAPOINT_COUNT(a)", { a: [1, _, 3] }, 2],
  ["MAX([a, b]) - MIN([a, b])", { a: [1], b: [3] }, [2]],
  ["MIN([a, b])", { a: [1], b: [_] }, [1]],
  ["STDDEV([a, b])", { a: [1], b: [3] }, [1]],
  ["a - MIN(a)", { a: [1, 3] }, [0, 2]],
  ["SUM(METRICS())", { a: [1], b: [3] }, [4]],
  ['SUM(METRICS("err"))', { err1: [1], err2: [3], ok: [9] }, [4]],
  ['SUM([METRICS("4xx"), METRICS("5xx")])', { m4xx: [1], m5xx: [3], ok: [9] }, [4]],
  ["SUM(100 / [a, b])", { a: [50], b: [25] }, [6]],
  ["ABS(a) + CEIL(a) + FLOOR(a)", { a: [-1.5] }, [-1.5]],
  ["LOG10(a)", { a: [100, 0] }, [2, _]],
  ["DIFF(a)", { a: [1, 4, _, 9] }, [_, 3, _, 5]],
  ["DIFF_TIME(a)", { a: [1, 4, _, 9] }, [_, 60, _, 120]],
  ["RATE(a)", { a: [0, 60, _, 300] }, [_, 1, _, 2]],
  ["RUNNING_SUM(a)", { a: [1, 2, _, 3] }, [1, 3, _, 6]],
  ["a / PERIOD(a)", { a: [60] }, [1]],
  ["IF(a > 1, b)", { a: [0, 2], b: [9, 9] }, [_, 9]],
  ["IF(1 > 2, a, b)", { a: [1], b: [2] }, [2]],
  ["IF(DAY(a) < 6, a)", { a: [7] }, [7]],
  ["HOUR(a) * 100 + MINUTE(a)", { a: [_, _] }, [1307, 1308]],
  ["DATE(a) + MONTH(a) + YEAR(a)", { a: [1] }, [2031]],
  ["EPOCH(a)", { a: [_] }, [minute]],
  ["TIME_SERIES(MAX(a))", { a: [1, 3] }, [3, 3]],
  ["FIRST(SORT(METRICS(), AVG, DESC))", { a: [1], b: [3] }, [3]],
  ["LAST(SORT(METRICS(), MAX, ASC, 1))", { a: [1], b: [3] }, [1]],
  ["SLICE(SORT(METRICS(), SUM, DESC), 1)", { a: [1], b: [3] }, [1]],
  ["SUM(SLICE(METRICS(), 0, 2))", { a: [1], b: [3], c: [9] }, [4]],
  ["METRIC_COUNT(REMOVE_EMPTY(METRICS()))", { a: [1], b: [_] }, 1],
])("%s with %j is %j", (expression, values, expected) => {
  expect(compute(expression, values)).toEqual(expected);
});

it.each<[string, Record<string, TimeSeries>, object, TimeSeries | number]>([
  ["-2 ^ 2", {}, { "power-before-minus": false }, 4],
  ["2 ^ 3 ^ 2", {}, { "power-associativity": "left" }, 64],
  ["1 OR 1 AND 0", {}, { "math-and-before-or": false }, 0],
  ["a + b", { a: [1, _], b: [_, _] }, { "math-missing": "intersection" }, [_, _]],
  ["a + b", { a: [1, _], b: [_, _] }, { "math-missing": "everywhere" }, [1, 0]],
  ["MIN([a, b])", { a: [1], b: [_] }, { "array-missing": "zero" }, [0]],
  ["FILL(a, LINEAR)", { a: [_, 1, _] }, { "fill-linear-edges": "nearest" }, [1, 1, 1]],
  ["FILL(a, 7)", { a: [_] }, { "fill-empty-series": false }, [_]],
])("%s with %j under %j is %j", (expression, values, assume, expected) => {
  expect(compute(expression, values, assume)).toEqual(expected);
});

it.each([
  ["NO_SUCH(m1)", /has the function NO_SUCH; there are ABS/],
  ["SEARCH('x', 'Sum', 300)", /has SEARCH, which cannot be tested: AWS allows no alarm on SEARCH/],
  ["SELECT AVG(CPUUtilization) FROM x", /is a query of Metrics Insights/],
  ["m1 +", /cannot be read: it ends too early/],
  ["m1 ; 2", /cannot be read: unexpected ; 2/],
  ["(m1", /cannot be read: \) is expected, not the end/],
])("refuses %s", (expression, message) => {
  expect(() => compile(expression, defaults)).toThrow(message);
});

it.each([
  ["IF(a)", /"IF\(a\)": IF has too few arguments, 1/],
  ["FILL(a, NEAREST)", /FILL fills with REPEAT or LINEAR, not NEAREST/],
  ["SORT(a, AVG, ASC)", /SORT takes an array of time series/],
])("says what is wrong with the arguments of %s", (expression, message) => {
  expect(() => compute(expression, { a: [1] })).toThrow(message);
});

it("finds what an expression reads", () => {
  const { ids, readsAllMetrics } = compile("IF(requests > 10, SUM([a, b]) / requests, 0)", defaults);
  expect([[...ids].sort(), readsAllMetrics]).toEqual([["a", "b", "requests"], false]);
  expect(compile("SUM(METRICS())", defaults).readsAllMetrics).toBe(true);
});

it.each([
  ["IF(a > 1, SUM([a, b]), FILL(b, 0))", true],
  ["AVG(METRICS()) ^ 2", true],
  ["FILL(a, REPEAT)", false],
  ["a - AVG(a)", false],
  ["RATE(a)", false],
])("%s depends on its own period alone: %j", (expression, expected) => {
  expect(compile(expression, defaults).isPointwise).toBe(expected);
});
