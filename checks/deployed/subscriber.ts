import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ConfirmSubscriptionCommand, type SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { instance } from "../../ops/emulator/instance";
import { until } from "../../ops/shell/until";
import { docker } from "./containers";

/** Somebody whom a topic tells of alarms, over HTTP. */
export class Subscriber {
  /** `state alarm` of each message. */
  readonly told: string[] = [];
  private arn = "";
  private readonly server: Server;

  private constructor(
    private readonly sns: SNSClient,
    private readonly topicArn: string,
  ) {
    this.server = createServer((request, response) => {
      this.hear(request)
        .then(() => response.end())
        .catch((error: Error) => response.writeHead(500).end(error.message));
    });
  }

  private async hear(request: IncomingMessage): Promise<void> {
    const { Type, Token, Message } = JSON.parse(await text(request));
    if (Type === "SubscriptionConfirmation") {
      const confirmation = new ConfirmSubscriptionCommand({ TopicArn: this.topicArn, Token });
      this.arn = (await this.sns.send(confirmation)).SubscriptionArn ?? "";
      return;
    }
    const { AlarmName, NewStateValue } = JSON.parse(Message);
    this.told.push(`${NewStateValue} ${AlarmName}`);
  }

  static async listen(sns: SNSClient, topicArn: string): Promise<Subscriber> {
    const subscriber = new Subscriber(sns, topicArn);
    // The emulator's network has this machine at its gateway, which nobody else reaches.
    const format = "{{(index .IPAM.Config 0).Gateway}}";
    const gateway = docker("network", "inspect", "--format", format, instance().project);
    await new Promise<void>((resolve) => subscriber.server.listen(0, gateway, resolve));
    const { port } = subscriber.server.address() as AddressInfo;
    const Endpoint = `http://${gateway}:${port}/`;
    try {
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "http", Endpoint }));
      await until("the subscription is confirmed", 20, async () => subscriber.arn !== "");
    } catch (error) {
      subscriber.server.close();
      throw error;
    }
    return subscriber;
  }

  async leave(): Promise<void> {
    await this.sns.send(new UnsubscribeCommand({ SubscriptionArn: this.arn }));
    await new Promise((resolve) => this.server.close(resolve));
  }
}
