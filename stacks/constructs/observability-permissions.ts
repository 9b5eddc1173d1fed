import type { Environment } from "../environments";
import { prefixOf } from "./names";
import { inRegion } from "./permission-scope";
import type { Statement } from "./policy-document";

export function manageObservability(environment: Environment): Statement[] {
  const { region, accountId } = environment;
  const prefix = prefixOf(environment);
  return [
    {
      Sid: "ManageLogGroups",
      Action: [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:PutRetentionPolicy",
        "logs:PutMetricFilter",
        "logs:DeleteRetentionPolicy",
        "logs:DeleteMetricFilter",
        "logs:AssociateKmsKey",
        "logs:DisassociateKmsKey",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      Resource: [`/${prefix}/`, `aws-waf-logs-${prefix}`].map(
        (group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}*`,
      ),
    },
    {
      Sid: "ManageQueries",
      Action: [
        "logs:PutQueryDefinition",
        "logs:PutResourcePolicy",
        "logs:DeleteQueryDefinition",
        "logs:DeleteResourcePolicy",
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "TagAlarms",
      Action: ["cloudwatch:TagResource", "cloudwatch:UntagResource"],
      Resource: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${prefix}-*`,
    },
    // CloudWatch admits no narrower scope for these: see PutCompositeAlarm in its API reference.
    {
      Sid: "ManageCompositeAlarms",
      Action: ["cloudwatch:PutCompositeAlarm", "cloudwatch:DeleteAlarms"],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "ManageDashboards",
      Action: ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
      Resource: `arn:aws:cloudwatch::${accountId}:dashboard/${prefix}*`,
    },
    {
      Sid: "ManageTopics",
      Action: [
        "sns:CreateTopic",
        "sns:DeleteTopic",
        "sns:SetTopicAttributes",
        "sns:SetSubscriptionAttributes",
        "sns:Subscribe",
        "sns:TagResource",
        "sns:UntagResource",
      ],
      Resource: `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
    },
    {
      Sid: "ManageUndelivered",
      Action: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
      Resource: `arn:aws:sqs:${region}:${accountId}:${prefix}-*`,
    },
    {
      Sid: "ManageEvents",
      Action: [
        "events:PutRule",
        "events:DeleteRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
      ],
      Resource: `arn:aws:events:${region}:${accountId}:rule/${prefix}-*`,
    },
    // It names a subscription, which is no resource to IAM.
    { Sid: "Unsubscribe", Action: "sns:Unsubscribe", Resource: "*", Condition: inRegion(environment) },
    {
      Sid: "ManageBudget",
      Action: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
      Resource: `arn:aws:budgets::${accountId}:budget/${prefix}`,
    },
  ];
}
