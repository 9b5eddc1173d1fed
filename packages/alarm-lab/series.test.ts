import { defaults } from "./assumptions";
import { publishedOf, Series } from "./series";
import { samplesNeeded } from "./statistics";

const points = [1, null, { values: [0.1, 0.2, 5], counts: [90, 9, 1] }];
const of = (all: typeof points, assume = defaults) =>
  new Series(publishedOf({ namespace: "N", name: "m", dimensions: {}, points: all }), assume);
const series = of(points);

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
  ["tc90", 2, 3, 90],
  ["TS(95%:)", 2, 3, 4 * 0.2 + 5],
  ["tm99", 2, 3, (90 * 0.1 + 9 * 0.2) / 99],
  ["TM(0.1:5)", 2, 3, (9 * 0.2 + 5) / 10],
  ["IQM", 2, 3, 0.1],
  ["wm99", 2, 3, (90 * 0.1 + 10 * 0.2) / 100],
  ["Sum", 1, 2, null],
  ["Average", -5, 0, null],
])("%s of minutes %i to %i is %j", (name, start, end, expected) => {
  const value = series.statistic(name, start * 60, end * 60, Infinity);
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 9);
});

it("refuses a statistic that CloudWatch does not have", () => {
  expect(() => series.statistic("median", 0, 180, Infinity)).toThrow(/Statistic "median" is unknown; there are Sum/);
});

// "These type of statistics are not available … when any of the metric values are negative numbers."
it("has no percentile of negative values", () => {
  expect(of([-1]).statistic("p50", 0, 60, Infinity)).toBeNull();
  expect(of([-1], { ...defaults, "percentile-of-negative": "compute" }).statistic("p50", 0, 60, Infinity)).toBe(-1);
});

it("interpolates percentiles, if that is assumed", () => {
  const two = { values: [1, 3], counts: [1, 1] };
  expect(of([two], { ...defaults, "percentile-method": "linear" }).statistic("p50", 0, 60, Infinity)).toBe(2);
  expect(of([two]).statistic("p50", 0, 60, Infinity)).toBe(1);
});

// "This setting would be used if there were fewer than 1000 samples for an alarm on a p99 percentile."
it.each([
  [99, 1000],
  [99.9, 10_000],
  [50, 20],
  [10, 100],
  [0, 0],
  [100, 0],
])("p%d needs %d samples", (percent, expected) => {
  expect(samplesNeeded(percent)).toBe(expected);
});
