import { BudgetsClient, CreateBudgetCommand, DeleteBudgetCommand } from "@aws-sdk/client-budgets";
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { ConfirmSubscriptionCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { answersBy, ask, groupOfServers, route } from "../balancer";
import { type Probe, seen } from "../probe";
import { createTopic, subscribed } from "../topic";
import { port, webServers } from "../web-server";

const service = "Notifications";

export const notificationProbes = [
  {
    id: "sns-http-delivery",
    service,
    capability: "A topic asks an HTTP subscriber to confirm, and then tells it everything.",
    run: async (context) => {
      const balancer = await route(context, await groupOfServers(context, "/healthy", ["one"]));
      const { one } = await webServers(context);
      const inbox = `/${context.name}/inbox`;
      await answersBy(context, balancer, inbox);
      const sns = context.client(SNSClient);
      const TopicArn = await createTopic(context);
      const Endpoint = `http://${one}:${port}${inbox}`;
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint }));
      const hears = async (pattern: RegExp) => pattern.exec((await ask(context, balancer, inbox)).body);
      if (!(await context.within(15, async () => (await hears(/"Token": ?"/)) !== null))) return "stored";
      const Token = (await hears(/"Token": ?"([^"]+)"/))?.[1];
      await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
      await sns.send(new PublishCommand({ TopicArn, Message: "fire" }));
      return seen(await context.within(15, async () => (await hears(/"Message": ?"fire"/)) !== null));
    },
  },
  {
    id: "sns-email",
    service,
    capability: "A topic sends mails.",
    note: "That anybody gets a mail is not seen here: none is sent.",
    run: async (context) => {
      const subscription = { TopicArn: await createTopic(context), Protocol: "email", Endpoint: "nobody@example.com" };
      await context.client(SNSClient).send(new SubscribeCommand(subscription));
      // No mail leaves an emulator, and none may.
      return "stored";
    },
  },
  {
    id: "eventbridge-to-sns",
    service,
    capability: "A rule of EventBridge tells a topic of the events that match it.",
    run: async (context) => {
      const { topic, queue } = await subscribed(context);
      const events = context.client(EventBridgeClient);
      const Name = context.name;
      await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [Name] }) }));
      context.afterwards(() => events.send(new DeleteRuleCommand({ Name })));
      await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "topic", Arn: topic }] }));
      context.afterwards(() => events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["topic"] })));
      const put = (Source: string, word: string) =>
        events.send(
          new PutEventsCommand({ Entries: [{ Source, DetailType: "probe", Detail: JSON.stringify({ word }) }] }),
        );
      await put("other", "flood");
      await put(Name, "fire");
      if (!(await queue.receives(15, (text) => text.includes("fire")))) return "stored";
      return seen(!(await queue.receives(2, (text) => text.includes("flood"))));
    },
  },
  {
    id: "budgets",
    service,
    capability: "A budget tells its subscribers when it is spent.",
    note: "That somebody hears of money spent is not seen here: nothing costs anything.",
    run: async (context) => {
      const budgets = context.client(BudgetsClient);
      const BudgetName = context.name;
      const AccountId = context.account;
      const Budget = { BudgetName, BudgetType: "COST", TimeUnit: "MONTHLY" } as const;
      await budgets.send(
        new CreateBudgetCommand({
          ...{ AccountId, Budget: { ...Budget, BudgetLimit: { Amount: "1", Unit: "USD" } } },
          NotificationsWithSubscribers: [
            {
              Notification: { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold: 80 },
              Subscribers: [{ SubscriptionType: "SNS", Address: await createTopic(context) }],
            },
          ],
        }),
      );
      context.afterwards(() => budgets.send(new DeleteBudgetCommand({ AccountId, BudgetName })));
      // Nothing here costs anything.
      return "stored";
    },
  },
] as const satisfies readonly Probe[];
