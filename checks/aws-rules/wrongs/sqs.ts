import { account, caller, region, zones } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const queue = (name: string, attributes: object = {}, as = "queue"): Call => ({
  client: "sqs",
  command: "CreateQueueCommand",
  input: { QueueName: name, Attributes: attributes },
  as,
});

const noQueue = (as = "queue"): Call => ({
  client: "sqs",
  command: "DeleteQueueCommand",
  input: (made) => ({ QueueUrl: made[as].QueueUrl }),
});

const redrive = (name: string, dead: string): Call => ({
  client: "sqs",
  command: "CreateQueueCommand",
  input: (made) => ({
    QueueName: name,
    Attributes: {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${region(made)}:${account(made)}:${dead}`,
        maxReceiveCount: 5,
      }),
    },
  }),
  as: "queue",
});

const api = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference";

export const sqs: Wrong[] = [
  {
    name: "queue before its dead-letter queue",
    service: "sqs",
    kind: "order",
    before: [caller, zones, queue("wrong-sqs-dead", {}, "dead")],
    wrong: redrive("wrong-sqs-redrive", "wrong-sqs-not-there"),
    answer: { error: "InvalidParameterValue", message: "Dead letter target does not exist" },
    source: "https://github.com/serverless/serverless/issues/5215",
    explanation:
      "The dead-letter queue must exist first. An ARN put together from names gives Terraform no dependency.",
    right: redrive("wrong-sqs-redrive", "wrong-sqs-dead"),
    after: [noQueue(), noQueue("dead")],
  },
  {
    name: "queue created again right after its deletion",
    service: "sqs",
    kind: "order",
    before: [queue("wrong-sqs-again", {}, "first"), noQueue("first")],
    wrong: queue("wrong-sqs-again"),
    answer: { error: "QueueDeletedRecently", message: "You must wait 60 seconds after deleting a queue" },
    source: `${api}/API_CreateQueue.html (Errors: QueueDeletedRecently)`,
    explanation: "A name is free again after 60 seconds.",
    right: queue("wrong-sqs-other"),
    after: [noQueue()],
  },
  {
    name: "the same queue with another timeout",
    service: "sqs",
    kind: "order",
    before: [queue("wrong-sqs-twice", { VisibilityTimeout: "30" }, "first")],
    wrong: queue("wrong-sqs-twice", { VisibilityTimeout: "60" }),
    answer: {
      error: "QueueNameExists",
      message: "A queue already exists with the same name and a different value for attribute VisibilityTimeout",
    },
    source: `${api}/API_CreateQueue.html (Errors: QueueNameExists)`,
    explanation: "Creation is idempotent only with the same attributes.",
    right: queue("wrong-sqs-twice", { VisibilityTimeout: "30" }),
    after: [noQueue("first")],
  },
  {
    name: "FIFO queue without .fifo",
    service: "sqs",
    kind: "argument",
    before: [],
    wrong: queue("wrong-sqs-order", { FifoQueue: "true" }),
    answer: { error: "InvalidParameterValue", message: "must end with .fifo suffix" },
    source: `${api}/API_CreateQueue.html (QueueName)`,
    explanation: "The name of a FIFO queue ends with .fifo.",
    right: queue("wrong-sqs-order.fifo", { FifoQueue: "true" }),
    after: [noQueue()],
  },
  {
    name: "visibility timeout of more than twelve hours",
    service: "sqs",
    kind: "limit",
    before: [],
    wrong: queue("wrong-sqs-timeout", { VisibilityTimeout: "43201" }),
    answer: { error: "InvalidAttributeValue", message: "VisibilityTimeout" },
    source: `${api}/API_CreateQueue.html (VisibilityTimeout: 0 to 43,200)`,
    explanation: "The timeout goes from 0 to 43200 seconds.",
    right: queue("wrong-sqs-timeout", { VisibilityTimeout: "43200" }),
    after: [noQueue()],
  },
  {
    name: "address of a queue that is not there",
    service: "sqs",
    kind: "order",
    before: [queue("wrong-sqs-there")],
    wrong: { client: "sqs", command: "GetQueueUrlCommand", input: { QueueName: "wrong-sqs-not-there" } },
    answer: { error: "QueueDoesNotExist", message: "The specified queue does not exist" },
    source: `${api}/API_GetQueueUrl.html (Errors: QueueDoesNotExist)`,
    explanation: "The wire has QueueDoesNotExist. Old clients know it as AWS.SimpleQueueService.NonExistentQueue.",
    right: { client: "sqs", command: "GetQueueUrlCommand", input: { QueueName: "wrong-sqs-there" } },
    after: [noQueue()],
  },
];
