import type { Arguments } from "../synthesized";
import { containersOf, each, type Policy } from "./policy";

const service = "aws_ecs_service";
const serviceOf = (id: string) => id.split("-service_")[0] ?? "";
const isBalanced = ({ load_balancer }: Arguments) => load_balancer !== undefined;

export const deliveryPolicies: readonly Policy[] = [
  {
    promise: "rolls back a release that does not start, and waits to see whether it does",
    violations: (stacks) =>
      each(
        stacks,
        service,
        ({ deployment_circuit_breaker: breaker, wait_for_steady_state }) =>
          breaker?.enable === true && breaker.rollback === true && wait_for_steady_state === true,
      ),
  },
  {
    promise: "rolls back a release that answers badly, on alarms of its own targets",
    violations: (stacks) =>
      each(stacks, service, (resource, id) => {
        const hasTargets = stacks
          .resources("aws_lb_target_group")
          .some(([group]) => serviceOf(group) === serviceOf(id));
        if (!isBalanced(resource) && !hasTargets) return true;
        const { enable, rollback, alarm_names } = resource.alarms ?? {};
        return enable === true && rollback === true && alarm_names.length === 2;
      }),
  },
  {
    promise: "keeps the old tasks until the new ones serve",
    violations: (stacks) =>
      each(
        stacks,
        service,
        (resource) =>
          resource.deployment_minimum_healthy_percent === 100 && resource.deployment_maximum_percent === 200,
      ),
  },
  {
    promise: "spreads tasks over zones again after one was lost",
    violations: (stacks) =>
      each(stacks, service, ({ availability_zone_rebalancing }) => availability_zone_rebalancing === "ENABLED"),
  },
  {
    promise: "changes capacity without replacing the service",
    violations: (stacks) =>
      each(
        stacks,
        service,
        ({ force_new_deployment, capacity_provider_strategy }) =>
          force_new_deployment === true && capacity_provider_strategy.length > 0,
      ),
  },
  {
    promise: "uses Spot by the row's weights alone",
    violations: (stacks, { capacity }) =>
      each(stacks, service, ({ capacity_provider_strategy: strategy }) => {
        const weight = (name: string) =>
          strategy.find(({ capacity_provider }: Arguments) => capacity_provider === name)?.weight ?? 0;
        return weight("FARGATE") === capacity.fargateWeight && weight("FARGATE_SPOT") === capacity.spotWeight;
      }),
  },
  {
    promise: "keeps tasks out of public subnets and without public addresses",
    violations: (stacks) =>
      each(
        stacks,
        service,
        ({ network_configuration: { assign_public_ip, subnets } }) =>
          assign_public_ip === false &&
          subnets.length > 1 &&
          subnets.every((subnet: string) => subnet.includes("subnets_private")),
      ),
  },
  {
    promise: "ignores no change but the autoscaler's",
    violations: (stacks) =>
      stacks
        .all()
        .filter(([address, { lifecycle }]) => {
          const expected = address.startsWith(`${service}.`) ? ["desired_count"] : undefined;
          return String(lifecycle?.ignore_changes) !== String(expected);
        })
        .map(([address]) => address),
  },
  {
    promise: "tags tasks like their service",
    violations: (stacks) =>
      each(
        stacks,
        service,
        ({ propagate_tags, enable_ecs_managed_tags }) =>
          propagate_tags === "SERVICE" && enable_ecs_managed_tags === true,
      ),
  },
  {
    promise: "allows execute-command where the row says so, and records it",
    violations: (stacks, { executeCommand }) => [
      ...each(
        stacks,
        service,
        ({ enable_execute_command }, id) => enable_execute_command === executeCommand.includes(serviceOf(id)),
      ),
      ...each(
        stacks,
        "aws_ecs_cluster",
        ({ configuration }) =>
          executeCommand.length === 0 || configuration?.execute_command_configuration.logging === "OVERRIDE",
      ),
    ],
  },
  {
    promise: "counts running tasks",
    violations: (stacks) =>
      each(stacks, "aws_ecs_cluster", ({ setting }) => ["enabled", "enhanced"].includes(setting?.[0]?.value)),
  },
  {
    promise: "asks each service for health where it answers, more often than it waits",
    violations: (stacks) =>
      each(stacks, "aws_lb_target_group", ({ target_type, health_check }, id) => {
        const app = containersOf(stacks).find(
          ([task, { name }]) => serviceOf(task) === serviceOf(id) && name === "app",
        )?.[1];
        return (
          target_type === "ip" &&
          health_check.matcher === "200" &&
          health_check.timeout < health_check.interval &&
          String(app?.healthCheck?.command).includes(`${health_check.path}'`)
        );
      }),
  },
  {
    promise: "scales every service between the row's limits, on its processor and on requests",
    violations: (stacks, { tasks }) => [
      ...each(
        stacks,
        "aws_appautoscaling_target",
        ({ min_capacity, max_capacity }) => min_capacity === tasks.minimum && max_capacity === tasks.maximum,
      ),
      ...each(stacks, service, (resource, id) => {
        const policies = stacks
          .resources("aws_appautoscaling_policy")
          .filter(([policy]) => serviceOf(policy) === serviceOf(id));
        return policies.length === (isBalanced(resource) ? 2 : 1);
      }),
      ...each(
        stacks,
        "aws_appautoscaling_policy",
        ({ target_tracking_scaling_policy_configuration: tracking }, id) =>
          !id.includes("cpu") || tracking.target_value <= 75,
      ),
    ],
  },
];
