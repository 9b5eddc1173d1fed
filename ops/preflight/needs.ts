import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { type Resource, Resources } from "../cost/resources";

/** What an environment takes of an account at most: counted in its own stacks. */
export interface Needs {
  /** vCPU while every service is deployed with the most tasks that it may have: by then old and new ones run. */
  readonly vcpu: { readonly onDemand: number; readonly spot: number };
  readonly vpcs: number;
  readonly internetGateways: number;
  readonly addresses: number;
  readonly natGatewaysInOneZone: number;
  /** Their names, which an account has once. */
  readonly loadBalancers: readonly string[];
  readonly targetGroups: readonly string[];
  readonly interfaceEndpoints: number;
  readonly gatewayEndpoints: number;
  /** Names of topics, each with the address that it writes to. */
  readonly mails: readonly { readonly topic: string; readonly address: string }[];
}

export function needsOf(environment: Environment, services: readonly Service[]): Needs {
  const resources = Resources.of(environment, services);
  const count = (type: string) => resources.ofType(type).length;
  const names = (type: string) => resources.ofType(type).map((each) => String(each.arguments.name));
  const endpoints = (type: string) =>
    resources.ofType("aws_vpc_endpoint").filter((each) => each.arguments.vpc_endpoint_type === type).length;
  return {
    vcpu: vcpuOf(resources),
    vpcs: count("aws_vpc"),
    internetGateways: count("aws_internet_gateway"),
    addresses: count("aws_eip"),
    natGatewaysInOneZone: natGatewaysInOneZone(resources),
    loadBalancers: names("aws_lb"),
    targetGroups: names("aws_lb_target_group"),
    interfaceEndpoints: endpoints("Interface"),
    gatewayEndpoints: endpoints("Gateway"),
    mails: mailsOf(resources),
  };
}

function vcpuOf(resources: Resources): Needs["vcpu"] {
  const shares = resources.ofType("aws_ecs_service").map((service) => vcpuOfService(service, resources));
  const sum = (provider: string) => shares.reduce((total, share) => total + (share.get(provider) ?? 0), 0);
  return { onDemand: sum("FARGATE"), spot: sum("FARGATE_SPOT") };
}

interface Strategy {
  readonly capacity_provider: string;
  readonly weight: number;
}

/** By capacity provider. ECS deals tasks out by weight: where that leaves a part of one, either may get it. */
function vcpuOfService(service: Resource, resources: Resources): Map<string, number> {
  const { task_definition, deployment_maximum_percent, capacity_provider_strategy } = service.arguments;
  const task = resources.referredTo(task_definition, "aws_ecs_task_definition");
  const [scaling] = resources.referringTo(service, "aws_appautoscaling_target");
  if (!task || !scaling) throw new Error(`${service.path} has no task definition, or no autoscaling`);
  const tasks = Math.floor((scaling.arguments.max_capacity * deployment_maximum_percent) / 100);
  const strategies = capacity_provider_strategy as readonly Strategy[];
  const weights = strategies.reduce((total, { weight }) => total + weight, 0);
  return new Map(
    strategies.map(({ capacity_provider, weight }) => [
      capacity_provider,
      (Math.ceil((tasks * weight) / weights) * Number(task.arguments.cpu)) / 1024,
    ]),
  );
}

function natGatewaysInOneZone(resources: Resources): number {
  const zones = resources
    .ofType("aws_nat_gateway")
    .map((gateway) => resources.referredTo(gateway.arguments.subnet_id, "aws_subnet")?.arguments.availability_zone);
  return Math.max(0, ...zones.map((zone) => zones.filter((other) => other === zone).length));
}

function mailsOf(resources: Resources): Needs["mails"] {
  return resources
    .ofType("aws_sns_topic_subscription")
    .filter(({ arguments: { protocol } }) => protocol === "email")
    .map(({ arguments: { topic_arn, endpoint } }) => {
      const topic = resources.referredTo(topic_arn, "aws_sns_topic");
      if (!topic) throw new Error(`No topic ${topic_arn}`);
      return { topic: String(topic.arguments.name), address: String(endpoint) };
    });
}
