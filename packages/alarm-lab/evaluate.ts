import type { MetricAlarm, State } from "./alarm";
import type { AssumptionName, Assumptions } from "./assumptions";

/** A datapoint of the evaluation range. */
export interface Datapoint {
  /** In periods: 0 is the newest. */
  readonly age: number;
  readonly value: number;
  readonly breaching: boolean;
}

/** How a state came about. */
export interface Verdict {
  readonly state: State;
  /** The existing datapoints that were judged, the newest first. */
  readonly judged: readonly Datapoint[];
  /** How many missing datapoints were filled in. */
  readonly filled: number;
  readonly rule: "enough data" | "missing data filled in" | "no data" | "oldest breach" | "state kept" | "few samples";
}

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
  existing: readonly Datapoint[],
  current: State,
  assume: Assumptions,
  depends: Set<AssumptionName>,
): Verdict {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const judged = existing.slice(0, evaluationPeriods);
  const filled = evaluationPeriods - judged.length;
  const breaching = judged.filter((each) => each.breaching).length;
  if (filled > 0 || judged.some(({ age }) => age >= evaluationPeriods)) depends.add("extra-datapoints");
  const verdict = (state: State, rule: Verdict["rule"]): Verdict => ({ state, judged, filled, rule });
  const counted = (count: number): State => (count >= datapointsToAlarm ? "ALARM" : "OK");

  // "CloudWatch evaluates the alarm state based on the most recent real data points."
  if (filled === 0) return verdict(counted(breaching), "enough data");
  // "CloudWatch fills in the missing data points with the result you specified … only as few times as possible."
  if (treatMissingData === "breaching") return verdict(counted(breaching + filled), "missing data filled in");
  if (treatMissingData === "notBreaching") return verdict(counted(breaching), "missing data filled in");
  if (breaching >= datapointsToAlarm) return verdict("ALARM", "missing data filled in");
  // Rows "0 - - - -", "0 - X - -" and "- - - - 0" of the tables.
  if (breaching < judged.length) return verdict("OK", "missing data filled in");
  // "The current alarm state is maintained"; rows "- - - - -", "- - X - -" and "- - - X -".
  if (treatMissingData === "ignore") return verdict(current, "state kept");
  if (judged.length === 0) return verdict("INSUFFICIENT_DATA", "no data");
  return verdict(...onlyBreaches(alarm, judged, current, assume, depends));
}

/**
 * "Avoiding premature transitions to alarm state": ALARM "when the oldest available breaching datapoint … is at least as old as the value
 * of Datapoints to Alarm, and all other more recent data points are breaching or missing".
 */
function onlyBreaches(
  { evaluationPeriods, datapointsToAlarm }: Judged,
  judged: readonly Datapoint[],
  current: State,
  assume: Assumptions,
  depends: Set<AssumptionName>,
): [State, Verdict["rule"]] {
  const isInScope = ({ age }: Datapoint) => assume["premature-scope"] === "range" || age < evaluationPeriods;
  const oldest = judged.findLast(isInScope);
  if (judged.some(({ age }) => age >= evaluationPeriods)) depends.add("premature-scope");
  if (oldest && oldest.age + 1 >= datapointsToAlarm) return ["ALARM", "oldest breach"];
  depends.add("premature-missing-state");
  const state = assume["premature-missing-state"];
  return [state === "retain" ? current : (state as State), "missing data filled in"];
}
