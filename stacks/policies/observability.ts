import type { Arguments, Synthesized } from "../synthesized";
import { containersOf, each, type Policy } from "./policy";

const alarm = "aws_cloudwatch_metric_alarm";
const page = "aws_cloudwatch_composite_alarm";

export const observabilityPolicies: readonly Policy[] = [
  {
    promise:
      "has each alarm open a ticket, be part of a page, or be watched by a deployment; what fails to deliver is told by another way",
    violations: (stacks) => {
      const heard = [
        ...watchedByDeployments(stacks),
        ...stacks.resources(page).map(([, { alarm_rule }]) => alarm_rule),
      ];
      return each(
        stacks,
        alarm,
        ({ alarm_actions = [], actions_enabled, dimensions }, id) =>
          actions_enabled !== false &&
          (alarm_actions.length === 0
            ? heard.some((text) => text.includes(`.${id}.`))
            : alarm_actions.every((topic: string) => topic.includes(topicFor(dimensions ?? {})))),
      );
    },
  },
  {
    promise: "pages people by one alarm for each service",
    violations: (stacks) => {
      const causes = stacks.resources(page).map(([, { actions_suppressor }]) => String(actions_suppressor?.alarm));
      return each(stacks, page, ({ alarm_actions = [], actions_enabled, alarm_rule }, id) => {
        // One that only says that others page.
        const isCause = causes.some((name) => name.includes(`.${id}.`)) && !alarm_rule.includes(`{${alarm}.`);
        const isPage = alarm_actions.length === 1 && alarm_actions[0].includes("delivery_page");
        return actions_enabled !== false && (isPage || (isCause && alarm_actions.length === 0));
      });
    },
  },
  {
    promise: "holds the page of a service back while one that it calls pages",
    violations: (stacks) => {
      const callers = containersOf(stacks)
        .filter(([, { environment }]) => environment?.some(({ name }: Arguments) => /^(?!OBJECTS_)\w+_URL$/.test(name)))
        .map(([task]) => task.replace(/-service_task.*/, ""));
      return each(
        stacks,
        page,
        ({ actions_suppressor }, id) =>
          actions_suppressor !== undefined || !callers.some((service) => id.startsWith(`${service}-page`)),
      );
    },
  },
  {
    promise: "names each alarm once, says what it means, and where it is written what to do",
    violations: (stacks, { githubRepository }) => {
      const types = [alarm, page];
      const names = types.flatMap((type) => stacks.resources(type).map(([, { alarm_name }]) => alarm_name));
      const watched = watchedByDeployments(stacks);
      const playbook = `What to do: https://github.com/${githubRepository}/blob/main/OBSERVABILITY.md#`;
      return types.flatMap((type) =>
        each(
          stacks,
          type,
          ({ alarm_name, alarm_description = "", alarm_actions = [] }, id) =>
            alarm_description !== "" &&
            (alarm_description.includes(playbook) ||
              (alarm_actions.length === 0 && (type === page || watched.some((name) => name.includes(`.${id}.`))))) &&
            names.filter((name) => name === alarm_name).length === 1,
        ),
      );
    },
  },
  {
    promise: "tells people of a deployment that failed and what to do, and keeps why tasks stopped",
    violations: (stacks, { githubRepository }) => {
      const playbook = `https://github.com/${githubRepository}/blob/main/OBSERVABILITY.md#deployment-failed`;
      const isMail = ({ arn }: Arguments) => arn.includes("delivery_ticket");
      const targets = stacks.resources("aws_cloudwatch_event_target");
      const rules = stacks.resources("aws_cloudwatch_event_rule");
      const aims = (id: string) =>
        targets.filter(([, { rule }]) => rule.includes(`.${id}.`)).map(([, target]) => target);
      const failed = rules.filter(([, { event_pattern }]) => event_pattern.includes("SERVICE_DEPLOYMENT_FAILED"));
      return [
        ...(failed.length === 1 ? [] : [`${failed.length} rules for failed deployments`]),
        ...failed.filter(([id]) => !aims(id).some(isMail)).map(([id]) => id),
        ...rules.filter(([id]) => aims(id).length === 0).map(([id]) => id),
        ...targets
          .filter(([, target]) => isMail(target) && !target.input_transformer?.input_template.includes(playbook))
          .map(([id]) => id),
        ...targets.filter(([, { dead_letter_config }]) => dead_letter_config === undefined).map(([id]) => id),
      ];
    },
  },
  {
    promise: "draws each graph by the period of its alarm, whatever the time range",
    violations: (stacks) =>
      each(
        stacks,
        "aws_cloudwatch_dashboard",
        ({ dashboard_body }) => JSON.parse(dashboard_body).periodOverride === "inherit",
      ),
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
    promise: "counts missing data as breaching where a dead service reports nothing",
    violations: (stacks) =>
      each(
        stacks,
        alarm,
        ({ metric_name, metric_query = [], treat_missing_data }) =>
          ![metric_name, ...metric_query.map(({ metric }: Arguments) => metric?.metric_name)].some((name) =>
            ["HealthyHostCount", "RunningTaskCount"].includes(name),
          ) || treat_missing_data === "breaching",
      ),
  },
  {
    promise: "mails pages and tickets to the row's address, and keeps what cannot be delivered",
    violations: (stacks, { alarmEmail }) => {
      const topics = stacks.resources("aws_sns_topic").map(([id]) => id);
      const mails = stacks
        .resources("aws_sns_topic_subscription")
        .filter(([, mail]) => mail.protocol === "email" && mail.endpoint === alarmEmail && mail.redrive_policy);
      return topics.filter((id) => mails.filter(([, { topic_arn }]) => topic_arn.includes(`.${id}.`)).length !== 1);
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

/** An alarm on the topic of tickets, or on the queue of what no topic could deliver, is told by the topic of pages. */
function topicFor({ TopicName = "", QueueName = "" }: Arguments): string {
  return /delivery_(ticket|undelivered)/.test(TopicName + QueueName) ? "delivery_page" : "delivery_ticket";
}

/** References to the alarms that roll a deployment back. */
function watchedByDeployments(stacks: Synthesized): string[] {
  return stacks.resources("aws_ecs_service").flatMap(([, { alarms }]) => (alarms?.alarm_names ?? []) as string[]);
}
