import { type AnyAlarm, type MetricAlarm, type State, states } from "./alarm";
import { compileRule } from "./composite-rule";
import { stateAt, type Timeline, type Transition, type Unchanged } from "./simulate";
import { length } from "./time";

const signs: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "<=",
  LessThanLowerOrGreaterThanUpperThreshold: "outside of",
  LessThanLowerThreshold: "below",
  GreaterThanUpperThreshold: "above",
};

/** Why an alarm changed its state, in a line. */
export function explain(transition: Transition, alarm: AnyAlarm | undefined, timeline: Timeline): string {
  if (!alarm) return "";
  return alarm.kind === "metric" ? ofMetric(transition, alarm) : ofComposite(transition, alarm.rule, timeline);
}

function ofMetric({ verdict, judged = [] }: Pick<Transition, "verdict" | "judged">, alarm: MetricAlarm): string {
  if (!verdict) return "";
  if (verdict.rule === "few samples") return "too few samples for its percentile: the state is kept";
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const breaching = judged.filter((each) => each.breaching).length;
  const values = judged.map(({ value, breaching: is }) => `${numberOf(value)}${is ? "!" : ""}`).reverse();
  const shown = values.length > 12 ? ["…", ...values.slice(-12)] : values;
  const counted = `${breaching} of ${judged.length} breach (${conditionOf(alarm)}; ${datapointsToAlarm} of ${evaluationPeriods} needed)`;
  const data =
    judged.length > 0
      ? `${shown.join(" ")}: ${counted}`
      : `no data for ${length(evaluationPeriods * alarm.periodSeconds)}`;
  const filled = `${verdict.filled} of ${evaluationPeriods} missing`;
  const ends: Readonly<Record<typeof verdict.rule, string>> = {
    "enough data": "",
    "missing data filled in": `, ${filled} and treated as ${treatMissingData}`,
    "no data": `, treated as ${treatMissingData}`,
    "oldest breach": `, ${filled}; the oldest breach is ${datapointsToAlarm} periods old and nothing contradicts it`,
    "state kept": `, ${filled} and ignored`,
  };
  return `${data}${ends[verdict.rule]}`;
}

/** Why an alarm that never changed is in its state. */
export function explainUnchanged({ verdict, judged }: Unchanged, alarm: AnyAlarm | undefined): string {
  return alarm?.kind === "metric" ? ofMetric({ verdict, judged }, alarm) : "";
}

export function conditionOf({ comparison, threshold }: MetricAlarm): string {
  return `${signs[comparison]} ${typeof threshold === "number" ? threshold : `band ${threshold.band}`}`;
}

function numberOf(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function ofComposite({ second, suppressedBy }: Transition, rule: string, timeline: Timeline): string {
  const { alarms } = compileRule(rule);
  const byState = states.flatMap((state: State) => {
    const names = alarms.filter((name) => stateAt(timeline, name, second) === state);
    return names.length > 0 && state !== "OK"
      ? [`${names.join(", ")} ${names.length > 1 ? "are" : "is"} ${state}`]
      : [];
  });
  const why = byState.length > 0 ? byState.join("; ") : `${alarms.join(", ")} ${alarms.length > 1 ? "are" : "is"} OK`;
  return `${why}${suppressedBy ? `; actions suppressed by ${suppressedBy}` : ""}`;
}
