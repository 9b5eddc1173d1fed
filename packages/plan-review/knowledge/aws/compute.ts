import {
  after,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  lessCapacity,
  look,
  losesData,
  restarts,
  weakens,
  weakensABit,
} from "../../effects/effect";
import { any, each, either, fewer, harmless, less, none, off, on, opens, read, toRead, when } from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { grants, guards, hasNoState, holds, on as onExisting, runs, serves, sets } from "../roles";

const stopped = restarts(
  "Stops this machine and starts it again: it is down meanwhile",
  "start a second one with it, and move the traffic over",
);
const shared = { ...givesAccess("Lets another account copy what is on the disk") };

const machine: Arguments = {
  ...each(
    "instance_type user_data user_data_base64 ebs_optimized cpu_options cpu_core_count enclave_options",
    any(stopped),
  ),
  ...each("disable_api_termination disable_api_stop", off(weakens("Switches termination protection off"))),
  "metadata_options.http_tokens": when(({ after: now }) => now === "optional", {
    ...weakens("Lets a forged request read the machine's credentials (IMDSv1)"),
    verdict: "look",
  }),
  iam_instance_profile: any(look("Gives the machine another role")),
  vpc_security_group_ids: fewer(look("Leaves a security group")),
  associate_public_ip_address: opens(
    (value, { change }) => value === true && change.action !== "create",
    exposes("Gives this machine a public address"),
  ),
  source_dest_check: read,
  ...toRead(`metadata_options monitoring root_block_device ebs_block_device ephemeral_block_device network_interface secondary_private_ips
    credit_specification maintenance_options instance_initiated_shutdown_behavior private_dns_name_options tenancy hibernation
    capacity_reservation_specification launch_template security_groups ipv6_addresses enable_primary_ipv6 force_destroy`),
  ...harmless(`user_data_replace_on_change volume_tags instance_state public_ip public_dns private_dns private_ip ipv6_address_count
    primary_network_interface_id primary_network_interface password_data outpost_arn host_id host_resource_group_arn placement_group_id get_password_data`),
};

const template: Arguments = {
  ...Object.fromEntries(
    "image_id instance_type user_data block_device_mappings key_name iam_instance_profile vpc_security_group_ids network_interfaces metadata_options monitoring tag_specifications instance_market_options credit_specification placement cpu_options ebs_optimized security_group_names private_dns_name_options instance_requirements hibernation_options maintenance_options enclave_options capacity_reservation_specification ram_disk_id kernel_id license_specification instance_initiated_shutdown_behavior"
      .split(" ")
      .map((name) => [name, any(look("Starts machines in another way from now on"))]),
  ),
  disable_api_termination: off(weakens("Switches termination protection off")),
  disable_api_stop: off(weakens("Switches stop protection off")),
  default_version: read,
  ...harmless("latest_version update_default_version description name_prefix"),
};

const group: Arguments = {
  ...each(
    "max_size desired_capacity",
    either(
      none(cutsOff("Stops every machine of the group: nothing runs any more", "remove the group if that is meant")),
      less(lessCapacity("Runs fewer machines")),
    ),
  ),
  min_size: less(lessCapacity("Keeps fewer machines running")),
  launch_template: any(look("Starts new machines in another way")),
  mixed_instances_policy: any(look("Starts other machines")),
  vpc_zone_identifier: fewer(drains("Removes the group from a subnet: its machines there end")),
  ...each(
    "target_group_arns load_balancers traffic_source",
    fewer(cutsOff("Removes the group from a load balancer: no request from there reaches it")),
  ),
  ...each("health_check_type health_check_grace_period", any(look("Checks health otherwise"))),
  tag: undefined,
  suspended_processes: any(look("Stops, or starts, what the group does by itself")),
  protect_from_scale_in: off(weakensABit("Lets the group end machines that were protected")),
  force_delete: on(weakensABit("Lets the group be deleted with machines running")),
  ...toRead(
    "availability_zones placement_group termination_policies default_cooldown default_instance_warmup instance_refresh initial_lifecycle_hook warm_pool capacity_rebalance max_instance_lifetime instance_maintenance_policy enabled_metrics service_linked_role_arn launch_configuration availability_zone_distribution capacity_reservation_specification instance_lifecycle_policy",
  ),
  ...harmless(
    "metrics_granularity wait_for_capacity_timeout min_elb_capacity wait_for_elb_capacity name_prefix ignore_failed_scaling_activities predicted_capacity warm_pool_size desired_capacity_type force_delete_warm_pool context",
  ),
};

export const compute: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance",
  types: {
    aws_instance: { ...runs("machine", "its disk"), arguments: machine },
    aws_spot_instance_request: { ...runs("machine", "its disk"), arguments: machine },
    aws_ec2_instance_state: {
      ...sets(
        "state of a machine",
        onExisting(["instance_id"], (change) =>
          after(change, "state") === "stopped"
            ? cutsOff("Stops the machine", "remove the machine if that is meant")
            : undefined,
        ),
      ),
      arguments: {
        state: either(
          when(({ after: now }) => now === "stopped", cutsOff("Stops the machine")),
          read,
        ),
      },
    },
    aws_autoscaling_group: {
      ...serves("group of machines", "use name_prefix with create_before_destroy", "every machine in it"),
      arguments: group,
    },
    aws_autoscaling_policy: {
      ...sets("scaling rule"),
      arguments: toRead(
        "target_tracking_configuration step_adjustment scaling_adjustment cooldown policy_type adjustment_type predictive_scaling_configuration enabled metric_aggregation_type estimated_instance_warmup",
      ),
    },
    aws_autoscaling_attachment: { ...serves("group's place behind a load balancer"), arguments: {} },
    aws_launch_template: {
      ...sets("launch template"),
      deleted: look("Deletes this launch template: no machine can be started from it"),
      arguments: template,
    },
    aws_launch_configuration: {
      ...hasNoState("launch configuration"),
      deleted: look("Deletes this launch configuration: no machine can be started from it"),
      replaced: look("Starts machines in another way from now on"),
      arguments: template,
    },
    aws_ebs_volume: {
      ...holds("disk"),
      arguments: {
        size: less(losesData("Makes this disk smaller: what does not fit is lost")),
        encrypted: off(weakens("Switches encryption off")),
        ...each("iops throughput", less(lessCapacity("Makes the disk slower"))),
        type: any(look("Changes the kind of disk")),
        ...harmless("final_snapshot create_time volume_initialization_rate multi_attach_enabled"),
      },
    },
    aws_ebs_snapshot: {
      ...holds("snapshot", "the backup in it"),
      arguments: {
        ...toRead("storage_tier permanent_restore temporary_restore_days"),
        ...harmless("description data_encryption_key_id owner_alias start_time volume_size"),
      },
    },
    aws_ebs_encryption_by_default: {
      ...guards("encryption of new disks", "Encrypts new disks no more by itself", (change) =>
        after(change, "enabled") === false ? weakensABit("Encrypts new disks no more by itself") : undefined,
      ),
      arguments: { enabled: off(weakens("Encrypts new disks no more by itself")) },
    },
    aws_volume_attachment: {
      ...serves("disk's attachment", undefined, "what uses the disk"),
      arguments: harmless("stop_instance_before_detaching force_detach skip_destroy"),
    },
    aws_snapshot_create_volume_permission: {
      ...grants("permission", "an account loses the snapshot", shared),
      arguments: { group: opens(["all"], exposes("Lets everybody copy the disk")) },
    },
    aws_ami: { ...holds("image", "what is in it"), arguments: toRead("description deprecation_time") },
    aws_ami_launch_permission: {
      ...grants("permission", "an account loses the image", (change) =>
        typeof after(change, "account_id") === "string" ? shared : undefined,
      ),
      arguments: { group: opens(["all"], exposes("Lets everybody copy the image")) },
    },
    aws_key_pair: {
      ...isKey(),
      arguments: { ...toRead("public_key"), ...harmless("fingerprint key_pair_id key_type key_name_prefix") },
    },
    aws_batch_job_definition: {
      ...hasNoState("job definition"),
      deleted: look("Deletes this job definition: its jobs cannot be started"),
      arguments: toRead(
        "container_properties retry_strategy timeout node_properties eks_properties parameters platform_capabilities scheduling_priority propagate_tags",
      ),
    },
    aws_batch_compute_environment: {
      ...serves("compute environment", undefined, "its jobs"),
      arguments: toRead("compute_resources state service_role update_policy"),
    },
    aws_batch_job_queue: {
      ...serves("job queue", undefined, "its jobs"),
      arguments: {
        state: off(cutsOff("Takes no jobs any more")),
        ...toRead("priority compute_environment_order scheduling_policy_arn job_state_time_limit_action"),
      },
    },
    aws_lightsail_instance: { ...runs("machine", "its disk"), arguments: toRead("user_data add_on ip_address_type") },
    aws_lightsail_container_service: {
      ...serves("service"),
      arguments: {
        is_disabled: on(cutsOff("Switches the service off")),
        scale: less(lessCapacity("Runs fewer")),
        ...toRead("power public_domain_names private_registry_access"),
        ...harmless("state url power_id resource_type principal_arn private_domain_name availability_zone created_at"),
      },
    },
    aws_elastic_beanstalk_application: {
      ...holds("application", "its versions"),
      arguments: { ...toRead("appversion_lifecycle"), ...harmless("description") },
    },
    aws_elastic_beanstalk_environment: {
      ...runs("environment", "what is on its machines"),
      arguments: {
        setting: any(drains("Changes the environment: its machines may be replaced")),
        version_label: undefined,
        ...toRead("solution_stack_name platform_arn template_name poll_interval"),
        ...harmless(
          "description all_settings instances autoscaling_groups launch_configurations load_balancers queues triggers endpoint_url cname wait_for_ready_timeout",
        ),
      },
    },
  },
};

function isKey() {
  return grants("SSH key", "who uses this key cannot log in to new machines");
}
