import type { AnyAlarm, CompositeAlarm, MetricAlarm, MetricRead, Query } from "./alarm";
import { defaults } from "./assumptions";
import { series, valueAt } from "./math-values";
import { compile } from "./metric-math";

/** One way to get an alarm wrong. */
interface Operator {
  readonly id: string;
  readonly mistake: string;
  /** Undefined where an alarm cannot be got wrong in this way. */
  readonly change: (alarm: AnyAlarm) => AnyAlarm | undefined;
}

export interface AlarmMutant {
  readonly operator: string;
  readonly mistake: string;
  readonly alarm: AnyAlarm;
  readonly mutated: AnyAlarm;
}

const ofMetric =
  (change: (alarm: MetricAlarm) => MetricAlarm | undefined) =>
  (alarm: AnyAlarm): AnyAlarm | undefined =>
    alarm.kind === "metric" ? change(alarm) : undefined;
const ofComposite =
  (change: (alarm: CompositeAlarm) => CompositeAlarm | undefined) =>
  (alarm: AnyAlarm): AnyAlarm | undefined =>
    alarm.kind === "composite" ? change(alarm) : undefined;

function withReads(alarm: MetricAlarm, change: (read: MetricRead) => MetricRead): MetricAlarm {
  const queries = new Map<string, Query>();
  for (const [id, query] of alarm.queries)
    queries.set(id, "metric" in query ? { metric: change(query.metric) } : query);
  return { ...alarm, queries };
}

/** A formula may have a value when all that it reads is silent. */
function isNeverMissing({ queries, compared }: MetricAlarm): boolean {
  const query = queries.get(compared);
  if (query === undefined || !("expression" in query)) return false;
  const lookUp = () => series([null]);
  const scope = { size: 1, periodSeconds: 60, epoch: () => 0, metricIds: [], lookUp, assume: defaults };
  return valueAt(compile(query.expression, defaults).valueIn(scope), 0) !== null;
}

/** Of a rule such as `ALARM(a) OR ALARM(b)`, the parts after the first. */
function withoutFirstPart(alarm: CompositeAlarm): CompositeAlarm | undefined {
  const [first = "", ...rest] = alarm.rule.split(/ OR /i);
  const isWhole = first.split("(").length === first.split(")").length;
  return rest.length > 0 && isWhole ? { ...alarm, rule: rest.join(" OR ") } : undefined;
}

const wrongStatistic: Readonly<Record<string, string>> = {
  Sum: "Average",
  Average: "Maximum",
  Minimum: "Maximum",
  Maximum: "Minimum",
  p95: "p50",
};

export const operators: readonly Operator[] = [
  {
    id: "threshold-times-ten",
    mistake: "threshold × 10, or 1000 instead of 0",
    change: ofMetric((alarm) =>
      typeof alarm.threshold === "number"
        ? { ...alarm, threshold: alarm.threshold === 0 ? 1000 : alarm.threshold * 10 }
        : undefined,
    ),
  },
  {
    id: "comparison-turned",
    mistake: "above instead of below, and the other way round",
    change: ofMetric((alarm) =>
      typeof alarm.threshold === "number"
        ? { ...alarm, comparison: alarm.comparison.startsWith("Less") ? "GreaterThanThreshold" : "LessThanThreshold" }
        : undefined,
    ),
  },
  {
    id: "wrong-dimension",
    mistake: "watches a resource that does not exist",
    change: ofMetric((alarm) =>
      withReads(alarm, (read) => ({ ...read, dimensions: { ...read.dimensions, Wrong: "nothing" } })),
    ),
  },
  {
    id: "wrong-statistic",
    mistake: "average instead of sum, maximum instead of minimum",
    // Above 0 is above 0, whatever the statistic.
    change: ofMetric((alarm) =>
      alarm.threshold === 0
        ? undefined
        : withReads(alarm, (read) => ({ ...read, statistic: wrongStatistic[read.statistic] ?? "p10" })),
    ),
  },
  {
    id: "missing-flipped",
    mistake: "counts missing data as breaching instead of notBreaching, and the other way round",
    change: ofMetric((alarm) =>
      isNeverMissing(alarm)
        ? undefined
        : { ...alarm, treatMissingData: alarm.treatMissingData === "breaching" ? "notBreaching" : "breaching" },
    ),
  },
  {
    id: "widened",
    mistake: "M of N × 3",
    change: ofMetric((alarm) => ({
      ...alarm,
      evaluationPeriods: alarm.evaluationPeriods * 3,
      datapointsToAlarm: alarm.datapointsToAlarm * 3,
    })),
  },
  {
    id: "action-removed",
    mistake: "tells nobody",
    change: (alarm) =>
      alarm.actions.ALARM.length === 0 ? undefined : { ...alarm, actions: { ...alarm.actions, ALARM: [] } },
  },
  {
    id: "part-removed",
    mistake: "is left out of its service's page",
    change: ofComposite(withoutFirstPart),
  },
  {
    id: "suppressor-removed",
    mistake: "pages for the symptom as well as for the cause",
    change: ofComposite((alarm) => (alarm.suppressor ? { ...alarm, suppressor: null } : undefined)),
  },
];

/** Every operator on every alarm that it fits. */
export function mutantsOf(alarms: readonly AnyAlarm[]): AlarmMutant[] {
  return operators.flatMap(({ id, mistake, change }) =>
    alarms.flatMap((alarm) => {
      const mutated = change(alarm);
      return mutated ? [{ operator: id, mistake, alarm, mutated }] : [];
    }),
  );
}
