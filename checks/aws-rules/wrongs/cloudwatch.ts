import { account, caller, region, zones } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const alarm = (name: string, more: object = {}): Call => ({
  client: "cloudwatch",
  command: "PutMetricAlarmCommand",
  input: {
    AlarmName: name,
    Namespace: "AWS/ECS",
    MetricName: "CPUUtilization",
    Statistic: "Average",
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 80,
    ComparisonOperator: "GreaterThanThreshold",
    ...more,
  },
});

const none = (...names: string[]): Call => ({
  client: "cloudwatch",
  command: "DeleteAlarmsCommand",
  input: { AlarmNames: names },
});

const composite = (name: string, rule: string): Call => ({
  client: "cloudwatch",
  command: "PutCompositeAlarmCommand",
  input: { AlarmName: name, AlarmRule: rule },
});

const metric = (id: string, name: string, returned: boolean): object => ({
  Id: id,
  MetricStat: { Metric: { Namespace: "AWS/ApplicationELB", MetricName: name }, Period: 60, Stat: "Sum" },
  ReturnData: returned,
});

const math = (name: string, metrics: object[]): Call => ({
  client: "cloudwatch",
  command: "PutMetricAlarmCommand",
  input: {
    AlarmName: name,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: "GreaterThanThreshold",
    Metrics: metrics,
  },
});

const board = (name: string, widgets: object[]): Call => ({
  client: "cloudwatch",
  command: "PutDashboardCommand",
  input: { DashboardName: name, DashboardBody: JSON.stringify({ widgets }) },
});

const widget = (metrics: unknown[]): object => ({
  type: "metric",
  x: 0,
  y: 0,
  width: 12,
  height: 6,
  properties: { region: "us-east-1", title: "cpu", view: "timeSeries", stat: "Average", period: 60, metrics },
});

const api = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";

export const cloudwatch: Wrong[] = [
  {
    name: "metric math in which two queries return data",
    service: "cloudwatch",
    kind: "argument",
    before: [],
    wrong: math("wrong-cw-two", [
      metric("errors", "HTTPCode_Target_5XX_Count", true),
      metric("all", "RequestCount", false),
      { Id: "rate", Expression: "100 * errors / all", ReturnData: true },
    ]),
    answer: { error: "ValidationError", message: "Exactly one element of the metrics list should return data" },
    source: `${api} (Metrics)`,
    explanation: "ReturnData is true unless set. All but the watched query need false.",
    right: math("wrong-cw-one", [
      metric("errors", "HTTPCode_Target_5XX_Count", false),
      metric("all", "RequestCount", false),
      { Id: "rate", Expression: "100 * errors / all", ReturnData: true },
    ]),
    after: [none("wrong-cw-one")],
  },
  {
    name: "composite alarm before its children",
    service: "cloudwatch",
    kind: "order",
    before: [alarm("wrong-cw-child")],
    wrong: composite("wrong-cw-early", 'ALARM("wrong-cw-child") OR ALARM("wrong-cw-not-there")'),
    answer: { error: "ValidationError", message: "in the alarm rule do not exist" },
    source: "https://github.com/awsdocs/aws-cloudformation-user-guide/issues/911",
    explanation: "Each alarm in the rule must exist. A rule made of plain names gives Terraform no dependency.",
    right: composite("wrong-cw-early", 'ALARM("wrong-cw-child")'),
    after: [none("wrong-cw-early"), none("wrong-cw-child")],
  },
  {
    name: "alarm deleted while a composite alarm names it",
    service: "cloudwatch",
    kind: "order",
    before: [alarm("wrong-cw-named"), alarm("wrong-cw-free"), composite("wrong-cw-parent", 'ALARM("wrong-cw-named")')],
    wrong: none("wrong-cw-named"),
    answer: { error: "ValidationError", message: "as there are composite alarm(s) depending on it" },
    source: "https://github.com/ekristen/aws-nuke/issues/462",
    explanation: "The composite alarm must go, or get another rule, before its children.",
    right: none("wrong-cw-free"),
    after: [none("wrong-cw-parent"), none("wrong-cw-named")],
  },
  {
    name: "two composite alarms deleted in one call",
    service: "cloudwatch",
    kind: "limit",
    before: [
      alarm("wrong-cw-leaf"),
      composite("wrong-cw-first", 'ALARM("wrong-cw-leaf")'),
      composite("wrong-cw-second", 'ALARM("wrong-cw-leaf")'),
    ],
    wrong: none("wrong-cw-first", "wrong-cw-second"),
    answer: { error: "ValidationError" },
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html ("you can\'t delete two composite alarms with one operation"); https://github.com/gruntwork-io/cloud-nuke/issues/467',
    explanation: "A call takes 100 metric alarms, but only one composite alarm.",
    right: none("wrong-cw-first"),
    after: [none("wrong-cw-second"), none("wrong-cw-leaf")],
  },
  {
    name: "period of 45 seconds",
    service: "cloudwatch",
    kind: "argument",
    before: [],
    wrong: alarm("wrong-cw-period", { Period: 45 }),
    answer: { error: "ValidationError" },
    source: `${api} (Period: 10, 20, 30, and any multiple of 60)`,
    explanation: "A period is 10, 20, 30 or a multiple of 60 seconds.",
    right: alarm("wrong-cw-period", { Period: 60 }),
    after: [none("wrong-cw-period")],
  },
  {
    name: "alarm over more than a day",
    service: "cloudwatch",
    kind: "limit",
    before: [],
    wrong: alarm("wrong-cw-day", { Period: 300, EvaluationPeriods: 300 }),
    answer: { error: "ValidationError", message: "Metrics cannot be checked across more than a day" },
    source: `${api} (Period: for periods under one hour, 86,400 seconds in total)`,
    explanation: "Period times EvaluationPeriods is one day at most, and seven days with periods of an hour or more.",
    right: alarm("wrong-cw-day", { Period: 300, EvaluationPeriods: 288 }),
    after: [none("wrong-cw-day")],
  },
  {
    name: "alarm with six actions",
    service: "cloudwatch",
    kind: "limit",
    before: [caller, zones],
    wrong: acting(6),
    answer: { error: "ValidationError" },
    source: `${api} (AlarmActions: maximum of 5 items)`,
    explanation: "Each state has five actions at most.",
    right: acting(5),
    after: [none("wrong-cw-actions")],
  },
  {
    name: "dashboard with a metric that is no list",
    service: "cloudwatch",
    kind: "argument",
    before: [],
    wrong: board("wrong-cw-board", [widget([{ namespace: "AWS/ECS", metricName: "CPUUtilization" }])]),
    answer: { error: "InvalidParameterInput", message: "The dashboard body is invalid" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    explanation:
      "A metric is a list: namespace, name, then pairs of dimensions. CloudWatch checks the body when it is put.",
    right: board("wrong-cw-board", [widget([["AWS/ECS", "CPUUtilization"]])]),
    after: [
      { client: "cloudwatch", command: "DeleteDashboardsCommand", input: { DashboardNames: ["wrong-cw-board"] } },
    ],
  },
  {
    name: "alarm without data goes to ALARM",
    service: "cloudwatch",
    kind: "answer",
    before: [alarm("wrong-cw-missing")],
    wrong: { client: "cloudwatch", command: "DescribeAlarmsCommand", input: { AlarmNames: ["wrong-cw-missing"] } },
    answer: {
      result: (answer) =>
        answer.MetricAlarms[0].StateValue === "INSUFFICIENT_DATA" &&
        ["missing", undefined].includes(answer.MetricAlarms[0].TreatMissingData),
      says: "INSUFFICIENT_DATA, and missing data are treated as missing",
    },
    source: `${api} (TreatMissingData: the default is missing)`,
    explanation: "A metric that is not sent at all raises no alarm, unless missing data are treated as breaching.",
    right: alarm("wrong-cw-missing", { TreatMissingData: "breaching" }),
    after: [none("wrong-cw-missing")],
  },
];

function acting(count: number): Call {
  const plain = alarm("wrong-cw-actions");
  return {
    ...plain,
    input: (made) => ({
      ...plain.input,
      AlarmActions: Array.from(
        { length: count },
        (_, one) => `arn:aws:sns:${region(made)}:${account(made)}:topic-${one}`,
      ),
    }),
  };
}
