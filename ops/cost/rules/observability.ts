import type { Charge, PricingRules } from "../charge";
import type { Month } from "../month";
import type { Resource } from "../resources";

export const observabilityRules: PricingRules = {
  aws_cloudwatch_log_group: chargeLogGroup,
  aws_cloudwatch_metric_alarm: chargeAlarm,
  aws_cloudwatch_composite_alarm: () => [{ price: "compositeAlarm", quantity: 1 }],
  aws_cloudwatch_dashboard: () => [{ price: "dashboard", quantity: 1 }],
  aws_cloudwatch_log_metric_filter: () => [{ price: "customMetric", quantity: 1 }],
  aws_appautoscaling_policy: chargeScalingPolicy,
  aws_sns_topic_subscription: ({ arguments: { protocol } }, { usage }) =>
    protocol === "email" ? [{ price: "mails100k", quantity: usage.mails / 1e5 }] : undefined,
};

function chargeLogGroup(group: Resource, month: Month): Charge[] {
  const written = writtenGigabytes(group, month);
  const monthsKept = (group.arguments.retention_in_days ?? 3653) / 30;
  return [
    { price: "logGigabyte", quantity: written },
    { price: "logStorageGigabyteMonth", quantity: written * monthsKept * month.usage.logCompression },
  ];
}

/** Whoever names the group writes to it. One that nobody names gets what people do in `aws ecs execute-command`: next to nothing. */
function writtenGigabytes(group: Resource, month: Month): number {
  const isNamedBy = (type: string) => month.resources.referringTo(group, type).length > 0;
  if (isNamedBy("aws_ecs_task_definition")) return month.serviceLogGigabytes / writtenByTasks(month);
  if (isNamedBy("aws_flow_log")) return month.flowLogGigabytes;
  if (isNamedBy("aws_wafv2_web_acl_logging_configuration")) return month.webAclLogGigabytes;
  return 0.01;
}

function writtenByTasks({ resources }: Month): number {
  const groups = resources.ofType("aws_cloudwatch_log_group");
  return groups.filter((group) => resources.referringTo(group, "aws_ecs_task_definition").length > 0).length;
}

/** One metric, or each one that a formula reads; a band of expected values is two more. */
function chargeAlarm({ arguments: alarm }: Resource): Charge[] {
  const queries: { expression?: string; metric?: { period: number }[] | { period: number } }[] =
    alarm.metric_query ?? [];
  const read = queries.flatMap(({ metric }) => metric ?? []);
  const bands = queries.filter(({ expression }) => expression?.includes("ANOMALY_DETECTION_BAND")).length;
  const shortest = Math.min(alarm.period ?? 60, ...read.map(({ period }) => period));
  return [
    {
      price: shortest < 60 ? "fastAlarmMetric" : "alarmMetric",
      quantity: queries.length === 0 ? 1 : read.length + 2 * bands,
    },
  ];
}

/** Target tracking makes two alarms of its own: for more tasks and for fewer. */
function chargeScalingPolicy({ arguments: policy }: Resource): Charge[] | undefined {
  return policy.policy_type === "TargetTrackingScaling" ? [{ price: "alarmMetric", quantity: 2 }] : undefined;
}
