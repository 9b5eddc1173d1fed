import {
  bandComparisons,
  type Comparison,
  comparisons,
  LabError,
  type MetricAlarm,
  type MetricRead,
  type MissingData,
  missingDataTreatments,
  type Query,
} from "./alarm";
import { defaults } from "./assumptions";
import type { Found, Json } from "./found";
import { compile } from "./metric-math";
import { checkStatistic } from "./statistics";
import { hasUnknown, knownAfterApply } from "./unknown";

type Rest = Omit<MetricAlarm, "kind" | "name" | "address" | "description" | "actions">;

const day = 86_400;
const allComparisons = [...Object.keys(comparisons), ...Object.keys(bandComparisons)];

/** What a metric alarm evaluates; an error says why it cannot be read. */
export function metricAlarmOf(found: Found): Rest {
  const values = withUnknownDimensions(found);
  const comparison = oneOf("comparison_operator", values.comparison_operator, allComparisons) as Comparison;
  if (values.evaluation_criteria)
    throw new LabError("it evaluates a query of PromQL, which needs the metrics of an account");
  if (values.evaluation_window?.WallClockWindow) {
    throw new LabError("its evaluation window follows the wall clock; only sliding windows are evaluated");
  }
  const { queries, compared } = queriesOf(values);
  const periodSeconds = periodOf(values, queries);
  const evaluationPeriods = positive("evaluation_periods", values.evaluation_periods);
  const datapointsToAlarm = positive("datapoints_to_alarm", values.datapoints_to_alarm ?? evaluationPeriods);
  if (datapointsToAlarm > evaluationPeriods) {
    throw new LabError(
      `datapoints_to_alarm is ${datapointsToAlarm}, more than the ${evaluationPeriods} evaluation_periods`,
    );
  }
  checkLength(periodSeconds * evaluationPeriods, periodSeconds);
  const lowSamples = values.evaluate_low_sample_count_percentiles;
  return {
    ...{ queries, compared, periodSeconds, evaluationPeriods, datapointsToAlarm, comparison },
    threshold: thresholdOf(values, comparison),
    treatMissingData: oneOf(
      "treat_missing_data",
      values.treat_missing_data ?? "missing",
      missingDataTreatments,
    ) as MissingData,
    ...(lowSamples && {
      lowSamples: oneOf("evaluate_low_sample_count_percentiles", lowSamples, ["evaluate", "ignore"]) as "ignore",
    }),
  };
}

/** What cannot be read for want of a value, and dimensions that are known after the apply as such. */
function withUnknownDimensions(found: Found): Json {
  const { values, unknown } = found;
  const plain = Object.entries(unknown).find(
    ([name, is]) =>
      is === true && ["metric_name", "namespace", "threshold", "metric_query", "dimensions"].includes(name),
  );
  if (plain) throw new LabError(`${plain[0]} is known only after the apply${knownAfterApply(found, plain[0]).from}`);
  const dimensions = (known: Json | undefined, unknownOnes: Json | undefined, argument: string): Json => ({
    ...known,
    ...Object.fromEntries(
      Object.entries(unknownOnes ?? {})
        .filter(([, is]) => is === true)
        .map(([name]) => [name, knownAfterApply(found, argument).text]),
    ),
  });
  const metric_query = values.metric_query?.map((query: Json, index: number) => {
    const lacking = unknown.metric_query?.[index]?.metric?.[0];
    const [metric] = [query.metric].flat();
    if (!metric || !hasUnknown(lacking)) return query;
    return {
      ...query,
      metric: { ...metric, dimensions: dimensions(metric.dimensions, lacking.dimensions, "metric_query") },
    };
  });
  return { ...values, metric_query, dimensions: dimensions(values.dimensions, unknown.dimensions, "dimensions") };
}

function thresholdOf(values: Json, comparison: Comparison): MetricAlarm["threshold"] {
  const isBand = comparison in bandComparisons;
  if (isBand && values.threshold_metric_id) return { band: values.threshold_metric_id };
  if (isBand) throw new LabError(`${comparison} needs threshold_metric_id, the id of a band`);
  if (typeof values.threshold === "number") return values.threshold;
  throw new LabError(`it has no threshold, which ${comparison} needs`);
}

function queriesOf(values: Json): { queries: Map<string, Query>; compared: string } {
  if (values.metric_name) return { queries: new Map([["m", { metric: metricRead(values, values) }]]), compared: "m" };
  const list: Json[] = values.metric_query ?? [];
  if (list.length === 0) throw new LabError("it has neither metric_name nor metric_query");
  const queries = new Map<string, Query>();
  for (const query of list) {
    const [metric] = [query.metric].flat();
    queries.set(query.id, metric ? { metric: metricRead(metric, metric) } : { expression: query.expression ?? "" });
  }
  const compared = returnedOf(list, values.threshold_metric_id);
  const metrics = [...queries.values()].filter((query) => "metric" in query).length;
  if (metrics > 10) throw new LabError(`metric math takes 10 metrics, here are ${metrics}`);
  for (const [id, query] of queries) if ("expression" in query) checkExpression(id, query.expression, queries);
  return { queries, compared };
}

function returnedOf(list: readonly Json[], band: string | undefined): string {
  const explicit = list.filter(({ return_data, id }) => return_data === true && id !== band);
  const [returned, ...others] = explicit.map(({ id }) => id as string);
  if (returned !== undefined && others.length === 0) return returned;
  throw new LabError(`exactly one metric_query returns data, here ${explicit.length} do`);
}

function checkExpression(
  id: string,
  expression: string,
  queries: ReadonlyMap<string, Query>,
  above: readonly string[] = [],
): void {
  if (above.includes(id)) throw new LabError(`its expressions depend on each other: ${[...above, id].join(", ")}`);
  const { ids } = compile(expression, defaults);
  const absent = ids.filter((each) => !queries.has(each));
  if (absent.length > 0) {
    throw new LabError(`"${expression}" reads ${absent.join(", ")}; there are ${[...queries.keys()].join(", ")}`);
  }
  for (const each of ids) {
    const query = queries.get(each);
    if (query && "expression" in query) checkExpression(each, query.expression, queries, [...above, id]);
  }
}

function metricRead({ namespace, metric_name, dimensions }: Json, read: Json): MetricRead {
  const { period, statistic, extended_statistic, stat, unit } = read;
  const name = stat ?? statistic ?? extended_statistic;
  if (!metric_name || !namespace) throw new LabError("a metric needs namespace and metric_name");
  if (!name) throw new LabError(`${metric_name} has no statistic`);
  checkStatistic(name);
  return {
    ...{ namespace, name: metric_name, dimensions: dimensions ?? {}, statistic: name },
    periodSeconds: Number(period),
    ...(unit && { unit }),
  };
}

function periodOf(values: Json, queries: ReadonlyMap<string, Query>): number {
  const ofMetrics = [...queries.values()].flatMap((query) => ("metric" in query ? query.metric.periodSeconds : []));
  const ofExpressions: number[] = (values.metric_query ?? []).flatMap(({ period }: Json) =>
    period ? Number(period) : [],
  );
  const [period, ...others] = new Set(ofMetrics.length > 0 ? ofMetrics : ofExpressions);
  if (period === undefined || others.length > 0) {
    throw new LabError(`its metrics have ${others.length + (period ? 1 : 0)} periods; they must have the same`);
  }
  if (![10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)) {
    throw new LabError(`its period is ${period} s; there are 10, 20, 30 and multiples of 60`);
  }
  return period;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function checkLength(window: number, period: number): void {
  const longest = period >= 3600 ? 7 * day : day;
  if (window > longest)
    throw new LabError(`it looks back ${window / 60} minutes; CloudWatch allows ${longest / 60} for this period`);
}

function positive(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new LabError(`${name} is ${JSON.stringify(value)}; it is a whole number above 0`);
}

function oneOf(name: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new LabError(`${name} is ${value}; there are ${allowed.join(", ")}`);
}
