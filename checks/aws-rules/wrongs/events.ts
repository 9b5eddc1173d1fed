import { account, caller, region, zones } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const client = "eventbridge";

const rule = (name: string, more: object = { ScheduleExpression: "rate(5 minutes)" }): Call => ({
  client,
  command: "PutRuleCommand",
  input: { Name: name, State: "DISABLED", ...more },
});

const noRule = (name: string): Call => ({ client, command: "DeleteRuleCommand", input: { Name: name } });

const target = (name: string): Call => ({
  client,
  command: "PutTargetsCommand",
  input: (made) => ({
    Rule: name,
    Targets: [{ Id: "one", Arn: `arn:aws:sns:${region(made)}:${account(made)}:wrong-events` }],
  }),
});

const noTarget = (name: string): Call => ({
  client,
  command: "RemoveTargetsCommand",
  input: { Rule: name, Ids: ["one"] },
});

const api = "https://docs.aws.amazon.com/eventbridge/latest/APIReference";

export const events: Wrong[] = [
  {
    name: "rule deleted with targets",
    service: "eventbridge",
    kind: "order",
    before: [caller, zones, rule("wrong-events-full"), rule("wrong-events-empty"), target("wrong-events-full")],
    wrong: noRule("wrong-events-full"),
    answer: { error: "ValidationException", message: "Rule can't be deleted since it has targets" },
    source: `${api}/API_DeleteRule.html; hashicorp/terraform-provider-aws internal/service/events/rule.go`,
    explanation: "The targets must be removed first.",
    right: noRule("wrong-events-empty"),
    after: [noTarget("wrong-events-full"), noRule("wrong-events-full")],
  },
  {
    name: "target before its rule",
    service: "eventbridge",
    kind: "order",
    before: [caller, zones, rule("wrong-events-there")],
    wrong: target("wrong-events-not-there"),
    answer: { error: "ResourceNotFoundException", message: "does not exist" },
    source: `${api}/API_PutTargets.html (Errors: ResourceNotFoundException)`,
    explanation: "The rule must exist first, on the same bus.",
    right: target("wrong-events-there"),
    after: [noTarget("wrong-events-there"), noRule("wrong-events-there")],
  },
  {
    name: "rule with neither pattern nor schedule",
    service: "eventbridge",
    kind: "argument",
    before: [],
    wrong: rule("wrong-events-none", {}),
    answer: { error: "ValidationException", message: "EventPattern or ScheduleExpression must be specified" },
    source: `${api}/API_PutRule.html (a rule must contain at least an EventPattern or ScheduleExpression)`,
    explanation: "One of them is needed.",
    right: rule("wrong-events-none"),
    after: [noRule("wrong-events-none")],
  },
  {
    name: "schedule of one minutes",
    service: "eventbridge",
    kind: "argument",
    before: [],
    wrong: rule("wrong-events-rate", { ScheduleExpression: "rate(1 minutes)" }),
    answer: { error: "ValidationException", message: "ScheduleExpression is not valid" },
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (rate: singular for 1)",
    explanation: "With 1 the unit is singular: rate(1 minute).",
    right: rule("wrong-events-rate", { ScheduleExpression: "rate(1 minute)" }),
    after: [noRule("wrong-events-rate")],
  },
  {
    name: "schedule with both a day of the month and a day of the week",
    service: "eventbridge",
    kind: "argument",
    before: [],
    wrong: rule("wrong-events-cron", { ScheduleExpression: "cron(0 8 * * * *)" }),
    answer: { error: "ValidationException", message: "ScheduleExpression is not valid" },
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (restrictions: one of the two fields must be ?)",
    explanation: "One of the two day fields must be a question mark. There are six fields, with the year.",
    right: rule("wrong-events-cron", { ScheduleExpression: "cron(0 8 * * ? *)" }),
    after: [noRule("wrong-events-cron")],
  },
  {
    name: "event pattern with a plain value",
    service: "eventbridge",
    kind: "argument",
    before: [],
    wrong: rule("wrong-events-pattern", { EventPattern: JSON.stringify({ source: "aws.ecs" }) }),
    answer: { error: "InvalidEventPatternException", message: "Event pattern is not valid" },
    source: `${api}/API_PutRule.html (Errors: InvalidEventPatternException); https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html`,
    explanation: "Each value of a pattern is a list.",
    right: rule("wrong-events-pattern", { EventPattern: JSON.stringify({ source: ["aws.ecs"] }) }),
    after: [noRule("wrong-events-pattern")],
  },
  {
    name: "schedule on an own bus",
    service: "eventbridge",
    kind: "argument",
    before: [{ client, command: "CreateEventBusCommand", input: { Name: "wrong-events-bus" } }],
    wrong: rule("wrong-events-own", { EventBusName: "wrong-events-bus", ScheduleExpression: "rate(5 minutes)" }),
    answer: { error: "ValidationException", message: "ScheduleExpression is supported only on the default event bus" },
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html (default event bus)",
    explanation: "Scheduled rules live on the default bus only.",
    right: rule("wrong-events-own"),
    after: [
      noRule("wrong-events-own"),
      { client, command: "DeleteEventBusCommand", input: { Name: "wrong-events-bus" } },
    ],
  },
  {
    name: "arguments left out of an update are kept",
    service: "eventbridge",
    kind: "answer",
    before: [
      rule("wrong-events-kept", { ScheduleExpression: "rate(5 minutes)", Description: "kept" }),
      rule("wrong-events-kept", { ScheduleExpression: "rate(10 minutes)" }),
    ],
    wrong: { client, command: "DescribeRuleCommand", input: { Name: "wrong-events-kept" } },
    answer: {
      result: (answer) => !answer.Description && answer.ScheduleExpression === "rate(10 minutes)",
      says: "the description is gone",
    },
    source: `${api}/API_PutRule.html ("If you omit arguments in PutRule, the old values for those arguments are not kept")`,
    explanation: "PutRule replaces the whole rule.",
    right: rule("wrong-events-kept", { ScheduleExpression: "rate(10 minutes)", Description: "kept" }),
    after: [noRule("wrong-events-kept")],
  },
];
