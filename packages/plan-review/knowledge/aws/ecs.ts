import { list } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  drains,
  givesAccess,
  lessCapacity,
  look,
  weakensABit,
  words,
} from "../../effects/effect";
import type { Json } from "../../read/plan";
import { any, each, either, fewer, harmless, later, less, none, off, on, read, toRead, when } from "../arguments";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { hasNoState, holds, on as onExisting, serves, sets } from "../roles";
import { containers, hostPath } from "./containers";
import { policy } from "./policies/effects";

type Change = Parameters<typeof after>[0];

/** A later revision of the same family, or one that only the apply will tell. */
function nextRevision({ before: old, after: now, isLater }: Place) {
  if (isLater) return undefined;
  const [, family, revision] = /([^/]+):(\d+)$/.exec(String(old)) ?? [];
  const [, nextFamily, next] = /([^/]+):(\d+)$/.exec(String(now)) ?? [];
  if (family === nextFamily && Number(next) > Number(revision)) return undefined;
  return look(`Runs an older or another task: ${words(old)} → ${words(now)}`);
}

const service: Arguments = {
  task_definition: nextRevision,
  desired_count: either(
    none(cutsOff("Stops every task: nothing runs any more", "remove the service if that is meant")),
    less(lessCapacity("Runs fewer tasks")),
  ),
  deployment_minimum_healthy_percent: either(
    when(
      ({ after: now }) => now === 0,
      cutsOff(
        "Lets a deploy stop every task before a new one serves",
        "keep 100, and let deployment_maximum_percent make room",
      ),
    ),
    less(lessCapacity("Lets a deploy run with less than the usual capacity")),
  ),
  load_balancer: (place) =>
    list(after(place.change, "load_balancer")).length < list(before(place.change, "load_balancer")).length
      ? cutsOff(
          "Removes the service from a load balancer: no request from there reaches it",
          "move the traffic elsewhere first",
        )
      : drains(`Changes how the load balancer reaches the tasks (${place.path})`),
  capacity_provider_strategy: any(drains("Moves tasks to other capacity; Spot may be taken back within two minutes")),
  network_configuration: any(drains("Starts tasks in other subnets or groups, in a rolling deploy")),
  health_check_grace_period_seconds: less(look("Gives new tasks less time before their health counts")),
  deployment_circuit_breaker: off(weakensABit("Rolls back no more what does not start")),
  enable_execute_command: on(givesAccess("Lets people get a shell in running tasks")),
  ...toRead(`deployment_maximum_percent deployment_configuration deployment_controller alarms launch_type platform_version scheduling_strategy
    service_registries service_connect_configuration volume_configuration vpc_lattice_configurations ordered_placement_strategy
    placement_constraints enable_ecs_managed_tags availability_zone_rebalancing propagate_tags sigint_rollback`),
  ...harmless(
    "wait_for_steady_state force_new_deployment force_delete triggers iam_role deployment_configuration.bake_time_in_minutes",
  ),
};

const task: Arguments = {
  container_definitions: containers,
  volume: hostPath,
  ...each("cpu memory", less(lessCapacity("Gives each task less"))),
  ...each("task_role_arn execution_role_arn", (place) =>
    place.isLater ? later(place) : look(`Gives the tasks another role (${place.path})`),
  ),
  ...each("pid_mode ipc_mode", any(weakensABit("Shares more of the machine with the containers"))),
  network_mode: read,
  ...toRead(
    "runtime_platform ephemeral_storage proxy_configuration placement_constraints requires_compatibilities enable_fault_injection inference_accelerator family",
  ),
  ...harmless("revision arn_without_revision skip_destroy track_latest id arn"),
};

function isScalingToNothing(change: Change): boolean {
  const most: Json | undefined = words(after(change, "scalable_target_action", 0, "max_capacity"));
  return Number(most) === 0 || Number(after(change, "max_size") ?? -1) === 0 || after(change, "desired_capacity") === 0;
}

export const scheduled: Meaning = onExisting(["resource_id", "autoscaling_group_name"], (change) =>
  isScalingToNothing(change)
    ? cutsOff("Stops everything by a schedule: nothing runs then", "keep one running, unless nobody needs it then")
    : look("Runs another number by a schedule, whatever the load"),
);

export const ecs: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service",
  types: {
    aws_ecs_service: {
      ...serves(
        "service",
        "set force_new_deployment and change it in place, or make a second service and move traffic over",
        "what it runs",
      ),
      arguments: service,
    },
    aws_ecs_express_gateway_service: {
      ...serves("service"),
      arguments: toRead(
        "primary_container scaling_target health_check_path cpu memory network_configuration task_role_arn execution_role_arn",
      ),
    },
    aws_ecs_task_set: { ...serves("task set"), arguments: toRead("scale task_definition") },
    aws_ecs_task_definition: { ...hasNoState("task definition"), deleted: undefined, arguments: task },
    aws_ecs_cluster: {
      ...serves(
        "cluster",
        "make a second cluster, move the services one by one, then remove the old one",
        "every service in it",
      ),
      arguments: {
        setting: any(look("Changes Container Insights: alarms and dashboards may use its metrics")),
        ...toRead("configuration service_connect_defaults"),
      },
    },
    aws_ecs_cluster_capacity_providers: {
      ...sets("capacity of a cluster"),
      arguments: {
        capacity_providers: fewer(look("Takes capacity from a cluster")),
        default_capacity_provider_strategy: any(look("Starts new tasks on other capacity")),
      },
    },
    aws_ecs_capacity_provider: {
      ...serves("capacity"),
      arguments: toRead("auto_scaling_group_provider managed_instances_provider"),
    },
    aws_ecs_account_setting_default: { ...sets("setting of the account"), arguments: toRead("value") },
    aws_appautoscaling_target: {
      ...sets("autoscaling"),
      deleted: look("Stops scaling: the number that runs stays as it is"),
      arguments: {
        max_capacity: either(
          none(cutsOff("Scales to nothing: nothing runs any more")),
          less(lessCapacity("Starts fewer, whatever the load")),
        ),
        min_capacity: less(lessCapacity("Keeps fewer running")),
        ...toRead("suspended_state"),
        ...harmless("role_arn"),
      },
    },
    aws_appautoscaling_policy: {
      ...sets("scaling rule"),
      deleted: look("Removes a scaling rule: nothing is started, or stopped, by it"),
      replaced: undefined,
      arguments: {
        "target_tracking_scaling_policy_configuration.target_value": when(
          ({ before: old, after: now }) => Number(now) > Number(old),
          lessCapacity("Starts more only under higher load"),
        ),
        ...toRead(
          "target_tracking_scaling_policy_configuration step_scaling_policy_configuration predictive_scaling_policy_configuration policy_type scalable_dimension resource_id",
        ),
        ...harmless("alarm_arns"),
      },
    },
    aws_appautoscaling_scheduled_action: {
      ...sets("schedule", scheduled),
      arguments: toRead("scalable_target_action schedule start_time end_time timezone"),
    },
    aws_autoscaling_schedule: {
      ...sets("schedule", scheduled),
      arguments: toRead("min_size max_size desired_capacity recurrence start_time end_time time_zone"),
    },
    aws_ecr_repository: {
      ...holds(
        "repository",
        "the images in it, those that run and those to roll back to",
        "keep the name, or copy the images first",
      ),
      arguments: {
        image_tag_mutability: when(
          ({ after: now }) => now === "MUTABLE",
          weakensABit("Lets what runs under a tag be changed unseen"),
        ),
        force_delete: on(weakensABit("Lets the next destroy take the images along")),
        "image_scanning_configuration.scan_on_push": off(weakensABit("Scans new images no more")),
        ...toRead("image_scanning_configuration image_tag_mutability_exclusion_filter"),
        ...harmless("repository_url registry_id"),
      },
    },
    aws_ecr_repository_policy: {
      ...sets("repository's policy"),
      deleted: cutsOff("Removes access: deletes the repository's policy"),
      arguments: { policy: policy("resource", ["repository"]) },
    },
    aws_ecr_registry_policy: {
      ...sets("registry's policy"),
      deleted: cutsOff("Removes access: deletes the registry's policy"),
      arguments: { policy: policy("resource") },
    },
    aws_ecr_lifecycle_policy: {
      ...hasNoState("rule for old images"),
      created: onExisting(["repository"], {
        ...look("Deletes images that are there when they are old enough"),
        kind: "deletes-sooner",
        outage: "data loss",
      }),
      deleted: look("Keeps every image from now on"),
      arguments: { policy: images },
    },
    aws_ecr_pull_through_cache_rule: { ...sets("pull-through cache"), arguments: toRead("credential_arn") },
    aws_codedeploy_app: {
      ...serves("deployments", undefined, "deploying"),
      arguments: harmless("application_id github_account_name linked_to_github"),
    },
    aws_codedeploy_deployment_group: {
      ...serves("deployment group", undefined, "deploying"),
      arguments: toRead(
        "deployment_config_name auto_rollback_configuration alarm_configuration ec2_tag_set ec2_tag_filter trigger_configuration load_balancer_info deployment_style service_role_arn autoscaling_groups blue_green_deployment_config ecs_service",
      ),
    },
    aws_service_discovery_private_dns_namespace: {
      ...serves("namespace", undefined, "finding services by name"),
      arguments: harmless("description"),
    },
    aws_service_discovery_http_namespace: {
      ...serves("namespace", undefined, "finding services by name"),
      arguments: harmless("description"),
    },
    aws_service_discovery_service: {
      ...serves("name of a service", undefined, "finding it"),
      arguments: {
        ...toRead("dns_config health_check_config health_check_custom_config force_destroy"),
        ...harmless("description"),
      },
    },
  },
};

interface ImageRule {
  readonly count: number;
  /** All that it says but how many. */
  readonly which: string;
}

function images({ change }: Place) {
  const [were, are] = [imageRulesOf(before(change, "policy")), imageRulesOf(after(change, "policy"))];
  const isAboutTheSame = were.length === are.length && were.every(({ which }, index) => which === are[index]?.which);
  if (isAboutTheSame && were.every(({ count }, index) => count <= (are[index]?.count ?? 0))) return undefined;
  const counts = (rules: readonly ImageRule[]) => rules.map(({ count }) => count).join(", ");
  const says = isAboutTheSame
    ? `Keeps fewer images to roll back to (${counts(were)} → ${counts(are)}); others are deleted`
    : "Deletes other images from now on";
  return { ...look(says), kind: "deletes-sooner" as const, outage: "data loss" as const };
}

/** In the order in which they apply. */
function imageRulesOf(document: Json | undefined): ImageRule[] {
  const rules = list((parse(document) as { rules?: Json } | undefined)?.rules) as {
    rulePriority?: number;
    selection?: { countNumber?: number };
    action?: Json;
  }[];
  return [...rules]
    .sort((a, b) => (a.rulePriority ?? 0) - (b.rulePriority ?? 0))
    .map(({ action, selection = {} }) => {
      const { countNumber, ...which } = selection;
      return { count: countNumber ?? 0, which: JSON.stringify([action, which]) };
    });
}

function parse(text: Json | undefined): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
