import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { Signal } from "../alarms/signals";
import { policyDocument } from "./policy-document";

export interface AlarmDeliveryProps {
  readonly prefix: string;
  readonly region: string;
  readonly accountId: string;
  readonly keyArn: string;
  /** Asked by AWS to confirm, once for each topic. */
  readonly email: string;
}

interface Topic {
  readonly name: string;
  readonly arn: string;
}

/**
 * Where alarms go: a topic for what must be looked at now, one for what can wait until somebody works, and a queue that keeps for two weeks
 * what could be delivered to nobody. The first 1,000 mails a month are free.
 */
export class AlarmDelivery extends Construct {
  readonly topicArns: Readonly<Record<"page" | "ticket", string>>;
  /** ARN of the queue for what could not be delivered. */
  readonly undeliveredArn: string;
  /** What sends to the queue waits for this: it is refused before. */
  readonly undeliveredPolicy: SqsQueuePolicy;
  readonly signals: { readonly failed: Readonly<Record<"page" | "ticket", Signal>>; readonly undelivered: Signal };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmDeliveryProps,
  ) {
    super(scope, id);
    const queue = new SqsQueue(this, "undelivered", {
      name: `${props.prefix}-undelivered`,
      kmsMasterKeyId: props.keyArn,
      messageRetentionSeconds: 14 * 24 * 3600,
    });
    this.undeliveredPolicy = new SqsQueuePolicy(this, "undelivered-policy", {
      queueUrl: queue.url,
      policy: policyDocument(overTlsOnly(queue.arn, "sqs:*"), {
        Sid: "KeepUndelivered",
        Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: {
          ArnLike: {
            "aws:SourceArn": ["sns", "events"].map(
              (source) => `arn:aws:${source}:${props.region}:${props.accountId}:*`,
            ),
          },
        },
      }),
    });
    const [page, ticket] = (["page", "ticket"] as const).map((severity) => this.createTopic(severity, queue.arn)) as [
      Topic,
      Topic,
    ];
    this.topicArns = { page: page.arn, ticket: ticket.arn };
    this.undeliveredArn = queue.arn;
    const failed = ({ name }: Topic): Signal => ({
      namespace: "AWS/SNS",
      metricName: "NumberOfNotificationsFailed",
      dimensions: { TopicName: name },
      statistic: "Sum",
    });
    this.signals = {
      failed: { page: failed(page), ticket: failed(ticket) },
      undelivered: {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queue.name },
        statistic: "Maximum",
      },
    };
  }

  private createTopic(severity: "page" | "ticket", undeliveredArn: string): Topic {
    const { prefix, accountId, keyArn, email } = this.props;
    const topic = new SnsTopic(this, severity, { name: `${prefix}-${severity}`, kmsMasterKeyId: keyArn });
    const publishers = new SnsTopicPolicy(this, `${severity}-publishers`, {
      arn: topic.arn,
      policy: policyDocument(
        overTlsOnly(topic.arn, "sns:Publish"),
        {
          Sid: "AlarmsPublish",
          Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
        // EventBridge sends no source account to a topic, so a condition would shut it out.
        {
          Sid: "EventsPublish",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
        },
      ),
    });
    new SnsTopicSubscription(this, `${severity}-mail`, {
      topicArn: topic.arn,
      protocol: "email",
      endpoint: email,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: undeliveredArn }),
      dependsOn: [this.undeliveredPolicy],
    });
    // Whoever names the topic by its policy waits for it: nobody may publish before.
    return { name: topic.name, arn: publishers.arn };
  }
}

function overTlsOnly(arn: string, action: string) {
  return {
    Sid: "OverTlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  } as const;
}
