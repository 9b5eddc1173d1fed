import { each, type Policy } from "./policy";

const alarm = "aws_cloudwatch_metric_alarm";

export const observabilityPolicies: readonly Policy[] = [
  {
    promise: "sends each alarm to people, or has a deployment watch it",
    violations: (stacks) => {
      const watched = stacks
        .resources("aws_ecs_service")
        .flatMap(([, { alarms }]) => (alarms?.alarm_names ?? []) as string[]);
      return each(
        stacks,
        alarm,
        ({ alarm_actions, actions_enabled }, id) =>
          actions_enabled !== false &&
          (alarm_actions?.length === 1 || watched.some((name) => name.includes(`.${id}.`))),
      );
    },
  },
  {
    promise: "names each alarm once, and says what it means",
    violations: (stacks) => {
      const names = stacks.resources(alarm).map(([, { alarm_name }]) => alarm_name);
      return each(
        stacks,
        alarm,
        ({ alarm_name, alarm_description }) =>
          Boolean(alarm_description) && names.filter((name) => name === alarm_name).length === 1,
      );
    },
  },
  {
    promise: "evaluates alarms over windows that exist",
    violations: (stacks) =>
      each(
        stacks,
        alarm,
        ({ evaluation_periods, datapoints_to_alarm }) => (datapoints_to_alarm ?? 1) <= evaluation_periods,
      ),
  },
  {
    promise: "takes silence for trouble where a dead service says nothing",
    violations: (stacks) =>
      each(
        stacks,
        alarm,
        ({ metric_name, treat_missing_data }) =>
          metric_name !== "HealthyHostCount" || treat_missing_data === "breaching",
      ),
  },
  {
    promise: "mails alarms to the row's address",
    violations: (stacks, { alarmEmail }) => {
      const mails = stacks
        .resources("aws_sns_topic_subscription")
        .filter(([, { protocol, endpoint }]) => protocol === "email" && endpoint === alarmEmail);
      return mails.length === 1 ? [] : [`${mails.length} subscriptions of ${alarmEmail}`];
    },
  },
  {
    promise: "tells somebody before the row's budget is spent",
    violations: (stacks, { monthlyBudgetUsd, alarmEmail }) => {
      const budgets = stacks.resources("aws_budgets_budget").map(([, budget]) => budget);
      const [budget] = budgets;
      const isFine =
        budgets.length === 1 &&
        Number(budget?.limit_amount) === monthlyBudgetUsd &&
        budget?.notification.length === 2 &&
        JSON.stringify(budget.notification).includes(alarmEmail);
      return isFine ? [] : ["aws_budgets_budget"];
    },
  },
];
