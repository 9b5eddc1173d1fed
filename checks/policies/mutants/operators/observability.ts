import { inJson, type Operator, set } from "../operator";

export const observability: readonly Operator[] = [
  {
    id: "alarm-silent",
    mistake: "raises an alarm that nobody hears",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_actions: undefined }),
    applies: ({ alarm_actions = [] }) => alarm_actions.length > 0,
  },
  {
    id: "alarm-actions-off",
    mistake: "switches an alarm's actions off",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ actions_enabled: false }),
  },
  {
    id: "alarm-calm-when-dead",
    mistake: "counts missing data as healthy",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ treat_missing_data: "notBreaching" }),
    applies: ({ treat_missing_data }) => treat_missing_data === "breaching",
  },
  {
    id: "alarm-undescribed",
    mistake: "wakes somebody without a word",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_description: undefined }),
  },
  {
    id: "alarm-impossible-window",
    mistake: "needs more breaching points than it looks at",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ evaluation_periods: 1, datapoints_to_alarm: 3 }),
  },
  {
    id: "page-silent",
    mistake: "pages nobody",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ alarm_actions: undefined }),
  },
  {
    id: "page-to-tickets",
    mistake: "pages whoever reads tickets",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ alarm_actions: [`\${aws_sns_topic.delivery_ticket_0.arn}`] }),
  },
  {
    id: "page-forgets-a-part",
    mistake: "leaves parts out of the page's rule",
    type: "aws_cloudwatch_composite_alarm",
    change: (alarm) => {
      alarm.alarm_rule = alarm.alarm_rule.split(" OR ")[0];
    },
    applies: ({ alarm_rule }) => alarm_rule.includes(" OR "),
  },
  {
    id: "page-suppressed-by-nothing",
    mistake: "pages for the cause and for each symptom",
    type: "aws_cloudwatch_composite_alarm",
    change: set({ actions_suppressor: undefined }),
    applies: ({ actions_suppressor }) => actions_suppressor !== undefined,
  },
  {
    id: "alarm-without-playbook",
    mistake: "says what is wrong and not what to do",
    type: "aws_cloudwatch_metric_alarm",
    change: (alarm) => {
      alarm.alarm_description = alarm.alarm_description.replace(/ What to do: .*/, "");
    },
    applies: ({ alarm_description }) => alarm_description.includes("What to do:"),
  },
  {
    id: "deployment-failed-untold",
    mistake: "tells nobody of a failed deployment",
    type: "aws_cloudwatch_event_target",
    change: "remove",
  },
  {
    id: "deployment-failed-unexplained",
    mistake: "mails raw JSON of a failed deployment",
    type: "aws_cloudwatch_event_target",
    change: set({ input_transformer: undefined }),
    applies: ({ input_transformer }) => input_transformer !== undefined,
  },
  {
    id: "delivery-told-by-itself",
    mistake: "tells that tickets fail by a ticket",
    type: "aws_cloudwatch_metric_alarm",
    change: set({ alarm_actions: [`\${aws_sns_topic.delivery_ticket_0.arn}`] }),
    applies: ({ alarm_actions = [] }) => alarm_actions.some((topic: string) => topic.includes("delivery_page")),
  },
  {
    id: "dashboard-periods-chosen",
    mistake: "lets CloudWatch choose the periods of graphs",
    type: "aws_cloudwatch_dashboard",
    change: inJson("dashboard_body", (body) => {
      delete body.periodOverride;
    }),
  },
  { id: "mail-to-nobody", mistake: "has no subscriber", type: "aws_sns_topic_subscription", change: "remove" },
  {
    id: "budget-silent",
    mistake: "tells nobody that the budget is spent",
    type: "aws_budgets_budget",
    change: set({ notification: [] }),
  },
  { id: "budget-forgotten", mistake: "has no budget", type: "aws_budgets_budget", change: "remove" },
];
