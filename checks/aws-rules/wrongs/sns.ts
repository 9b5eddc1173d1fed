import { account, caller, policy, region, root, zones } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const topic = (name: string, attributes: object = {}, as = "topic"): Call => ({
  client: "sns",
  command: "CreateTopicCommand",
  input: { Name: name, Attributes: attributes },
  as,
});

const noTopic = (as = "topic"): Call => ({
  client: "sns",
  command: "DeleteTopicCommand",
  input: (made) => ({ TopicArn: made[as].TopicArn }),
});

const subscribe = (endpoint: string, protocol = "email"): Call => ({
  client: "sns",
  command: "SubscribeCommand",
  input: (made) => ({ TopicArn: made.topic.TopicArn, Protocol: protocol, Endpoint: endpoint }),
});

const admit = (action: string): Call => ({
  client: "sns",
  command: "SetTopicAttributesCommand",
  input: (made) => ({
    TopicArn: made.topic.TopicArn,
    AttributeName: "Policy",
    AttributeValue: policy({
      Effect: "Allow",
      Principal: { AWS: root(made) },
      Action: action,
      Resource: made.topic.TopicArn,
    }),
  }),
});

const api = "https://docs.aws.amazon.com/sns/latest/api";

export const sns: Wrong[] = [
  {
    name: "subscription to a topic that is not there yet",
    service: "sns",
    kind: "order",
    before: [caller, zones, topic("wrong-sns-there")],
    wrong: {
      client: "sns",
      command: "SubscribeCommand",
      input: (made) => ({
        TopicArn: `arn:aws:sns:${region(made)}:${account(made)}:wrong-sns-not-there`,
        Protocol: "email",
        Endpoint: "ops@example.com",
      }),
    },
    answer: { error: "NotFound", message: "Topic does not exist" },
    source: `${api}/API_Subscribe.html (Errors: NotFound)`,
    explanation: "The topic must exist first.",
    right: subscribe("ops@example.com"),
    after: [noTopic()],
  },
  {
    name: "e-mail subscription without an address",
    service: "sns",
    kind: "argument",
    before: [topic("wrong-sns-mail")],
    wrong: subscribe("ops.example.com"),
    answer: { error: "InvalidParameter", message: "Invalid parameter: Email address" },
    source: `${api}/API_Subscribe.html (Endpoint)`,
    explanation: "The endpoint must fit its protocol.",
    right: subscribe("ops@example.com"),
    after: [noTopic()],
  },
  {
    name: "an e-mail subscription has an ARN",
    service: "sns",
    kind: "answer",
    before: [topic("wrong-sns-pending")],
    wrong: subscribe("ops@example.com"),
    answer: {
      result: (answer) => answer.SubscriptionArn === "pending confirmation",
      says: "pending confirmation in place of an ARN",
    },
    source: `${api}/API_Subscribe.html (ReturnSubscriptionArn)`,
    explanation:
      "A person must follow the link in the mail first. Until then nothing arrives, and the subscription cannot be deleted.",
    right: {
      client: "sns",
      command: "ListSubscriptionsByTopicCommand",
      input: (made) => ({ TopicArn: made.topic.TopicArn }),
    },
    after: [noTopic()],
  },
  {
    name: "the same topic with other attributes",
    service: "sns",
    kind: "order",
    before: [topic("wrong-sns-twice", { DisplayName: "one" })],
    wrong: topic("wrong-sns-twice", { DisplayName: "two" }, "again"),
    answer: { error: "InvalidParameter", message: "Topic already exists with different attributes" },
    source: `${api}/API_CreateTopic.html (idempotent); public reports of "Attributes Reason: Topic already exists with different attributes"`,
    explanation: "Creation is idempotent only with the same attributes.",
    right: topic("wrong-sns-twice", { DisplayName: "one" }, "again"),
    after: [noTopic()],
  },
  {
    name: "FIFO topic without .fifo",
    service: "sns",
    kind: "argument",
    before: [],
    wrong: topic("wrong-sns-order", { FifoTopic: "true" }),
    answer: { error: "InvalidParameter" },
    source: `${api}/API_CreateTopic.html (Name: for a FIFO topic the name must end with .fifo)`,
    explanation: "The name of a FIFO topic ends with .fifo.",
    right: topic("wrong-sns-order.fifo", { FifoTopic: "true" }),
    after: [noTopic()],
  },
  {
    name: "topic policy with an action that is not about topics",
    service: "sns",
    kind: "permission",
    before: [caller, topic("wrong-sns-policy")],
    wrong: admit("sns:CreateTopic"),
    answer: { error: "InvalidParameter", message: "Policy statement action out of service scope" },
    source: "https://github.com/hashicorp/terraform/issues/12740",
    explanation: "A topic policy takes only actions on the topic, such as sns:Publish and sns:Subscribe.",
    right: admit("sns:Publish"),
    after: [noTopic()],
  },
];
