import { comparisons, type MetricAlarm, type State } from "./alarm";

/** Newest first. */
export type Datapoints = readonly (number | null)[];

/**
 * How many datapoints beyond the evaluation periods are looked at when some are missing. CloudWatch says that it depends on the period; its
 * examples have 5 for 3 periods.
 */
const furtherDatapoints = 2;

export function evaluationRange({ evaluationPeriods }: Pick<MetricAlarm, "evaluationPeriods">): number {
  return evaluationPeriods + furtherDatapoints;
}

/**
 * The state after an evaluation, as "Configuring how CloudWatch alarms treat missing data" in the CloudWatch user guide has it: enough real
 * datapoints are judged alone; missing ones are filled in as few as possible; and an old breach with nothing but breaches or silence after
 * it is an alarm ("Avoiding premature transitions to alarm state").
 */
export function evaluate(
  alarm: Pick<MetricAlarm, "evaluationPeriods" | "datapointsToAlarm" | "comparison" | "threshold" | "treatMissingData">,
  datapoints: Datapoints,
  current: State,
): State {
  const { evaluationPeriods, datapointsToAlarm, threshold, treatMissingData } = alarm;
  const breaches = (value: number) => comparisons[alarm.comparison](value, threshold);
  const existing = datapoints
    .slice(0, evaluationRange(alarm))
    .flatMap((value, age) => (value === null ? [] : [{ age, breaching: breaches(value) }]));
  const judged = existing.slice(0, evaluationPeriods);
  const filled = evaluationPeriods - judged.length;
  const breaching = judged.filter((each) => each.breaching).length;
  const verdict = (count: number): State => (count >= datapointsToAlarm ? "ALARM" : "OK");

  if (filled === 0 || breaching >= datapointsToAlarm) return verdict(breaching);
  if (treatMissingData === "breaching") return verdict(breaching + filled);
  if (treatMissingData === "notBreaching") return verdict(breaching);
  const oldest = existing.at(-1);
  if (!oldest) return treatMissingData === "missing" ? "INSUFFICIENT_DATA" : current;
  const premature = existing.every((each) => each.breaching) && oldest.age + 1 >= datapointsToAlarm;
  if (!premature) return "OK";
  return treatMissingData === "missing" ? "ALARM" : current;
}
