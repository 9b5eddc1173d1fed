import type { MetricAlarm, State } from "./alarm";
import type { AssumptionName, Assumptions } from "./assumptions";

/** A datapoint of the evaluation range. */
export interface Datapoint {
  /** In periods: 0 is the newest. */
  readonly age: number;
  readonly value: number;
  readonly breaching: boolean;
}

export type Rule =
  | "enough data"
  | "missing data filled in"
  | "no data"
  | "oldest breach"
  | "state kept"
  | "few samples";

/** How a state came about. */
export interface Verdict {
  readonly state: State;
  readonly rule: Rule;
  /** How many missing datapoints were filled in. */
  readonly filled: number;
}

/** Of each period of the evaluation range, the newest first: whether it is breaching; null where data is missing. */
export type Range = readonly (boolean | null)[];

type Judged = Pick<MetricAlarm, "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData">;

/** How many datapoints are read: more than the evaluation periods, in case that some are missing. */
export function evaluationRange({ evaluationPeriods }: Pick<MetricAlarm, "evaluationPeriods">, assume: Assumptions) {
  return evaluationPeriods + Number(assume["extra-datapoints"]);
}

/**
 * The state after an evaluation, by "Configuring how CloudWatch alarms treat missing data":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * `depends` collects the assumptions that decided.
 */
export function evaluate(
  alarm: Judged,
  range: Range,
  current: State,
  assume: Assumptions,
  depends: Set<AssumptionName>,
): Verdict {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  let [judged, breaching, oldest] = [0, 0, 0];
  for (let age = 0; age < range.length && judged < evaluationPeriods; age++) {
    if (range[age] === null) continue;
    judged++;
    if (range[age]) breaching++;
    oldest = age;
  }
  const filled = evaluationPeriods - judged;
  if (filled > 0 || oldest >= evaluationPeriods) depends.add("extra-datapoints");

  // "CloudWatch evaluates the alarm state based on the most recent real data points."
  if (filled === 0) return { state: breaching >= datapointsToAlarm ? "ALARM" : "OK", rule: "enough data", filled };
  const rule = "missing data filled in";
  // "CloudWatch fills in the missing data points with the result you specified … only as few times as possible."
  if (breaching >= datapointsToAlarm) return { state: "ALARM", rule, filled };
  if (treatMissingData === "breaching" && breaching + filled >= datapointsToAlarm)
    return { state: "ALARM", rule, filled };
  if (treatMissingData === "breaching" || treatMissingData === "notBreaching") return { state: "OK", rule, filled };
  // Rows "0 - - - -", "0 - X - -" and "- - - - 0" of the tables.
  if (breaching < judged) return { state: "OK", rule, filled };
  // "The current alarm state is maintained"; rows "- - - - -", "- - X - -" and "- - - X -".
  if (treatMissingData === "ignore") return { state: current, rule: "state kept", filled };
  if (judged === 0) return { state: "INSUFFICIENT_DATA", rule: "no data", filled };
  return { ...onlyBreaches(alarm, range, current, assume, depends), filled };
}

/**
 * "Avoiding premature transitions to alarm state": ALARM "when the oldest available breaching datapoint … is at least as old as the value
 * of Datapoints to Alarm, and all other more recent data points are breaching or missing".
 */
function onlyBreaches(
  { evaluationPeriods, datapointsToAlarm }: Judged,
  range: Range,
  current: State,
  assume: Assumptions,
  depends: Set<AssumptionName>,
): Omit<Verdict, "filled"> {
  const scope = assume["premature-scope"] === "range" ? range.length : evaluationPeriods;
  if (range.lastIndexOf(true) >= evaluationPeriods) depends.add("premature-scope");
  if (range.slice(0, scope).lastIndexOf(true) + 1 >= datapointsToAlarm)
    return { state: "ALARM", rule: "oldest breach" };
  depends.add("premature-missing-state");
  const state = assume["premature-missing-state"];
  return { state: state === "retain" ? current : (state as State), rule: "missing data filled in" };
}
