import { list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  drains,
  exposes,
  lessCapacity,
  look,
  restarts,
  weakens,
  weakensABit,
} from "../../effects/effect";
import {
  any,
  each,
  either,
  fewer,
  harmless,
  isEverybody,
  less,
  none,
  off,
  on,
  read,
  retention,
  shown,
  toRead,
  when,
} from "../arguments";
import { image } from "../images";
import type { Arguments, Service } from "../knowledge";
import { holds, runs, serves } from "../roles";
import { publicNetwork, rulesOfNetwork } from "./shared";

const kubernetesPool: Arguments = {
  ...each(
    "max_count node_count min_count",
    either(none(lessCapacity("Runs no node")), less(lessCapacity("Runs fewer nodes"))),
  ),
  orchestrator_version: any(drains("Replaces every node for another version of Kubernetes")),
  node_labels: any(look("Changes labels by which pods choose nodes")),
  node_taints: any(drains("Changes which pods run on the nodes")),
  ...toRead(
    "auto_scaling_enabled enable_auto_scaling mode upgrade_settings os_disk_type zones scale_down_mode workload_runtime eviction_policy priority spot_max_price kubelet_config linux_os_config temporary_name_for_rotation node_network_profile",
  ),
};

export const containers: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster",
  types: {
    azurerm_kubernetes_cluster: {
      ...serves("cluster", "make a second cluster, and move the workloads", "everything that runs on it"),
      arguments: {
        ...each(
          "api_server_access_profile.authorized_ip_ranges api_server_authorized_ip_ranges",
          either(
            when(({ after: now }) => isEverybody(now), exposes("Lets every address come to the cluster's API")),
            when(
              ({ before: old, after: now, change }) =>
                old !== undefined &&
                now === undefined &&
                list(after(change, "api_server_access_profile")).flatMap((profile) =>
                  list((profile as { authorized_ip_ranges?: [] } | null)?.authorized_ip_ranges),
                ).length === 0,
              exposes("Lets every address come to the cluster's API: the list of addresses is removed"),
            ),
            fewer(cutsOff("Refuses addresses that came to the cluster's API")),
            any(look("Changes who comes to the cluster's API")),
          ),
        ),
        api_server_access_profile: read,
        kubernetes_version: any(restarts("Upgrades Kubernetes: there is no way back, and removed APIs stop working")),
        default_node_pool: either((place) =>
          /(max_count|node_count|min_count)$/.test(place.path)
            ? Number(place.after ?? 0) < Number(place.before ?? 0)
              ? lessCapacity(`Runs fewer nodes (${shown(place)})`)
              : undefined
            : look(`Changes nodes, which may replace every one (${shown(place)})`),
        ),
        role_based_access_control_enabled: off(weakens("Lets everybody in the cluster do everything")),
        local_account_disabled: either(
          off(weakensABit("Lets people in with a shared account")),
          on(cutsOff("Refuses who comes with the shared account")),
        ),
        azure_policy_enabled: off(weakensABit("Enforces policies no more")),
        oms_agent: either(fewer(weakensABit("Stops recording")), read),
        private_cluster_public_fqdn_enabled: read,
        azure_active_directory_role_based_access_control: any(drains("Changes who administers the cluster")),
        ...toRead(
          "auto_scaler_profile automatic_channel_upgrade automatic_upgrade_channel identity key_vault_secrets_provider linux_profile maintenance_window maintenance_window_auto_upgrade maintenance_window_node_os network_profile node_os_channel_upgrade node_os_upgrade_channel oidc_issuer_enabled workload_identity_enabled sku_tier storage_profile microsoft_defender monitor_metrics image_cleaner_enabled image_cleaner_interval_hours cost_analysis_enabled kubelet_identity service_principal windows_profile workload_autoscaler_profile http_proxy_config ingress_application_gateway web_app_routing support_plan run_command_enabled upgrade_override service_mesh_profile",
        ),
        ...harmless(
          "fqdn current_kubernetes_version kube_config kube_config_raw kube_admin_config kube_admin_config_raw node_resource_group_id portal_fqdn private_fqdn oidc_issuer_url http_application_routing_zone_name",
        ),
      },
    },
    azurerm_kubernetes_cluster_node_pool: {
      ...runs("node pool", "its nodes", "make a second pool, drain the old one, then remove it"),
      arguments: kubernetesPool,
    },
    azurerm_container_registry: {
      ...holds("registry", "the images in it"),
      arguments: {
        ...publicNetwork,
        admin_enabled: on(weakensABit("Lets people in with a shared password")),
        anonymous_pull_enabled: on(exposes("Lets everybody pull images")),
        network_rule_set: rulesOfNetwork("registry"),
        retention_policy: read,
        retention_policy_in_days: retention("images"),
        ...toRead(
          "sku georeplications identity encryption trust_policy trust_policy_enabled quarantine_policy_enabled zone_redundancy_enabled data_endpoint_enabled export_policy_enabled network_rule_bypass_option",
        ),
        ...harmless("login_server admin_password admin_username"),
      },
    },
    azurerm_container_app: {
      ...serves("app", undefined, "what it runs"),
      arguments: {
        "template.container.image": image,
        "template.max_replicas": less(lessCapacity("Runs fewer copies")),
        "template.min_replicas": less(lessCapacity("Keeps fewer copies ready")),
        "ingress.external_enabled": on(exposes("Exposes this app to the internet")),
        "template.container.env": (place) =>
          place.before === undefined ? undefined : look(`Changes a variable (${place.path})`),
        ...toRead(
          "template ingress secret registry dapr identity revision_mode workload_profile_name max_inactive_revisions",
        ),
        ...harmless("latest_revision_fqdn latest_revision_name outbound_ip_addresses custom_domain_verification_id"),
      },
    },
    azurerm_container_app_environment: {
      ...serves("environment", undefined, "every app in it"),
      arguments: toRead("workload_profile log_analytics_workspace_id logs_destination mutual_tls_enabled"),
    },
    azurerm_container_group: { ...runs("container group", "what is in it"), arguments: {} },
  },
};
