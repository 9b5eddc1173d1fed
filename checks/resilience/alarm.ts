import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import { SetupError } from "../../ops/shell/run";
import { until } from "../../ops/shell/until";
import { prefixOf } from "../../stacks/constructs/names";
import { docker } from "../deployed/containers";
import { Subscriber } from "../deployed/subscriber";
import type { DeployedEnvironment, TrafficWanted } from "./deployed-environment";
import type { Drill } from "./drill";

const visitors: readonly TrafficWanted[] = [
  // Answers 503 while the data cannot be read; the others go on with the last that was good.
  { title: "the API", path: "/api/ready", perSecond: 10, connections: "kept" },
];

export const alarm: Drill = {
  id: "alarm",
  title: "The backend fails: somebody is told once, by name, and told when it is over",
  needs: [
    "cloudwatch-load-balancer-metrics",
    "alarm-evaluation",
    "alarm-composite",
    "alarm-sns-action",
    "sns-http-delivery",
  ],
  declined: ({ objectives }) => ("none" in objectives ? `nobody is paged there: ${objectives.none}` : undefined),
  run: async (deployed) => {
    const prefix = prefixOf(deployed.environment);
    const topicArn = await topicOf(deployed, `${prefix}-page`);
    const name = `${prefix}-backend`;
    await untilOk(deployed, name);
    const subscriber = await Subscriber.listen(new SNSClient(clientConfiguration(deployed.env)), topicArn);
    try {
      const { timelines } = await deployed.during(visitors, async (mark) => {
        mark("its data cannot be read");
        const containers = deployed.containers("backend", "app");
        // The tasks stay healthy: what they show is right, if old.
        for (const container of containers) docker("exec", container, "chmod", "000", "/data/portfolio");
        try {
          await until(`${name} rings`, 90, async () => subscriber.told.includes(`ALARM ${name}`));
        } finally {
          for (const container of containers) docker("exec", container, "chmod", "755", "/data/portfolio");
        }
        mark("ALARM");
        await until(`${name} is over`, 300, async () => subscriber.told.includes(`OK ${name}`));
        mark("OK");
      });
      return {
        passed: subscriber.told.join() === `ALARM ${name},OK ${name}`,
        evidence: `the topic's HTTP subscriber was told: ${subscriber.told.join(", ")}`,
        timelines,
      };
    } finally {
      await subscriber.leave();
    }
  },
};

async function topicOf({ env }: DeployedEnvironment, name: string): Promise<string> {
  const { Topics = [] } = await new SNSClient(clientConfiguration(env)).send(new ListTopicsCommand({}));
  const topic = Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${name}`))?.TopicArn;
  if (!topic) throw new SetupError(`There is no topic ${name}.`);
  return topic;
}

/** What an earlier drill did may ring still. */
async function untilOk({ env }: DeployedEnvironment, name: string): Promise<void> {
  const cloudWatch = new CloudWatchClient(clientConfiguration(env));
  const command = new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["CompositeAlarm"] });
  await until(`${name} is OK`, 180, async () => {
    const { CompositeAlarms = [] } = await cloudWatch.send(command);
    return CompositeAlarms[0]?.StateValue === "OK";
  });
}
