import {
  type CloudWatchClient,
  type CompositeAlarm as DescribedComposite,
  type MetricAlarm as DescribedMetricAlarm,
  type MetricStat,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import {
  type Actions,
  type Comparison,
  type CompositeAlarm,
  comparisons,
  LabError,
  type MetricAlarm,
  type MissingData,
  type Query,
  type State,
} from "../../../packages/alarm-lab/alarm";

export interface Described {
  readonly metricAlarms: readonly DescribedMetricAlarm[];
  readonly compositeAlarms: readonly DescribedComposite[];
}

export async function describeAlarms(client: CloudWatchClient): Promise<Described> {
  const metricAlarms: DescribedMetricAlarm[] = [];
  const compositeAlarms: DescribedComposite[] = [];
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  for await (const page of paginateDescribeAlarms({ client, pageSize: 100 }, { AlarmTypes })) {
    metricAlarms.push(...(page.MetricAlarms ?? []));
    compositeAlarms.push(...(page.CompositeAlarms ?? []));
  }
  return { metricAlarms, compositeAlarms };
}

/** The alarm lab's alarm of one that the API describes; an error for what the lab does not evaluate. */
export function asMetricAlarm(described: DescribedMetricAlarm): MetricAlarm {
  const { AlarmName: name = "", ComparisonOperator: comparison = "", EvaluationPeriods = 1 } = described;
  if (!(comparison in comparisons)) throw new LabError(`${name}: comparison ${comparison} is not evaluated.`);
  const queries = described.MetricName ? new Map([["m", single(described)]]) : fromMath(described);
  const compared = described.MetricName ? "m" : described.Metrics?.find(({ ReturnData }) => ReturnData !== false)?.Id;
  if (!compared) throw new LabError(`${name} compares nothing: one of its metrics must return data.`);
  const periods = [...queries.values()].flatMap((query) => ("metric" in query ? [query.metric.periodMinutes] : []));
  return {
    ...common(described),
    kind: "metric",
    queries,
    compared,
    periodMinutes: Math.max(1, ...periods),
    evaluationPeriods: EvaluationPeriods,
    datapointsToAlarm: described.DatapointsToAlarm ?? EvaluationPeriods,
    comparison: comparison as Comparison,
    threshold: described.Threshold ?? 0,
    treatMissingData: (described.TreatMissingData ?? "missing") as MissingData,
  };
}

export function asCompositeAlarm(described: DescribedComposite): CompositeAlarm {
  const { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = described;
  return {
    ...common(described),
    kind: "composite",
    rule: described.AlarmRule ?? "",
    suppressor: ActionsSuppressor
      ? {
          alarm: ActionsSuppressor.replace(/^arn:.*:alarm:/, ""),
          waitMinutes: Number(ActionsSuppressorWaitPeriod) / 60,
          extensionMinutes: Number(ActionsSuppressorExtensionPeriod) / 60,
        }
      : null,
  };
}

export function stateOf({ StateValue }: DescribedMetricAlarm | DescribedComposite): State {
  return (StateValue ?? "INSUFFICIENT_DATA") as State;
}

function common({ AlarmName = "", AlarmDescription = "", AlarmArn = "", ...actions }: DescribedMetricAlarm) {
  const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = actions;
  const all: Actions = { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions };
  return { name: AlarmName, description: AlarmDescription, address: AlarmArn, actions: all };
}

function single(alarm: DescribedMetricAlarm): Query {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic } = alarm;
  const statistic = ExtendedStatistic ?? Statistic;
  return reading({ Metric: { Namespace, MetricName, Dimensions }, Period, Stat: statistic }, alarm);
}

function fromMath(alarm: DescribedMetricAlarm): Map<string, Query> {
  return new Map(
    (alarm.Metrics ?? []).map(({ Id = "", Expression, MetricStat }): [string, Query] => {
      if (MetricStat) return [Id, reading(MetricStat, alarm)];
      return [Id, { expression: Expression ?? "" }];
    }),
  );
}

function reading({ Metric, Period, Stat }: MetricStat, { AlarmName }: DescribedMetricAlarm): Query {
  const periodMinutes = Number(Period) / 60;
  if (!Number.isInteger(periodMinutes)) {
    throw new LabError(`${AlarmName}: a period of ${Period} s is not evaluated, only whole minutes.`);
  }
  const dimensions = Object.fromEntries((Metric?.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]));
  const { Namespace: namespace = "", MetricName: name = "" } = Metric ?? {};
  return { metric: { namespace, name, dimensions, periodMinutes, statistic: Stat ?? "Average" } };
}
