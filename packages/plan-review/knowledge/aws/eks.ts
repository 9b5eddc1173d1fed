import {
  after,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  givesControl,
  lessCapacity,
  look,
  restarts,
  weakens,
  words,
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
  opens,
  read,
  toRead,
  when,
} from "../arguments";
import type { Meaning, Service } from "../knowledge";
import { grants, on as onExisting, runs, serves } from "../roles";

const administers: Meaning = onExisting(["cluster_name"], (change) => {
  const who = words(after(change, "principal_arn"));
  const isAdmin = /\/AmazonEKS(Cluster)?AdminPolicy$/.test(words(after(change, "policy_arn")));
  return isAdmin && after(change, "access_scope", 0, "type") === "cluster"
    ? givesControl(`Gives ${who} control of the whole cluster`, "give it the namespaces, or the viewing, that it needs")
    : givesAccess(`Lets ${who} use the cluster`);
});

const open = exposes("Lets every address come to the cluster's API", "name the addresses that need it");

export const eks: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster",
  types: {
    aws_eks_cluster: {
      ...serves("cluster", "make a second cluster, and move the workloads", "everything that runs on it"),
      arguments: {
        "vpc_config.endpoint_public_access": opens(
          (value, { change }) => value === true && change.action !== "create",
          exposes("Opens the cluster's API to the internet", "keep it private, or name the addresses"),
        ),
        "vpc_config.endpoint_private_access": off(
          cutsOff("Closes the private way to the cluster's API: nodes have to go by the internet"),
        ),
        "vpc_config.public_access_cidrs": {
          changed: either(
            when(({ after: now }) => isEverybody(now), open),
            when(
              ({ before: old }) => isEverybody(old),
              look("Refuses addresses that came to the cluster's API: it was open to everybody"),
            ),
            fewer(cutsOff("Refuses addresses that came to the cluster's API")),
            any(look("Changes who comes to the cluster's API")),
          ),
          whenNew: (place) =>
            isEverybody(place.after) && after(place.change, "vpc_config", 0, "endpoint_public_access") !== false
              ? open
              : undefined,
        },
        version: any(restarts("Upgrades Kubernetes: there is no way back, and removed APIs stop working")),
        enabled_cluster_log_types: fewer(weakens("Stops recording what happens in the cluster")),
        deletion_protection: off(weakens("Switches deletion protection off")),
        encryption_config: read,
        "access_config.authentication_mode": any(look("Changes how people log in to the cluster")),
        upgrade_policy: any(look("Changes when the cluster is upgraded")),
        ...toRead(
          "vpc_config.security_group_ids vpc_config.subnet_ids zonal_shift_config compute_config storage_config kubernetes_network_config remote_network_config force_update_version control_plane_scaling_config",
        ),
        ...harmless(
          "platform_version status certificate_authority endpoint identity created_at cluster_id vpc_config.cluster_security_group_id vpc_config.vpc_id bootstrap_self_managed_addons",
        ),
      },
    },
    aws_eks_node_group: {
      ...runs("node group", "its nodes", "make a second group, drain the old one, then remove it"),
      replacedNewFirst: drains("Replaces this node group, the new one first: pods move to other nodes"),
      arguments: {
        ...each(
          "scaling_config.max_size scaling_config.desired_size scaling_config.min_size",
          either(none(lessCapacity("Runs no node")), less(lessCapacity("Runs fewer nodes"))),
        ),
        version: any(drains("Replaces every node for another version of Kubernetes")),
        release_version: any(drains("Replaces every node for another image")),
        launch_template: any(drains("Replaces every node")),
        labels: any(look("Changes labels by which pods choose nodes")),
        taint: any(drains("Changes which pods run on the nodes")),
        update_config: any(look("Changes how many nodes are replaced at a time")),
        ...toRead("force_update_version node_repair_config"),
        ...harmless("resources status node_group_name_prefix"),
      },
    },
    aws_eks_fargate_profile: { ...serves("Fargate profile", undefined, "its pods"), arguments: harmless("status") },
    aws_eks_addon: {
      ...serves("add-on", undefined, "what needs it"),
      arguments: {
        addon_version: any(restarts("Upgrades an add-on of the cluster: its pods restart")),
        configuration_values: any(restarts("Changes an add-on of the cluster: its pods restart")),
        ...toRead(
          "service_account_role_arn resolve_conflicts resolve_conflicts_on_update resolve_conflicts_on_create pod_identity_association",
        ),
        ...harmless("created_at modified_at preserve"),
      },
    },
    aws_eks_access_entry: {
      ...grants("access entry", "somebody is refused by the cluster"),
      arguments: {
        kubernetes_groups: either(
          fewer(cutsOff("Removes somebody from a group of the cluster")),
          any(givesAccess("Puts somebody into a group of the cluster")),
        ),
        user_name: read,
        ...harmless("access_entry_arn created_at modified_at"),
      },
    },
    aws_eks_access_policy_association: {
      ...grants("access policy", "somebody loses the cluster", administers),
      arguments: { access_scope: any(givesAccess("Changes where somebody may use the cluster")) },
    },
    aws_eks_pod_identity_association: {
      ...grants("role of pods", "pods are refused by AWS"),
      arguments: {
        role_arn: any(look("Gives pods another role")),
        ...harmless("association_id association_arn external_id disable_session_tags target_role_arn"),
      },
    },
    aws_eks_identity_provider_config: {
      ...grants("identity provider", "who logs in by it is refused"),
      arguments: { ...toRead("oidc"), ...harmless("status") },
    },
    aws_eks_capability: {
      ...serves("capability"),
      arguments: toRead("configuration role_arn delete_propagation_policy"),
    },
  },
};
