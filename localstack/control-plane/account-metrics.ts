import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Account } from "./autoscaling/model";
import { type Services, TargetTrackingScaling } from "./autoscaling/target-tracking";
import { AlarmEvaluation } from "./cloudwatch/alarm-evaluation";
import { batchesOf } from "./cloudwatch/batches";
import { Docker } from "./cloudwatch/docker";
import { countHosts } from "./cloudwatch/load-balancer-metrics";
import { LogMetrics } from "./cloudwatch/log-metrics";
import { type MinuteSamples, Samples } from "./cloudwatch/samples";
import { TaskMetrics } from "./cloudwatch/task-metrics";

/** What PutMetricData takes at once. */
const atOnce = { metrics: 500, values: 150 };

/** The metrics of one emulated account, and the alarms on them. Endpoint and region are the environment's. */
export class AccountMetrics {
  readonly samples = new Samples();
  private readonly cloudWatch: CloudWatchClient;
  private readonly loadBalancing: ElasticLoadBalancingV2Client;
  private readonly ecs: ECSClient;
  private readonly tasks: TaskMetrics;
  private readonly logs: LogMetrics;
  private readonly alarms: AlarmEvaluation;
  private readonly scaling: TargetTrackingScaling;

  constructor(
    readonly account: string,
    scaling: Account,
  ) {
    // The emulator takes a 12-digit access key id for the account.
    const credentials = { accessKeyId: account, secretAccessKey: "test" };
    this.cloudWatch = new CloudWatchClient({ credentials });
    this.loadBalancing = new ElasticLoadBalancingV2Client({ credentials });
    this.ecs = new ECSClient({ credentials });
    this.tasks = new TaskMetrics(this.ecs, new Docker());
    this.logs = new LogMetrics(new CloudWatchLogsClient({ credentials }));
    this.alarms = new AlarmEvaluation(this.cloudWatch);
    this.scaling = new TargetTrackingScaling(scaling, servicesOf(this.ecs));
  }

  /** Takes stock of a minute that is over, publishes it, and evaluates alarms and scaling policies with it. */
  async close(minute: number): Promise<void> {
    await countHosts(this.loadBalancing, this.samples, minute);
    await this.tasks.count(this.samples, minute);
    await this.logs.count(this.samples, minute);
    await this.publish(this.samples.samplesOf(minute));
    const history = this.samples.before(minute + 1);
    await this.alarms.evaluate(history, minute + 1);
    await this.scaling.step(history, minute + 1);
  }

  private async publish(samples: readonly MinuteSamples[]): Promise<void> {
    for (const Namespace of new Set(samples.map(({ metric }) => metric.namespace))) {
      const data = samples.filter(({ metric }) => metric.namespace === Namespace).flatMap(asData);
      for (const MetricData of batchesOf(data, atOnce.metrics)) {
        await this.cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
    }
  }
}

function servicesOf(ecs: ECSClient): Services {
  const parts = (resourceId: string) => {
    const [, cluster = "", service = ""] = resourceId.split("/");
    return { cluster, service };
  };
  return {
    async desiredCount(resourceId) {
      const { cluster, service } = parts(resourceId);
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      const [found] = services ?? [];
      return found?.status === "ACTIVE" ? (found.desiredCount ?? 0) : 0;
    },
    async setDesiredCount(resourceId, desiredCount) {
      await ecs.send(new UpdateServiceCommand({ ...parts(resourceId), desiredCount }));
    },
  };
}

function asData({ metric: { name, dimensions }, values, counts }: MinuteSamples) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const countBatches = batchesOf(counts, atOnce.values);
  return batchesOf(values, atOnce.values).map((Values, batch) => ({
    ...{ MetricName: name, Dimensions, Values },
    Counts: countBatches[batch] ?? [],
  }));
}
