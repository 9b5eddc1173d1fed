import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { ProbeContext } from "./probe-context";

/** A metric in the namespace `probe` with the name of its context. */
export class Measured {
  private constructor(private readonly context: ProbeContext) {}

  /** With a metric filter that makes it of log lines. */
  static async create(context: ProbeContext): Promise<Measured> {
    const logs = context.client(CloudWatchLogsClient);
    const logGroupName = context.name;
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    context.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "lines" }));
    const transformation = { metricNamespace: "probe", metricName: context.name, metricValue: "1" };
    const filter = { logGroupName, filterName: context.name, filterPattern: '{ $.level = "error" }' };
    await logs.send(new PutMetricFilterCommand({ ...filter, metricTransformations: [transformation] }));
    return new Measured(context);
  }

  /** One line that the filter counts and one that it does not. */
  async write(): Promise<void> {
    const at = { logGroupName: this.context.name, logStreamName: "lines" };
    const logEvents = ["error", "info"].map((level) => ({ timestamp: Date.now(), message: JSON.stringify({ level }) }));
    await this.context.client(CloudWatchLogsClient).send(new PutLogEventsCommand({ ...at, logEvents }));
  }

  /** Both ways at once: each emulator may evaluate alarms on one of them only, which other probes tell. */
  async add(): Promise<void> {
    await Measured.put(this.context);
    await this.write();
  }

  static async put(context: ProbeContext): Promise<void> {
    const MetricData = [{ MetricName: context.name, Value: 1 }];
    await context.client(CloudWatchClient).send(new PutMetricDataCommand({ Namespace: "probe", MetricData }));
  }
}
