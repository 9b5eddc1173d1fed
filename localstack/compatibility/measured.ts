import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { World } from "./world";

/** A metric in the namespace `probe` with the name of its world. */
export class Measured {
  private constructor(private readonly world: World) {}

  /** With a metric filter that makes it of log lines. */
  static async create(world: World): Promise<Measured> {
    const logs = world.client(CloudWatchLogsClient);
    const logGroupName = world.name;
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    world.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "lines" }));
    const transformation = { metricNamespace: "probe", metricName: world.name, metricValue: "1" };
    const filter = { logGroupName, filterName: world.name, filterPattern: '{ $.level = "error" }' };
    await logs.send(new PutMetricFilterCommand({ ...filter, metricTransformations: [transformation] }));
    return new Measured(world);
  }

  /** One line that the filter counts and one that it does not. */
  async write(): Promise<void> {
    const at = { logGroupName: this.world.name, logStreamName: "lines" };
    const logEvents = ["error", "info"].map((level) => ({ timestamp: Date.now(), message: JSON.stringify({ level }) }));
    await this.world.client(CloudWatchLogsClient).send(new PutLogEventsCommand({ ...at, logEvents }));
  }

  /** Both ways at once: each emulator may evaluate alarms on one of them only, which other probes tell. */
  async add(): Promise<void> {
    await Measured.put(this.world);
    await this.write();
  }

  static async put(world: World): Promise<void> {
    const MetricData = [{ MetricName: world.name, Value: 1 }];
    await world.client(CloudWatchClient).send(new PutMetricDataCommand({ Namespace: "probe", MetricData }));
  }
}
