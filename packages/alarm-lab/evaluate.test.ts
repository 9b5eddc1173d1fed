import type { MissingData, State } from "./alarm";
import { defaults } from "./assumptions";
import { evaluate, evaluationRange, type Range } from "./evaluate";

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

const read = (points: string): Range =>
  points
    .split(" ")
    .reverse()
    .map((point) => (point === "-" ? null : point === "X"));

const stateOf = (points: string, more: { m: number; treatment: MissingData; current: State; assume?: object }) => {
  const alarm = { evaluationPeriods: 3, datapointsToAlarm: more.m, treatMissingData: more.treatment };
  return evaluate(alarm, read(points), more.current, { ...defaults, ...more.assume }, new Set());
};

it.each(cases)("$datapointsToAlarm of 3, $points, $treatment: $expected", (each) => {
  const { datapointsToAlarm: m, points, treatment, expected } = each;
  // Whatever the state was before, unless it is kept.
  for (const current of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const) {
    expect(stateOf(points, { m, treatment, current }).state).toBe(expected === "retain" ? current : expected);
  }
});

/** "Avoiding premature transitions to alarm state": "the alarm does not go immediately into ALARM state". */
it.each(["- - - - X", "- - - X -", "- - - X 0", "- - X - 0"])("is not in ALARM prematurely, %s", (points) => {
  expect(stateOf(points, { m: 3, treatment: "missing", current: "OK" }).state).toBe("OK");
});

it("keeps ALARM with ignore while the only datapoints are breaching", () => {
  expect(stateOf("- - - - X", { m: 3, treatment: "ignore", current: "ALARM" })).toMatchObject({
    state: "ALARM",
    rule: "state kept",
  });
});

it("says which assumption decided", () => {
  const depends = new Set<string>();
  const alarm = { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: "missing" } as const;
  evaluate(alarm, read("- - - - X"), "OK", defaults, depends as never);
  expect([...depends]).toEqual(["extra-datapoints", "premature-missing-state"]);
});

it("reads 5 datapoints for 3 periods", () => {
  expect(evaluationRange({ evaluationPeriods: 3 }, defaults)).toBe(5);
});
