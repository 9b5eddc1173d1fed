import type { Environment } from "../environments";
import type { Arguments, Synthesized } from "../synthesized";
import { allows, type Request } from "./access";
import { named, type Policy, statementsOf } from "./policy";

/** A resource for which an AWS service publishes, or writes, in its own name. */
interface Publisher {
  readonly type: string;
  /** What it names: topics, queues, log groups. */
  readonly to: (resource: Arguments) => unknown;
  readonly service: string;
  /** The source that the service states, where it states one to this kind of receiver. */
  readonly sourceArn: (resource: Arguments, stacks: Synthesized, environment: Environment) => string | undefined;
  /** Whether it states the source's account, too; false where nobody shows that it does. */
  readonly statesAccount?: false;
  readonly source: string;
}

/** What a service needs of a receiver, by its type. */
interface Receiver {
  /** The type of its policy, and the argument that names the receiver. */
  readonly policy: string;
  readonly of: string;
  readonly actions: readonly string[];
}

const docs = "https://docs.aws.amazon.com";
const eventBridge = `${docs}/eventbridge/latest/userguide/eb-use-resource-based.html`;

const receivers: Readonly<Record<string, Receiver>> = {
  aws_sns_topic: { policy: "aws_sns_topic_policy", of: "arn", actions: ["sns:Publish"] },
  aws_sqs_queue: { policy: "aws_sqs_queue_policy", of: "queue_url", actions: ["sqs:SendMessage"] },
};

const alarmArn = ({ alarm_name }: Arguments, _: Synthesized, { region, accountId }: Environment) =>
  `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarm_name}`;
const ruleArn = ({ rule }: Arguments, stacks: Synthesized, { region, accountId }: Environment) =>
  `arn:aws:events:${region}:${accountId}:rule/${named(stacks, rule)?.name ?? rule}`;

export const publishers: readonly Publisher[] = [
  ...["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].map((type) => ({
    type,
    to: ({ alarm_actions, ok_actions, insufficient_data_actions }: Arguments) => [
      ...[alarm_actions, ok_actions, insufficient_data_actions],
    ],
    service: "cloudwatch.amazonaws.com",
    sourceArn: alarmArn,
    source: `${docs}/sns/latest/dg/sns-access-policy-use-cases.html`,
  })),
  {
    type: "aws_budgets_budget",
    to: ({ notification }) => (notification as Arguments[]).map((each) => each.subscriber_sns_topic_arns),
    service: "budgets.amazonaws.com",
    sourceArn: ({ name }, _, { accountId }) => `arn:aws:budgets::${accountId}:budget/${name}`,
    source: `${docs}/cost-management/latest/userguide/budgets-sns-policy.html`,
  },
  {
    // To a topic it states no source: a condition shuts it out.
    type: "aws_cloudwatch_event_target",
    to: ({ arn }) => arn,
    service: "events.amazonaws.com",
    sourceArn: (target, stacks, environment) =>
      String(stacks.resolved(target.arn)).includes("aws_sns_topic") ? undefined : ruleArn(target, stacks, environment),
    source: eventBridge,
  },
  {
    type: "aws_cloudwatch_event_target",
    to: ({ dead_letter_config }) => dead_letter_config?.arn,
    service: "events.amazonaws.com",
    sourceArn: ruleArn,
    source: `${docs}/eventbridge/latest/userguide/eb-rule-dlq.html`,
  },
  {
    type: "aws_sns_topic_subscription",
    to: ({ redrive_policy }) => redrive_policy,
    service: "sns.amazonaws.com",
    sourceArn: ({ topic_arn }, stacks, { region, accountId }) => {
      const topic = topicOf(stacks, topic_arn);
      return `arn:aws:sns:${region}:${accountId}:${topic?.name}`;
    },
    statesAccount: false,
    source: `${docs}/sns/latest/dg/sns-configure-dead-letter-queue.html; https://github.com/aws/aws-cdk/issues/20339`,
  },
];

export const publishingPolicies: readonly Policy[] = [
  {
    promise: "lets the services that tell of something publish to each topic and queue that is named for it",
    violations: (stacks, environment) =>
      deliveries(stacks, environment).flatMap(({ address, type, id, asks }) => {
        const receiver = receivers[type] as Receiver;
        const policies = stacks
          .resources(receiver.policy)
          .filter(([, policy]) => String(stacks.resolved(policy[receiver.of])).includes(`{${type}.${id}.`));
        const statements = policies.flatMap(([, { policy }]) => statementsOf(policy));
        const resource = `\${${type}.${id}.arn}`;
        return receiver.actions.every((action) => allows(statements, { ...asks, action, resource })) ? [] : [address];
      }),
  },
  {
    // The statement for the account does not cover services, and the policy of a key that AWS manages names none of them.
    promise: "lets the services that publish to an encrypted topic or queue use its key",
    violations: (stacks, environment) =>
      deliveries(stacks, environment).flatMap(({ address, receiver, asks }) =>
        receiver.kms_master_key_id === undefined || mayUse(stacks, ["kms:Decrypt", "kms:GenerateDataKey"], asks)
          ? []
          : [address],
      ),
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    promise: "lets CloudWatch Logs encrypt each log group that has a key",
    violations: (stacks, { region, accountId }) =>
      stacks
        .resources("aws_cloudwatch_log_group")
        .filter(([, { name, kms_key_id }]) => {
          const context = {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:${name}`,
          };
          const actions = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "DescribeKey"];
          return (
            kms_key_id !== undefined &&
            !mayUse(
              stacks,
              actions.map((action) => `kms:${action}`),
              { service: `logs.${region}.amazonaws.com`, context },
            )
          );
        })
        .map(([id]) => `aws_cloudwatch_log_group.${id}`),
  },
];

interface Delivery {
  /** Of the resource that names the receiver. */
  readonly address: string;
  /** Type and id of the receiver, and its arguments. */
  readonly type: string;
  readonly id: string;
  readonly receiver: Arguments;
  readonly asks: Pick<Request, "service" | "context">;
}

function deliveries(stacks: Synthesized, environment: Environment): Delivery[] {
  return publishers.flatMap(({ type: publisher, to, service, sourceArn, statesAccount = true }) =>
    stacks.resources(publisher).flatMap(([publisherId, resource]) => {
      const arn = sourceArn(resource, stacks, environment);
      const context = {
        ...(arn !== undefined && { "aws:SourceArn": arn }),
        ...(arn !== undefined && statesAccount && { "aws:SourceAccount": environment.accountId }),
        "aws:SecureTransport": "true",
      };
      return receiversIn(stacks, to(resource)).map((receiver) => ({
        ...{ address: `${publisher}.${publisherId}`, asks: { service, context } },
        ...receiver,
      }));
    }),
  );
}

function receiversIn(stacks: Synthesized, reference: unknown): Pick<Delivery, "type" | "id" | "receiver">[] {
  const text = JSON.stringify(stacks.resolved(reference)) ?? "";
  return Object.entries(receivers).flatMap(([type, { policy, of }]) =>
    stacks
      .resources(type)
      .filter(([id]) => {
        const byPolicy = stacks
          .resources(policy)
          .some(([policyId, each]) => text.includes(`{${policy}.${policyId}.`) && each[of].includes(`{${type}.${id}.`));
        return byPolicy || text.includes(`{${type}.${id}.`);
      })
      .map(([id, receiver]) => ({ type, id, receiver })),
  );
}

function topicOf(stacks: Synthesized, reference: unknown): Arguments | undefined {
  return receiversIn(stacks, reference)[0]?.receiver;
}

/** Whether the environment's key lets a service use it. Everything is under that one: other policies see to it. */
function mayUse(stacks: Synthesized, actions: readonly string[], asks: Pick<Request, "service" | "context">): boolean {
  const keys = stacks.resources("aws_kms_key").map(([, { policy }]) => statementsOf(policy));
  return keys.some((statements) => actions.every((action) => allows(statements, { ...asks, action, resource: "*" })));
}
