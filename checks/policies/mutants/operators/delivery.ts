import type { Arguments } from "../../../../stacks/synthesized";
import { type Operator, set } from "../operator";

const names = (word: string) => (_: Arguments, id: string) => id.includes(word);

export const delivery: readonly Operator[] = [
  {
    id: "breaker-off",
    mistake: "lets a release that never starts go on for hours",
    type: "aws_ecs_service",
    change: set({ deployment_circuit_breaker: { enable: false, rollback: false } }),
  },
  {
    id: "rollback-off",
    mistake: "stops a bad release and leaves it there",
    type: "aws_ecs_service",
    change: set({ deployment_circuit_breaker: { enable: true, rollback: false } }),
  },
  {
    id: "deployment-alarms-off",
    mistake: "keeps a release that answers errors",
    type: "aws_ecs_service",
    change: set({ alarms: undefined }),
    applies: ({ alarms }) => alarms !== undefined,
  },
  {
    id: "minimum-zero",
    mistake: "stops the old tasks before the new ones run",
    type: "aws_ecs_service",
    change: set({ deployment_minimum_healthy_percent: 0 }),
  },
  {
    id: "maximum-hundred",
    mistake: "has no room for new tasks, nor for rebalancing",
    type: "aws_ecs_service",
    change: set({ deployment_maximum_percent: 100 }),
  },
  {
    id: "no-rebalancing",
    mistake: "leaves all tasks in the zone that survived",
    type: "aws_ecs_service",
    change: set({ availability_zone_rebalancing: "DISABLED" }),
  },
  {
    id: "replaced-by-capacity",
    mistake: "replaces the service when its capacity changes",
    type: "aws_ecs_service",
    change: set({ force_new_deployment: false }),
  },
  {
    id: "public-task",
    mistake: "gives tasks public addresses",
    type: "aws_ecs_service",
    change: (resource) => {
      resource.network_configuration.assign_public_ip = true;
    },
  },
  {
    id: "task-in-public-subnet",
    mistake: "starts tasks in public subnets",
    type: "aws_ecs_service",
    change: (resource) => {
      resource.network_configuration.subnets = ["subnet-public"];
    },
  },
  {
    id: "count-not-ignored",
    mistake: "resets the autoscaler's count with each deploy",
    type: "aws_ecs_service",
    change: set({ lifecycle: undefined }),
  },
  {
    id: "more-ignored",
    mistake: "ignores changes of the task definition",
    type: "aws_ecs_service",
    change: set({ lifecycle: { ignore_changes: ["desired_count", "task_definition"] } }),
  },
  {
    id: "shell-for-all",
    mistake: "leaves a way into production's containers",
    type: "aws_ecs_service",
    change: set({ enable_execute_command: true }),
    applies: ({ enable_execute_command }) => enable_execute_command === false,
  },
  {
    id: "sessions-unsaid",
    mistake: "leaves out how sessions are logged, which ECS then keeps as it was",
    type: "aws_ecs_cluster",
    change: set({ configuration: undefined }),
  },
  {
    id: "no-steady-state",
    mistake: "calls a deploy done before it is",
    type: "aws_ecs_service",
    change: set({ wait_for_steady_state: false }),
  },
  {
    id: "untagged-tasks",
    mistake: "starts tasks that no bill can name",
    type: "aws_ecs_service",
    change: set({ propagate_tags: undefined }),
  },
  {
    id: "all-on-spot",
    mistake: "runs production on Spot",
    type: "aws_ecs_service",
    change: set({ capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", weight: 1 }] }),
    applies: ({ capacity_provider_strategy }) =>
      capacity_provider_strategy.every(({ capacity_provider }: Arguments) => capacity_provider === "FARGATE"),
  },
  {
    id: "insights-off",
    mistake: "cannot count running tasks",
    type: "aws_ecs_cluster",
    change: set({ setting: [{ name: "containerInsights", value: "disabled" }] }),
  },
  {
    id: "sessions-unrecorded",
    mistake: "records no shell session",
    type: "aws_ecs_cluster",
    change: set({ configuration: undefined }),
    applies: ({ configuration }) => configuration !== undefined,
  },
  {
    id: "health-path-wrong",
    mistake: "asks for health where nobody answers",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.path = "/";
    },
  },
  {
    id: "health-any-status",
    mistake: "takes errors for health",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.matcher = "200-599";
    },
  },
  {
    id: "health-timeout-inverted",
    mistake: "waits for an answer longer than between two checks",
    type: "aws_lb_target_group",
    change: (resource) => {
      resource.health_check.timeout = 30;
    },
  },
  {
    id: "drain-outlives-stop",
    mistake: "sends requests to tasks that were killed",
    type: "aws_lb_target_group",
    change: set({ deregistration_delay: "300" }),
  },
  {
    id: "instance-targets",
    mistake: "looks for machines where there are tasks",
    type: "aws_lb_target_group",
    change: set({ target_type: "instance" }),
  },
  {
    id: "scaling-inverted",
    mistake: "wants at least more tasks than at most",
    type: "aws_appautoscaling_target",
    change: set({ min_capacity: 10, max_capacity: 2 }),
  },
  {
    id: "scaling-from-zero",
    mistake: "scales to nothing",
    type: "aws_appautoscaling_target",
    change: set({ min_capacity: 0 }),
  },
  {
    id: "scaling-too-late",
    mistake: "waits until the processor is full",
    type: "aws_appautoscaling_policy",
    change: (resource) => {
      resource.target_tracking_scaling_policy_configuration.target_value = 100;
    },
    applies: names("cpu"),
  },
  {
    id: "scaling-forgotten",
    mistake: "never scales on requests",
    type: "aws_appautoscaling_policy",
    change: "remove",
    applies: names("requests"),
  },
];
