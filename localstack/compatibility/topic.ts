import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { Queue } from "./queue";
import type { World } from "./world";

/** A topic; gives its ARN. */
export async function createTopic(world: World): Promise<string> {
  const sns = world.client(SNSClient);
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: world.name }));
  world.afterwards(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  return TopicArn;
}

/** A topic, and a queue that hears what it says. */
export async function subscribed(world: World): Promise<{ readonly topic: string; readonly queue: Queue }> {
  const topic = await createTopic(world);
  const queue = await Queue.create(world);
  const subscription = { TopicArn: topic, Protocol: "sqs", Endpoint: queue.arn };
  await world.client(SNSClient).send(new SubscribeCommand(subscription));
  return { topic, queue };
}
