import type { MissingData, State } from "./alarm";
import { evaluate } from "./evaluate";

/**
 * The tables of "How alarm state is evaluated when data is missing" in the Amazon CloudWatch user guide: newest on the right, 0 is fine, X
 * breaches, - is missing. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const columns: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
type Row = readonly [points: string, ...expected: readonly (State | "retain")[]];

const threeOfThree: readonly Row[] = [
  ["0 - X - X", "OK", "OK", "OK", "OK"],
  ["0 - - - -", "OK", "OK", "OK", "OK"],
  ["- - - - -", "INSUFFICIENT_DATA", "retain", "ALARM", "OK"],
  ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["- - X - -", "ALARM", "retain", "ALARM", "OK"],
];
const twoOfThree: readonly Row[] = [
  ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
  ["0 - X - -", "OK", "OK", "ALARM", "OK"],
  ["- - - - 0", "OK", "OK", "ALARM", "OK"],
  ["- - - X -", "ALARM", "retain", "ALARM", "OK"],
];

const tables = [...threeOfThree.map((row) => [3, ...row] as const), ...twoOfThree.map((row) => [2, ...row] as const)];
const cases = tables.flatMap(([datapointsToAlarm, points, ...expected]) =>
  columns.map((treatment, column) => ({ datapointsToAlarm, points, treatment, expected: expected[column] })),
);

it.each(cases)("$datapointsToAlarm of 3, $points, $treatment: $expected", (each) => {
  const { datapointsToAlarm, points, treatment, expected } = each;
  const values: Record<string, number | null> = { "0": 0, X: 1, "-": null };
  const datapoints = points
    .split(" ")
    .map((point) => values[point] as number | null)
    .reverse();
  const alarm = {
    evaluationPeriods: 3,
    datapointsToAlarm,
    comparison: "GreaterThanThreshold",
    threshold: 0.5,
    treatMissingData: treatment,
  } as const;
  // Whatever the state was before, unless it is kept.
  for (const current of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const) {
    expect(evaluate(alarm, datapoints, current)).toBe(expected === "retain" ? current : expected);
  }
});
