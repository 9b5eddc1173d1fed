import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import type { ProbeContext } from "./probe-context";
import { Queue } from "./queue";

/** A topic; gives its ARN. */
export async function createTopic(context: ProbeContext): Promise<string> {
  const sns = context.client(SNSClient);
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: context.name }));
  context.afterwards(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  return TopicArn;
}

/** A topic, and a queue that hears what it says. */
export async function subscribed(context: ProbeContext): Promise<{ readonly topic: string; readonly queue: Queue }> {
  const topic = await createTopic(context);
  const queue = await Queue.create(context);
  const subscription = { TopicArn: topic, Protocol: "sqs", Endpoint: queue.arn };
  await context.client(SNSClient).send(new SubscribeCommand(subscription));
  return { topic, queue };
}
