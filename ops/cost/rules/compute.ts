import type { PriceName } from "../../../packages/prices/prices";
import type { Charge, PricingRules } from "../charge";
import type { Month } from "../month";
import type { Resource } from "../resources";

const fargatePrices: Readonly<Record<string, readonly [vcpuHour: PriceName, gigabyteHour: PriceName]>> = {
  "FARGATE X86_64": ["fargateVcpuHour", "fargateGigabyteHour"],
  "FARGATE ARM64": ["fargateArmVcpuHour", "fargateArmGigabyteHour"],
  "FARGATE_SPOT X86_64": ["spotVcpuHour", "spotGigabyteHour"],
  "FARGATE_SPOT ARM64": ["spotArmVcpuHour", "spotArmGigabyteHour"],
};

export const computeRules: PricingRules = {
  aws_ecs_service: chargeService,
  aws_ecs_cluster: chargeCluster,
};

function chargeService(service: Resource, month: Month): Charge[] | undefined {
  const task = month.resources.referredTo(service.arguments.task_definition, "aws_ecs_task_definition")?.arguments;
  const providers = capacityShares(service);
  if (!task || providers.length === 0 || task.runtime_platform?.operating_system_family !== "LINUX") return undefined;
  const hours = month.tasksOf(service) * month.hours;
  const charges = providers.map(([provider, share]) => {
    const names = fargatePrices[`${provider} ${task.runtime_platform.cpu_architecture}`];
    return names?.map((price, index) => ({
      price,
      quantity: hours * share * (Number(index === 0 ? task.cpu : task.memory) / 1024),
    }));
  });
  return charges.every((each) => each !== undefined) ? charges.flat() : undefined;
}

/** Capacity providers and the share of tasks that their weights give them, on average. */
function capacityShares({ arguments: service }: Resource): [provider: string, share: number][] {
  const strategy: { capacity_provider: string; weight?: number }[] = service.capacity_provider_strategy ?? [];
  const total = strategy.reduce((sum, { weight = 0 }) => sum + weight, 0);
  return strategy.map(({ capacity_provider, weight = 0 }) => [capacity_provider, weight / total]);
}

function chargeCluster({ arguments: cluster }: Resource, month: Month): Charge[] | undefined {
  const settings: { name: string; value: string }[] = cluster.setting ?? [];
  const insights = settings.find(({ name }) => name === "containerInsights")?.value ?? "disabled";
  if (insights === "disabled") return [];
  // `enhanced` has prices and metrics of its own.
  if (insights !== "enabled") return undefined;
  const { resources, tasks, usage } = month;
  const metrics =
    usage.insightsMetricsPerCluster +
    usage.insightsMetricsPerTaskDefinition * resources.ofType("aws_ecs_task_definition").length +
    usage.insightsMetricsPerService * resources.ofType("aws_ecs_service").length;
  return [
    { price: "customMetric", quantity: metrics },
    { price: "logGigabyte", quantity: tasks * usage.insightsGigabytesPerTask },
  ];
}
