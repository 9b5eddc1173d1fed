import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { batchesOf } from "./batches";
import type { Docker } from "./docker";
import type { Samples } from "./samples";

/** What a task had used when it was last looked at. */
interface Look {
  readonly cpuSeconds: number;
  readonly at: number;
}

/** What DescribeServices takes. */
const describedAtOnce = 10;
const taskLabel = "com.amazonaws.ecs.task-arn";

/** Tasks of each service as Container Insights counts them, and their CPU and memory as ECS reports them: percent of what the task reserves. */
export class TaskMetrics {
  private looks = new Map<string, Look>();

  constructor(
    private readonly client: ECSClient,
    private readonly docker: Docker,
  ) {}

  async count(samples: Samples, minute: number): Promise<void> {
    const { clusterArns = [] } = await this.client.send(new ListClustersCommand({}));
    const looks = new Map<string, Look>();
    for (const cluster of clusterArns) {
      await this.countTasks(cluster, samples, minute);
      await this.measureTasks(cluster, samples, minute, looks);
    }
    this.looks = looks;
  }

  private async countTasks(cluster: string, samples: Samples, minute: number): Promise<void> {
    const { serviceArns = [] } = await this.client.send(new ListServicesCommand({ cluster, maxResults: 100 }));
    for (const some of batchesOf(serviceArns, describedAtOnce)) {
      const { services = [] } = await this.client.send(new DescribeServicesCommand({ cluster, services: some }));
      for (const { serviceName = "", runningCount = 0, desiredCount = 0 } of services) {
        const dimensions = dimensionsOf(cluster, serviceName);
        const gauge = (name: string, value: number) =>
          samples.add({ namespace: "ECS/ContainerInsights", name, dimensions }, minute, value);
        gauge("RunningTaskCount", runningCount);
        gauge("DesiredTaskCount", desiredCount);
      }
    }
  }

  private async measureTasks(cluster: string, samples: Samples, minute: number, looks: Map<string, Look>) {
    const { taskArns = [] } = await this.client.send(new ListTasksCommand({ cluster, desiredStatus: "RUNNING" }));
    if (taskArns.length === 0) return;
    const containers = [...(await this.docker.labelled(taskLabel))];
    for (const some of batchesOf(taskArns, describedAtOnce)) {
      const { tasks = [] } = await this.client.send(new DescribeTasksCommand({ cluster, tasks: some }));
      for (const task of tasks) {
        const own = containers.filter(([, taskArn]) => taskArn === task.taskArn).map(([id]) => id);
        await this.measure(task, own, { cluster, samples, minute, looks });
      }
    }
  }

  private async measure(
    { taskArn = "", group = "", cpu, memory }: Task,
    containers: readonly string[],
    {
      cluster,
      samples,
      minute,
      looks,
    }: { cluster: string; samples: Samples; minute: number; looks: Map<string, Look> },
  ): Promise<void> {
    const usages = (await Promise.all(containers.map((id) => this.docker.usage(id)))).filter((usage) => usage !== null);
    if (!group.startsWith("service:") || usages.length === 0) return;
    const dimensions = dimensionsOf(cluster, group.replace("service:", ""));
    const percent = (name: string, used: number, reserved: number) =>
      // Fargate gives a task no more than it reserves, this machine does.
      samples.add({ namespace: "AWS/ECS", name, dimensions }, minute, Math.min(100, (100 * used) / reserved));
    const megabytes = usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0) / 2 ** 20;
    percent("MemoryUtilization", megabytes, Number(memory));

    const now = { cpuSeconds: usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0), at: Date.now() };
    const before = this.looks.get(taskArn);
    looks.set(taskArn, now);
    if (!before) return;
    const processors = (now.cpuSeconds - before.cpuSeconds) / ((now.at - before.at) / 1000);
    percent("CPUUtilization", Math.max(0, processors) * 1024, Number(cpu));
  }
}

function dimensionsOf(cluster: string, ServiceName: string) {
  return { ClusterName: cluster.split("/").at(-1) ?? "", ServiceName };
}
