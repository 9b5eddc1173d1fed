import type { Arguments } from "../../synthesized";
import { actions, anywhere, inAccount, inRegion, nameOf, pike, type RequiredActions } from "./required-actions";

const tags = "TagResource UntagResource";
const logs = (names: string) => actions("logs", names);
const group = inRegion("logs", ({ name }) => `log-group:${name}`);
const queue = inRegion("sqs", ({ name }) => name);
const topic = inRegion("sns", ({ name }) => name);

function alarm(type: string, put: string): [string, RequiredActions] {
  return [
    type,
    {
      source: `${pike(`cloudwatch/${type}`)}; https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${put}.html`,
      calls: [
        {
          write: actions("cloudwatch", `${put} DeleteAlarms ${tags}`),
          read: actions("cloudwatch", "ListTagsForResource"),
          on: inRegion("cloudwatch", ({ alarm_name }: Arguments) => `alarm:${alarm_name}`),
        },
        // Composite alarms are given only to who may see all.
        { read: ["cloudwatch:DescribeAlarms"], on: anywhere },
      ],
    },
  ];
}

export const requiredByObservability: Readonly<Record<string, RequiredActions>> = {
  ...Object.fromEntries([
    alarm("aws_cloudwatch_metric_alarm", "PutMetricAlarm"),
    alarm("aws_cloudwatch_composite_alarm", "PutCompositeAlarm"),
  ]),
  aws_cloudwatch_dashboard: {
    source: pike("cloudwatch/aws_cloudwatch_dashboard"),
    calls: [
      {
        write: actions("cloudwatch", "PutDashboard DeleteDashboards"),
        read: actions("cloudwatch", "GetDashboard"),
        on: inAccount("cloudwatch", ({ dashboard_name }) => `dashboard/${dashboard_name}`),
      },
    ],
  },
  aws_cloudwatch_log_group: {
    source: pike("logs/aws_cloudwatch_log_group"),
    calls: [
      {
        write: logs(
          `CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey ${tags}`,
        ),
        read: logs("ListTagsForResource"),
        on: group,
      },
      { read: logs("DescribeLogGroups"), on: anywhere },
    ],
  },
  aws_cloudwatch_log_metric_filter: {
    source: pike("logs/aws_cloudwatch_log_metric_filter"),
    calls: [
      {
        write: logs("PutMetricFilter DeleteMetricFilter"),
        read: logs("DescribeMetricFilters"),
        on: (resource, world) => group({ name: nameOf(world, resource.log_group_name) }, world),
      },
    ],
  },
  aws_cloudwatch_log_resource_policy: {
    source: pike("logs/aws_cloudwatch_log_resource_policy"),
    calls: [
      {
        write: logs("PutResourcePolicy DeleteResourcePolicy"),
        read: logs("DescribeResourcePolicies"),
        on: anywhere,
      },
    ],
  },
  aws_cloudwatch_query_definition: {
    source: pike("logs/aws_cloudwatch_query_definition"),
    calls: [
      {
        write: logs("PutQueryDefinition DeleteQueryDefinition"),
        read: logs("DescribeQueryDefinitions"),
        on: anywhere,
      },
    ],
  },
  aws_cloudwatch_event_rule: {
    source: pike("events/aws_cloudwatch_event_rule"),
    calls: [
      {
        write: actions("events", `PutRule DeleteRule ${tags}`),
        read: actions("events", "DescribeRule ListTagsForResource"),
        on: inRegion("events", ({ name }) => `rule/${name}`),
      },
    ],
  },
  aws_cloudwatch_event_target: {
    source: pike("events/aws_cloudwatch_event_target"),
    calls: [
      {
        write: actions("events", "PutTargets RemoveTargets"),
        read: actions("events", "ListTargetsByRule"),
        on: inRegion("events", ({ rule }, world) => `rule/${nameOf(world, rule)}`),
      },
    ],
  },
  aws_sns_topic: {
    source: pike("sns/aws_sns_topic"),
    calls: [
      {
        write: actions("sns", `CreateTopic DeleteTopic SetTopicAttributes ${tags}`),
        read: actions("sns", "GetTopicAttributes ListTagsForResource"),
        on: topic,
      },
    ],
  },
  aws_sns_topic_policy: {
    source: pike("sns/aws_sns_topic_policy"),
    calls: [
      {
        write: actions("sns", "SetTopicAttributes"),
        read: actions("sns", "GetTopicAttributes"),
        on: (resource, world) => topic({ name: nameOf(world, resource.arn) }, world),
      },
    ],
  },
  aws_sns_topic_subscription: {
    source: pike("sns/aws_sns_topic_subscription"),
    calls: [
      {
        write: actions("sns", "Subscribe SetSubscriptionAttributes"),
        read: actions("sns", "GetSubscriptionAttributes"),
        on: (resource, world) => topic({ name: nameOf(world, resource.topic_arn) }, world),
      },
      { write: ["sns:Unsubscribe"], on: anywhere },
    ],
  },
  aws_sqs_queue: {
    source: pike("sqs/aws_sqs_queue"),
    calls: [
      {
        write: actions("sqs", "CreateQueue DeleteQueue SetQueueAttributes TagQueue UntagQueue"),
        read: actions("sqs", "GetQueueAttributes GetQueueUrl ListQueueTags"),
        on: queue,
      },
    ],
  },
  aws_sqs_queue_policy: {
    source: pike("sqs/aws_sqs_queue_policy"),
    calls: [
      {
        write: actions("sqs", "SetQueueAttributes"),
        read: actions("sqs", "GetQueueAttributes"),
        on: (resource, world) => queue({ name: nameOf(world, resource.queue_url) }, world),
      },
    ],
  },
  aws_budgets_budget: {
    source: `${pike("budgets/aws_budgets_budget")}; https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html`,
    calls: [
      {
        write: actions("budgets", `ModifyBudget ${tags}`),
        read: actions("budgets", "ViewBudget ListTagsForResource"),
        on: inAccount("budgets", ({ name }) => `budget/${name}`),
      },
    ],
  },
};
