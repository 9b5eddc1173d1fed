import type { Found, Json } from "./found";

/** The answer of `aws cloudwatch describe-alarms`, or requests of PutMetricAlarm and PutCompositeAlarm. */
export function isDescribed(content: Json): boolean {
  return Array.isArray(content.MetricAlarms) || Array.isArray(content.CompositeAlarms);
}

export function describedResources({ MetricAlarms = [], CompositeAlarms = [] }: Json): Found[] {
  return [...MetricAlarms, ...CompositeAlarms].map((described: Json) =>
    fromAws(described.AlarmArn ?? described.AlarmName ?? "", described),
  );
}

/** An alarm as AWS's API and CloudFormation name its arguments, with Terraform's names. */
export function fromAws(address: string, alarm: Json): Found {
  const isComposite = alarm.AlarmRule !== undefined;
  return {
    address,
    type: isComposite ? "aws_cloudwatch_composite_alarm" : "aws_cloudwatch_metric_alarm",
    values: { ...common(alarm), ...(isComposite ? composite(alarm) : metric(alarm)) },
    unknown: {},
    references: {},
  };
}

function common(alarm: Json): Json {
  return {
    alarm_name: alarm.AlarmName,
    alarm_description: alarm.AlarmDescription,
    actions_enabled: alarm.ActionsEnabled,
    alarm_actions: alarm.AlarmActions,
    ok_actions: alarm.OKActions,
    insufficient_data_actions: alarm.InsufficientDataActions,
  };
}

function composite(alarm: Json): Json {
  const suppressor = {
    alarm: alarm.ActionsSuppressor,
    wait_period: Number(alarm.ActionsSuppressorWaitPeriod ?? 0),
    extension_period: Number(alarm.ActionsSuppressorExtensionPeriod ?? 0),
  };
  return { alarm_rule: alarm.AlarmRule, actions_suppressor: alarm.ActionsSuppressor ? suppressor : undefined };
}

function metric(alarm: Json): Json {
  return {
    ...read({ ...alarm, Stat: undefined }),
    statistic: alarm.Statistic,
    extended_statistic: alarm.ExtendedStatistic,
    comparison_operator: alarm.ComparisonOperator,
    evaluation_periods: alarm.EvaluationPeriods,
    datapoints_to_alarm: alarm.DatapointsToAlarm,
    threshold: alarm.Threshold === undefined ? undefined : Number(alarm.Threshold),
    threshold_metric_id: alarm.ThresholdMetricId,
    treat_missing_data: alarm.TreatMissingData,
    evaluate_low_sample_count_percentiles:
      alarm.EvaluateLowSampleCountPercentile ?? alarm.EvaluateLowSampleCountPercentiles,
    evaluation_window: alarm.EvaluationWindow,
    evaluation_criteria: alarm.EvaluationCriteria,
    metric_query: alarm.Metrics?.map((query: Json) => ({
      id: query.Id,
      expression: query.Expression,
      period: query.Period,
      // "The default of true is used."
      return_data: query.ReturnData ?? true,
      account_id: query.AccountId,
      metric: query.MetricStat ? read({ ...query.MetricStat.Metric, ...query.MetricStat }) : undefined,
    })),
  };
}

function read(stat: Json): Json {
  return {
    namespace: stat.Namespace,
    metric_name: stat.MetricName,
    dimensions: dimensionsOf(stat.Dimensions),
    period: stat.Period,
    unit: stat.Unit,
    stat: stat.Stat,
  };
}

function dimensionsOf(dimensions: unknown): Json {
  if (!Array.isArray(dimensions)) return (dimensions ?? {}) as Json;
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}
