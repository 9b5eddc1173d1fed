import { list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  lessCapacity,
  look,
  restarts,
  weakens,
  weakensABit,
  words,
} from "../../effects/effect";
import { any, asNew, each, either, fewer, harmless, less, off, on, read, toRead, when } from "../arguments";
import { image } from "../images";
import type { Arguments, Service, WithNew } from "../knowledge";
import { holds, runs, serves } from "../roles";
import { deletion, toEverybody } from "./shared";

/** Without the block there is no restriction. https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks */
const authorizedNetworks: WithNew = asNew(
  toEverybody,
  either(
    when(
      ({ before, change }) =>
        before !== undefined && list(after(change, "master_authorized_networks_config")).length === 0,
      exposes("Lets every address come to the cluster's API: the list of addresses is removed"),
    ),
    fewer(cutsOff("Refuses addresses that came to the cluster's API")),
    any(givesAccess("Lets more addresses come to the cluster's API")),
  ),
);

const cloudRun: Arguments = {
  ingress: {
    changed: either(
      when(
        ({ after: now }) => /ALL$/i.test(words(now)),
        exposes("Exposes this service to the internet: it takes requests from everywhere"),
      ),
      any(cutsOff("Refuses requests that came from elsewhere")),
    ),
    whenNew: undefined,
  },
  "template.containers.image": image,
  "template.spec.containers.image": image,
  ...each(
    "template.scaling.max_instance_count template.containers.resources.limits",
    less(lessCapacity("Runs fewer, or smaller, copies")),
  ),
  "template.scaling.min_instance_count": less(lessCapacity("Keeps fewer copies ready")),
  "template.containers.env": (place) =>
    place.before === undefined ? undefined : look(`Changes a variable (${place.path})`),
  template: read,
  traffic: any(drains("Leads requests to other versions")),
  invoker_iam_disabled: on(exposes("Lets everybody call it without a login")),
  deletion_protection: off(weakensABit("Switches deletion protection off")),
  ...toRead(
    "client_tls_policy launch_stage binary_authorization custom_audiences default_uri_disabled scaling metadata iap_enabled build_config",
  ),
  ...harmless(
    "client client_version annotations conditions create_time creator delete_time etag expire_time generation last_modifier latest_created_revision latest_ready_revision observed_generation reconciling terminal_condition traffic_statuses uid update_time uri urls description status autogenerate_revision_name",
  ),
};

const nodePool: Arguments = {
  ...each(
    "node_count autoscaling.max_node_count autoscaling.total_max_node_count autoscaling.min_node_count autoscaling.total_min_node_count initial_node_count",
    less(lessCapacity("Runs fewer nodes")),
  ),
  version: any(drains("Replaces every node for another version of Kubernetes")),
  "node_config.labels": any(look("Changes labels by which pods choose nodes")),
  "node_config.taint": any(drains("Changes which pods run on the nodes")),
  ...each(
    "node_config.machine_type node_config.image_type node_config.disk_size_gb node_config.disk_type",
    any(drains("Replaces every node")),
  ),
  ...each("node_config.resource_labels node_config.tags", read),
  management: any(look("Changes whether nodes are repaired and upgraded by themselves")),
  upgrade_settings: any(look("Changes how many nodes are replaced at a time")),
  ...toRead("node_config node_locations autoscaling network_config queued_provisioning placement_policy"),
  ...harmless("instance_group_urls managed_instance_group_urls operation project name_prefix"),
};

const cluster: Arguments = {
  deletion_protection: deletion,
  master_authorized_networks_config: authorizedNetworks,
  "private_cluster_config.enable_private_endpoint": off(exposes("Opens the cluster's API to the internet")),
  "private_cluster_config.master_global_access_config": read,
  network_policy: fewer(weakens("Enforces network policies no more")),
  ...each(
    "logging_service logging_config monitoring_service monitoring_config",
    either(
      when(
        ({ after: now }) => now === "none" || now === undefined,
        weakens("Stops recording what happens in the cluster"),
      ),
      read,
    ),
  ),
  ...each(
    "min_master_version node_version",
    any(restarts("Upgrades Kubernetes: there is no way back, and removed APIs stop working")),
  ),
  release_channel: any(look("Upgrades at other times")),
  enable_legacy_abac: on(weakens("Lets every account in the cluster do everything")),
  binary_authorization: either(fewer(weakens("Runs images that nobody has signed")), read),
  ...each("enable_shielded_nodes", off(weakens("Verifies nodes no more"))),
  workload_identity_config: fewer(cutsOff("Removes the roles of pods")),
  node_pool: read,
  resource_labels: undefined,
  ...toRead(
    "addons_config cluster_autoscaling database_encryption maintenance_policy vertical_pod_autoscaling private_cluster_config node_config node_locations notification_config security_posture_config gateway_api_config cost_management_config authenticator_groups_config ip_allocation_policy enable_intranode_visibility datapath_provider dns_config mesh_certificates identity_service_config enable_tpu enable_l4_ilb_subsetting node_pool_defaults node_pool_auto_config control_plane_endpoints_config enterprise_config fleet default_snat_status service_external_ips_config initial_node_count remove_default_node_pool",
  ),
  ...harmless(
    "endpoint master_version label_fingerprint operation self_link services_ipv4_cidr tpu_ipv4_cidr_block master_auth description project",
  ),
};

export const containers: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster",
  types: {
    google_container_cluster: {
      ...serves("cluster", "make a second cluster, and move the workloads", "everything that runs on it"),
      arguments: cluster,
    },
    google_container_node_pool: {
      ...runs("node pool", "its nodes", "make a second pool, drain the old one, then remove it"),
      arguments: nodePool,
    },
    google_cloud_run_service: { ...serves("service", undefined, "what it runs"), arguments: cloudRun },
    google_cloud_run_v2_service: { ...serves("service", undefined, "what it runs"), arguments: cloudRun },
    google_cloud_run_v2_job: {
      ...serves("job", undefined, "what it runs"),
      arguments: { ...cloudRun, "template.template.containers.image": image },
    },
    ...Object.fromEntries(
      ["google_cloudfunctions_function", "google_cloudfunctions2_function"].map((type) => [
        type,
        {
          ...serves("function", undefined, "what calls it"),
          arguments: {
            ingress_settings: either(
              when(({ after: now }) => now === "ALLOW_ALL", exposes("Exposes this function to the internet")),
              read,
            ),
            "service_config.ingress_settings": either(
              when(({ after: now }) => now === "ALLOW_ALL", exposes("Exposes this function to the internet")),
              read,
            ),
            ...toRead(
              "runtime entry_point available_memory_mb timeout environment_variables build_config service_config event_trigger max_instances min_instances vpc_connector service_account_email",
            ),
            ...harmless(
              "source_archive_object source_archive_bucket version_id status update_time state environment url description project",
            ),
          },
        },
      ]),
    ),
    google_artifact_registry_repository: {
      ...holds("repository", "the images in it"),
      arguments: {
        cleanup_policies: any({
          ...look("Deletes other images from now on"),
          kind: "deletes-sooner",
          outage: "data loss",
        }),
        ...toRead(
          "cleanup_policy_dry_run docker_config mode remote_repository_config virtual_repository_config vulnerability_scanning_config",
        ),
        ...harmless("description create_time update_time"),
      },
    },
  },
};
