import type { Call, Wrong } from "./wrong.js";

const client = "cloudwatch-logs";

const group = (name: string): Call => ({ client, command: "CreateLogGroupCommand", input: { logGroupName: name } });
const noGroup = (name: string): Call => ({ client, command: "DeleteLogGroupCommand", input: { logGroupName: name } });

const retain = (name: string, days: number): Call => ({
  client,
  command: "PutRetentionPolicyCommand",
  input: { logGroupName: name, retentionInDays: days },
});

const filter = (name: string, pattern: string, more: object = {}): Call => ({
  client,
  command: "PutMetricFilterCommand",
  input: {
    logGroupName: name,
    filterName: "errors",
    filterPattern: pattern,
    metricTransformations: [{ metricNamespace: "Wrong", metricName: "Errors", metricValue: "1", ...more }],
  },
});

export const logs: Wrong[] = [
  {
    name: "log group that exists already",
    service: "cloudwatch-logs",
    kind: "order",
    before: [group("/wrong/taken")],
    wrong: group("/wrong/taken"),
    answer: { error: "ResourceAlreadyExistsException", message: "The specified log group already exists" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (Errors)",
    explanation:
      "A service that logs first may create the group itself, for example with awslogs-create-group. Then the apply fails.",
    right: group("/wrong/free"),
    after: [noGroup("/wrong/taken"), noGroup("/wrong/free")],
  },
  {
    name: "retention of 45 days",
    service: "cloudwatch-logs",
    kind: "argument",
    before: [group("/wrong/retention")],
    wrong: retain("/wrong/retention", 45),
    answer: { error: "InvalidParameterException" },
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (retentionInDays: possible values)",
    explanation: "Only some numbers of days exist: 1, 3, 5, 7, 14, 30, 60, 90 and so on.",
    right: retain("/wrong/retention", 60),
    after: [noGroup("/wrong/retention")],
  },
  {
    name: "metric filter before its log group",
    service: "cloudwatch-logs",
    kind: "order",
    before: [group("/wrong/there")],
    wrong: filter("/wrong/not-there", "ERROR"),
    answer: { error: "ResourceNotFoundException", message: "The specified log group does not exist" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html (Errors)",
    explanation: "The group must exist first. A filter that names it as plain text gives Terraform no dependency.",
    right: filter("/wrong/there", "ERROR"),
    after: [noGroup("/wrong/there")],
  },
  {
    name: "metric filter with dimensions and a default value",
    service: "cloudwatch-logs",
    kind: "argument",
    before: [group("/wrong/default")],
    wrong: filter("/wrong/default", '{ $.level = "error" }', { defaultValue: 0, dimensions: { route: "$.route" } }),
    answer: { error: "InvalidParameterException", message: "dimensions and default value are mutually exclusive" },
    source: "https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/pull/632",
    explanation: "A transformation has either dimensions or a default value.",
    right: filter("/wrong/default", '{ $.level = "error" }', { dimensions: { route: "$.route" } }),
    after: [noGroup("/wrong/default")],
  },
  {
    name: "dimensions with a pattern of plain words",
    service: "cloudwatch-logs",
    kind: "argument",
    before: [group("/wrong/words")],
    wrong: filter("/wrong/words", "?ERROR ?WARN", { dimensions: { route: "$.route" } }),
    answer: { error: "InvalidParameterException", message: "The specified filter pattern does not support dimensions" },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/22105",
    explanation: "Dimensions take their values from fields, so the pattern must be JSON or delimited.",
    right: filter("/wrong/words", '{ $.level = "ERROR" }', { dimensions: { route: "$.route" } }),
    after: [noGroup("/wrong/words")],
  },
  {
    name: "log group name with a blank",
    service: "cloudwatch-logs",
    kind: "argument",
    before: [],
    wrong: group("/wrong/with a blank"),
    answer: { error: "InvalidParameterException", message: "logGroupName" },
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (pattern [\\.\\-_/#A-Za-z0-9]+)",
    explanation: "Letters, digits and _ - / . # only.",
    right: group("/wrong/without-a-blank"),
    after: [noGroup("/wrong/without-a-blank")],
  },
  {
    name: "a new log group forgets old events",
    service: "cloudwatch-logs",
    kind: "answer",
    before: [group("/wrong/forever")],
    wrong: { client, command: "DescribeLogGroupsCommand", input: { logGroupNamePrefix: "/wrong/forever" } },
    answer: {
      result: (answer) => answer.logGroups.length === 1 && answer.logGroups[0].retentionInDays === undefined,
      says: "no retentionInDays: events never expire",
    },
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html (log events never expire by default)",
    explanation: "Without a retention policy, logs are kept and paid for without end.",
    right: retain("/wrong/forever", 30),
    after: [noGroup("/wrong/forever")],
  },
  {
    name: "events put to a stream that was not created",
    service: "cloudwatch-logs",
    kind: "order",
    before: [
      group("/wrong/stream"),
      { client, command: "CreateLogStreamCommand", input: { logGroupName: "/wrong/stream", logStreamName: "made" } },
    ],
    wrong: events("never-made"),
    answer: { error: "ResourceNotFoundException", message: "The specified log stream does not exist" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html (Errors)",
    explanation:
      "PutLogEvents creates no stream. A role with logs:PutLogEvents and without logs:CreateLogStream writes nothing.",
    right: events("made"),
    after: [noGroup("/wrong/stream")],
  },
];

function events(stream: string): Call {
  return {
    client,
    command: "PutLogEventsCommand",
    input: () => ({
      logGroupName: "/wrong/stream",
      logStreamName: stream,
      logEvents: [{ timestamp: Date.now(), message: "a" }],
    }),
  };
}
