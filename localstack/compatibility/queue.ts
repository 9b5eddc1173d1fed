import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { ProbeContext } from "./probe-context";

let queues = 0;

/** Where a probe hears what a topic, a rule or an alarm says. */
export class Queue {
  private readonly heard: string[] = [];

  private constructor(
    private readonly context: ProbeContext,
    private readonly url: string,
    readonly arn: string,
  ) {}

  static async create(context: ProbeContext): Promise<Queue> {
    const sqs = context.client(SQSClient);
    queues += 1;
    const QueueName = `${context.name}-${queues}`;
    const arn = `arn:aws:sqs:${context.region}:${context.account}:${QueueName}`;
    const everybody = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: arn };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [everybody] });
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
    context.afterwards(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
    return new Queue(context, QueueUrl, arn);
  }

  /** Whether a message of this kind comes in time. */
  receives(seconds: number, isWanted: (text: string) => boolean): Promise<boolean> {
    const sqs = this.context.client(SQSClient);
    return this.context.within(seconds, async () => {
      const command = new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await sqs.send(command);
      this.heard.push(...Messages.map(({ Body = "" }) => Body));
      return this.heard.some(isWanted);
    });
  }
}
