import { inJson, inStatements, type Operator, set } from "../operator";

export const notifications: readonly Operator[] = [
  {
    id: "queue-open",
    mistake: "lets anybody write into the queue of the undelivered",
    type: "aws_sqs_queue_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Effect === "Deny") return;
      statement.Principal = "*";
      delete statement.Condition;
    }),
  },
  {
    id: "queue-unencrypted",
    mistake: "keeps undelivered alarms in the clear",
    type: "aws_sqs_queue",
    change: set({ kms_master_key_id: undefined }),
  },
  {
    id: "topic-plain-http",
    mistake: "takes alarms over plain HTTP",
    type: "aws_sns_topic_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter((statement: { Effect: string }) => statement.Effect !== "Deny");
    }),
  },
  {
    id: "topic-foreign-service",
    mistake: "admits another service to the topic",
    type: "aws_sns_topic_policy",
    change: inStatements("policy", (statement) => {
      if (statement.Effect !== "Deny") statement.Principal.Service = ["s3.amazonaws.com"];
    }),
  },
  {
    id: "events-write-anywhere",
    mistake: "lets events be written into any log group",
    type: "aws_cloudwatch_log_resource_policy",
    change: inStatements("policy_document", (statement) => {
      statement.Resource = "*";
    }),
  },
  {
    id: "events-written-by-any-rule",
    mistake: "lets any rule write events",
    type: "aws_cloudwatch_log_resource_policy",
    change: inStatements("policy_document", (statement) => {
      delete statement.Condition;
    }),
  },
  {
    id: "event-lost",
    mistake: "forgets an event that reached nobody",
    type: "aws_cloudwatch_event_target",
    change: set({ dead_letter_config: undefined }),
  },
  {
    id: "mail-lost",
    mistake: "forgets what could not be delivered",
    type: "aws_sns_topic_subscription",
    change: set({ redrive_policy: undefined }),
  },
];
