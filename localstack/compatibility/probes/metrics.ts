import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type Statistic,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DeleteQueryDefinitionCommand,
  DescribeQueryDefinitionsCommand,
  PutQueryDefinitionCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { answersBy, ask, groupOfServers, route } from "../balancer";
import { Measured } from "../measured";
import { type Probe, seen } from "../probe";
import { cluster, idle, register, runningService } from "../tasks";
import type { World } from "../world";

const service = "CloudWatch metrics and logs";

/** The largest datapoint of the last two hours, of every metric of this name that has these dimensions among its own. */
async function measured(
  world: World,
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: Statistic,
): Promise<number> {
  const cloudWatch = world.client(CloudWatchClient);
  const wanted = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ Namespace, MetricName, Dimensions: wanted }));
  const values: number[] = [];
  for (const { Dimensions } of Metrics) {
    const window = {
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      Period: 60,
    };
    const command = { Namespace, MetricName, Dimensions, ...window, Statistics: [statistic] };
    const { Datapoints = [] } = await cloudWatch.send(new GetMetricStatisticsCommand(command));
    values.push(...Datapoints.map((point) => point[statistic] ?? 0));
  }
  return Math.max(0, ...values);
}

export const metricProbes = [
  {
    id: "cloudwatch-load-balancer-metrics",
    service,
    capability: "A load balancer counts its requests, by target group, and its healthy targets.",
    run: async (world) => {
      const path = `/${world.name}/x`;
      const group = await groupOfServers(world, "/healthy", ["one"]);
      const balancer = await route(world, group, path);
      await answersBy(world, balancer, path);
      const dimensions = { TargetGroup: group.split(":").at(-1) ?? "" };
      const read = (name: string, statistic: Statistic) =>
        measured(world, "AWS/ApplicationELB", name, dimensions, statistic);
      return seen(
        await world.within(world.minutes(6), async () => {
          await ask(world, balancer, path);
          return (await read("RequestCount", "Sum")) >= 5 && (await read("HealthyHostCount", "Maximum")) === 1;
        }),
      );
    },
  },
  {
    id: "cloudwatch-service-metrics",
    service,
    capability: "A service tells how many tasks run, and how much CPU and memory they use.",
    run: async (world) => {
      const ServiceName = await runningService(world, await register(world, [idle]));
      const dimensions = { ClusterName: await cluster(world), ServiceName };
      return seen(
        await world.within(world.minutes(6), async () => {
          const running = await measured(world, "ECS/ContainerInsights", "RunningTaskCount", dimensions, "Maximum");
          return running === 1 && (await measured(world, "AWS/ECS", "MemoryUtilization", dimensions, "Maximum")) > 0;
        }),
      );
    },
  },
  {
    id: "cloudwatch-metric-filters",
    service,
    capability: "A metric filter counts the log lines that its pattern matches.",
    run: async (world) => {
      const lines = await Measured.create(world);
      await lines.write();
      return seen(
        await world.within(world.minutes(5), async () => (await measured(world, "probe", world.name, {}, "Sum")) === 1),
      );
    },
  },
  {
    id: "logs-saved-queries",
    service,
    capability: "A saved query of Logs Insights is kept.",
    run: async (world) => {
      const logs = world.client(CloudWatchLogsClient);
      const query = { name: world.name, queryString: "fields @message" };
      const { queryDefinitionId } = await logs.send(new PutQueryDefinitionCommand(query));
      world.afterwards(() => logs.send(new DeleteQueryDefinitionCommand({ queryDefinitionId })));
      const command = new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: world.name });
      const { queryDefinitions = [] } = await logs.send(command);
      return seen(queryDefinitions[0]?.queryString === query.queryString);
    },
  },
] as const satisfies readonly Probe[];
