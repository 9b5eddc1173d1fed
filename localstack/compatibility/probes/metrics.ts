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
import type { ProbeContext } from "../probe-context";
import { cluster, idle, register, runningService } from "../tasks";

const service = "CloudWatch metrics and logs";

/** The largest datapoint of the last two hours, of every metric of this name that has these dimensions among its own. */
async function measured(
  context: ProbeContext,
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: Statistic,
): Promise<number> {
  const cloudWatch = context.client(CloudWatchClient);
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
    run: async (context) => {
      const path = `/${context.name}/x`;
      const group = await groupOfServers(context, "/healthy", ["one"]);
      const balancer = await route(context, group, path);
      await answersBy(context, balancer, path);
      const dimensions = { TargetGroup: group.split(":").at(-1) ?? "" };
      const read = (name: string, statistic: Statistic) =>
        measured(context, "AWS/ApplicationELB", name, dimensions, statistic);
      return seen(
        await context.within(context.minutes(6), async () => {
          await ask(context, balancer, path);
          return (await read("RequestCount", "Sum")) >= 5 && (await read("HealthyHostCount", "Maximum")) === 1;
        }),
      );
    },
  },
  {
    id: "cloudwatch-service-metrics",
    service,
    capability: "A service tells how many tasks run, and how much CPU and memory they use.",
    run: async (context) => {
      const ServiceName = await runningService(context, await register(context, [idle]));
      const dimensions = { ClusterName: await cluster(context), ServiceName };
      return seen(
        await context.within(context.minutes(6), async () => {
          const running = await measured(context, "ECS/ContainerInsights", "RunningTaskCount", dimensions, "Maximum");
          return running === 1 && (await measured(context, "AWS/ECS", "MemoryUtilization", dimensions, "Maximum")) > 0;
        }),
      );
    },
  },
  {
    id: "cloudwatch-metric-filters",
    service,
    capability: "A metric filter counts the log lines that its pattern matches.",
    run: async (context) => {
      const lines = await Measured.create(context);
      await lines.write();
      return seen(
        await context.within(
          context.minutes(5),
          async () => (await measured(context, "probe", context.name, {}, "Sum")) === 1,
        ),
      );
    },
  },
  {
    id: "logs-saved-queries",
    service,
    capability: "A saved query of Logs Insights is kept.",
    run: async (context) => {
      const logs = context.client(CloudWatchLogsClient);
      const query = { name: context.name, queryString: "fields @message" };
      const { queryDefinitionId } = await logs.send(new PutQueryDefinitionCommand(query));
      context.afterwards(() => logs.send(new DeleteQueryDefinitionCommand({ queryDefinitionId })));
      const command = new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: context.name });
      const { queryDefinitions = [] } = await logs.send(command);
      return seen(queryDefinitions[0]?.queryString === query.queryString);
    },
  },
] as const satisfies readonly Probe[];
