import { after, alertsLess, drains, givesAccess, look, weakens, words } from "../../effects/effect";
import { any, each, either, fewer, harmless, off, ourKey, retention, toRead, when } from "../arguments";
import type { Meaning, Place, Service } from "../knowledge";
import { alerts, guards, hasNoState, holds, on as onExisting, sets } from "../roles";
import { accountIn, isForeign } from "./policies/accounts";
import { policy } from "./policies/effects";

function threshold(place: Place) {
  const { before, after: now, change, isLater } = place;
  if (isLater) return look("Sets another threshold, known only after the apply");
  const operator = words(after(change, "comparison_operator"));
  const isLaterAlarm = operator.startsWith("GreaterThan")
    ? Number(now) > Number(before)
    : operator.startsWith("LessThan") && Number(now) < Number(before);
  return isLaterAlarm ? alertsLess(`Alerts later (threshold: ${words(before)} → ${words(now)})`) : undefined;
}

const tellsFewer = fewer(alertsLess("Alerts fewer people"));

/** A destination of CloudWatch Logs is there to take lines of other accounts. */
const sendsAway: Meaning = onExisting(["log_group_name"], (change, { plans }) => {
  const arn = words(after(change, "destination_arn"));
  return /:destination:/.test(arn) || isForeign(accountIn(arn), plans)
    ? givesAccess(`Sends log lines to another account: ${arn}`)
    : undefined;
});

const labels = /^metric_query(\[[^\]]+\])?\.label$/;

export const observability: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group",
  types: {
    aws_cloudwatch_log_group: {
      ...holds("log group", "every line in it", "keep the name, or export the lines first"),
      arguments: {
        retention_in_days: retention("lines", { isZeroForEver: true }),
        kms_key_id: ourKey("new lines"),
        deletion_protection_enabled: off(weakens("Switches deletion protection off")),
        ...toRead("log_group_class"),
        ...harmless("skip_destroy name_prefix"),
      },
    },
    aws_cloudwatch_log_stream: { ...holds("log stream", "its lines"), arguments: {} },
    aws_cloudwatch_log_metric_filter: {
      ...sets("metric of a log"),
      deleted: alertsLess("Counts no longer what its alarm watches"),
      arguments: { ...toRead("pattern metric_transformation apply_on_transformed_logs"), ...harmless("name") },
    },
    aws_cloudwatch_log_subscription_filter: {
      ...sets("subscription", sendsAway),
      deleted: look("Sends log lines no longer to where they were read"),
      arguments: toRead("destination_arn filter_pattern distribution role_arn"),
    },
    aws_cloudwatch_log_resource_policy: {
      ...sets("policy of logs"),
      deleted: weakens("Lets services write no logs any more"),
      arguments: { policy_document: policy("resource"), ...harmless("revision_id policy_scope resource_arn") },
    },
    aws_cloudwatch_log_delivery: {
      ...guards("log delivery", "Stops recording"),
      arguments: toRead("field_delimiter record_fields s3_delivery_configuration"),
    },
    aws_cloudwatch_log_delivery_source: { ...guards("log delivery", "Stops recording"), arguments: {} },
    aws_cloudwatch_log_delivery_destination: {
      ...guards("log delivery", "Stops recording"),
      arguments: toRead("output_format delivery_destination_configuration"),
    },
    aws_cloudwatch_query_definition: {
      ...hasNoState("saved query"),
      deleted: look("Deletes this saved query: a playbook may name it"),
      arguments: harmless("* query_string log_group_names query_definition_id name"),
    },
    aws_cloudwatch_dashboard: {
      ...hasNoState("dashboard"),
      deleted: look("Deletes this dashboard"),
      arguments: harmless("dashboard_body dashboard_arn dashboard_name"),
    },
    aws_cloudwatch_metric_alarm: {
      ...alerts("alarm"),
      arguments: {
        threshold,
        alarm_description: undefined,
        ...each("alarm_actions ok_actions insufficient_data_actions", tellsFewer),
        actions_enabled: off(alertsLess("Alerts nobody")),
        metric_query: (place) => (labels.test(place.path) ? undefined : look(`Watches something else (${place.path})`)),
        ...toRead(
          "comparison_operator datapoints_to_alarm dimensions evaluation_periods extended_statistic metric_name namespace period statistic treat_missing_data unit threshold_metric_id evaluate_low_sample_count_percentiles evaluation_interval",
        ),
      },
    },
    aws_cloudwatch_composite_alarm: {
      ...alerts("alarm"),
      arguments: {
        alarm_description: undefined,
        ...each("alarm_actions ok_actions insufficient_data_actions", tellsFewer),
        actions_enabled: off(alertsLess("Alerts nobody")),
        actions_suppressor: any(alertsLess("Changes when it is silent")),
        ...toRead("alarm_rule"),
      },
    },
    aws_cloudwatch_event_rule: {
      ...sets("rule for events"),
      deleted: { ...drains("Deletes this rule: what it starts is started no more"), verdict: "look" },
      arguments: {
        state: off({ ...drains("Switches the rule off: what it starts is started no more") }),
        is_enabled: off(drains("Switches the rule off")),
        event_pattern: any(look("Reacts to other events")),
        schedule_expression: any(look("Runs at other times")),
        ...toRead("role_arn event_bus_name"),
        ...harmless("description name_prefix force_destroy"),
      },
    },
    aws_cloudwatch_event_target: {
      ...sets("target of events"),
      deleted: drains("Starts no more what it has started"),
      arguments: {
        arn: any(look("Starts something else")),
        ...toRead(
          "input input_path input_transformer role_arn ecs_target run_command_targets batch_target kinesis_target sqs_target http_target redshift_target sagemaker_pipeline_target appsync_target retry_policy dead_letter_config rule",
        ),
        ...harmless("force_destroy"),
      },
    },
    aws_cloudwatch_event_permission: {
      ...sets("permission"),
      arguments: {
        principal: {
          changed: any(givesAccess("Lets somebody else send events")),
          whenNew: when(({ after: now }) => now === "*", {
            ...givesAccess("Lets every account send events"),
            verdict: "dangerous",
          }),
        },
      },
    },
    aws_cloudwatch_event_bus: {
      ...sets("event bus"),
      deleted: drains("Deletes this event bus: its rules start nothing any more"),
      arguments: toRead("kms_key_identifier dead_letter_config log_config"),
    },
    aws_scheduler_schedule: {
      ...sets("schedule"),
      deleted: drains("Deletes this schedule: what it starts is started no more"),
      arguments: {
        state: off(drains("Switches the schedule off")),
        ...toRead(
          "schedule_expression schedule_expression_timezone flexible_time_window target start_date end_date kms_key_arn action_after_completion",
        ),
        ...harmless("description"),
      },
    },
    aws_budgets_budget: {
      ...alerts("budget"),
      arguments: {
        notification: either(
          when(
            ({ before, after: now }) => before !== undefined && now === undefined,
            alertsLess("Tells fewer people what is spent"),
          ),
          undefined,
        ),
        ...harmless(
          "limit_amount time_period_start time_period_end cost_filter cost_types planned_limit time_unit auto_adjust_data limit_unit filter_expression metrics billing_view_arn",
        ),
      },
    },
    aws_sns_topic: {
      ...alerts("topic"),
      deleted: alertsLess("Deletes this topic: who subscribed to it is told nothing any more"),
      replaced: alertsLess("Replaces this topic: who subscribed to it is told nothing any more"),
      replacedNewFirst: alertsLess("Replaces this topic: who subscribed to it is told nothing any more"),
      arguments: {
        kms_master_key_id: ourKey("messages"),
        policy: policy("resource"),
        ...toRead(
          "delivery_policy fifo_topic content_based_deduplication tracing_config signature_version archive_policy fifo_throughput_scope http_failure_feedback_role_arn lambda_failure_feedback_role_arn sqs_failure_feedback_role_arn",
        ),
        ...harmless("display_name owner beginning_archive_time name_prefix application_success_feedback_sample_rate"),
      },
    },
    aws_sns_topic_policy: {
      ...sets("topic's policy"),
      deleted: alertsLess("Removes the topic's policy: who sent to it is refused"),
      arguments: { policy: policy("resource", ["arn"]), ...harmless("owner") },
    },
    aws_sns_topic_subscription: {
      ...alerts("subscription"),
      deleted: alertsLess("Tells somebody no more"),
      replaced: alertsLess("Tells nobody until the new address confirms"),
      replacedNewFirst: alertsLess("Tells nobody until the new address confirms"),
      arguments: {
        ...toRead(
          "endpoint filter_policy filter_policy_scope delivery_policy raw_message_delivery redrive_policy subscription_role_arn replay_policy",
        ),
        ...harmless(
          "confirmation_was_authenticated owner_id pending_confirmation confirmation_timeout_in_minutes endpoint_auto_confirms",
        ),
      },
    },
    aws_synthetics_canary: {
      ...alerts("canary"),
      arguments: toRead(
        "schedule run_config handler runtime_version zip_file s3_key s3_version start_canary failure_retention_period success_retention_period",
      ),
    },
    aws_xray_sampling_rule: { ...sets("sampling rule"), arguments: toRead("fixed_rate reservoir_size priority") },
  },
};
