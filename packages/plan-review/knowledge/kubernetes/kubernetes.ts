import { list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  drains,
  type Effect,
  exposes,
  givesAccess,
  givesControl,
  lessCapacity,
  look,
  unknownType,
  weakens,
  words,
} from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
import { at, isObject, type Json } from "../../read/plan";
import {
  any,
  asNew,
  each,
  either,
  fewer,
  harmless,
  isEverybody,
  less,
  none,
  opens,
  read,
  toRead,
  when,
} from "../arguments";
import { image, isRiskyVariable } from "../images";
import type { Arguments, Meaning, Place, Provider, Service, TypeKnowledge } from "../knowledge";
import { grants, guards, hasNoState, holds, serves, sets } from "../roles";

type Change = Parameters<typeof after>[0];

/** Providers write it as `template.spec.container` or, of cron jobs, one level deeper. */
function variable({ path, before, after: now }: Place) {
  const [, name = ""] = /env\[([^\]]+)\]/.exec(path) ?? [];
  if (before === undefined && !isRiskyVariable(name)) return undefined;
  return look(now === undefined ? `Removes the variable ${name}` : `Changes the variable ${name}`);
}

function pod(prefix: string): Arguments {
  const at = (name: string) => `${prefix}.${name}`;
  const container = (kind: string): Arguments => ({
    [at(`spec.${kind}.image`)]: image,
    [at(`spec.${kind}.env`)]: variable,
    [at(`spec.${kind}.resources`)]: less(lessCapacity("Gives each copy less")),
    [at(`spec.${kind}.security_context`)]: any({
      ...weakens("Changes what the container may do on its machine"),
      verdict: "look",
    }),
    [at(`spec.${kind}`)]: read,
  });
  return {
    ...container("container"),
    ...container("init_container"),
    ...each(
      ["host_network", "host_pid", "host_ipc"].map((name) => at(`spec.${name}`)).join(" "),
      opens(["true", true], {
        ...weakens("Lets the container into the machine's own network or processes"),
        verdict: "look",
      }),
    ),
    [at("spec.service_account_name")]: any(look("Gives the workload another role")),
    [at("metadata.annotations")]: undefined,
    [at("metadata.labels")]: any(drains("Changes labels by which traffic finds its pods")),
    [at("spec")]: read,
    [at("metadata")]: read,
  };
}

const workload: Arguments = {
  "spec.replicas": either(none(cutsOff("Runs no copy any more")), less(lessCapacity("Runs fewer copies"))),
  ...pod("spec.template"),
  "spec.selector": any(cutsOff("Selects other pods: the old ones are left alone, or not found")),
  "spec.strategy": either(
    when(({ after: now }) => now === "Recreate", cutsOff("Stops every copy before a new one runs, at each deploy")),
    read,
  ),
  ...toRead(
    "spec.update_strategy spec.volume_claim_template spec.min_ready_seconds spec.progress_deadline_seconds spec.revision_history_limit spec.paused spec.pod_management_policy spec.service_name spec.persistent_volume_claim_retention_policy",
  ),
};

const wideRoles = ["cluster-admin", "admin", "system:masters"];
const isEverybodysSubject = (subject: Json) =>
  ["system:unauthenticated", "system:anonymous", "system:authenticated"].includes(words(at(subject, "name")));

function bound(change: Change, isWholeCluster: boolean): Effect | undefined {
  const role = words(at(after(change, "role_ref", 0), "name"));
  const subjects = list(after(change, "subject"));
  const who = subjects.map((each) => words(at(each, "name"))).join(", ");
  if (subjects.some(isEverybodysSubject)) return exposes(`Lets whoever reaches the cluster have the role ${role}`);
  if (wideRoles.includes(role)) {
    const effect = givesControl(
      `Gives ${who} control of ${isWholeCluster ? "the whole cluster" : "a namespace"}: ${role}`,
      "give a narrower role",
    );
    return isWholeCluster ? effect : { ...effect, verdict: "look" };
  }
  if (isWholeCluster) return givesAccess(`Gives ${who} the role ${role} in the whole cluster`);
  const isForPeople = subjects.some((each) => words(at(each, "kind")) !== "ServiceAccount");
  return isForPeople ? givesAccess(`Gives ${who} the role ${role} in a namespace`) : undefined;
}

const binding = (isWholeCluster: boolean): TypeKnowledge => ({
  ...grants("role binding", "somebody loses a role in the cluster", (change) => bound(change, isWholeCluster)),
  arguments: {
    subject: (place) => [
      ...(place.before !== undefined && place.after === undefined
        ? [cutsOff(`Removes access from ${words(place.before)}`)]
        : []),
      ...(place.after !== undefined
        ? [bound(place.change, isWholeCluster) ?? givesAccess(`Gives access to ${words(place.after)}`)]
        : []),
    ],
    role_ref: (place) => bound(place.change, isWholeCluster) ?? look("Gives another role"),
  },
});

const rules = (place: Place) =>
  /(verbs|resources|api_groups)/.test(place.path) && place.after === "*"
    ? givesControl("Allows everything of a kind in the cluster", "name the verbs and resources")
    : place.after === undefined
      ? cutsOff(`Removes access (${place.path}: ${words(place.before)})`)
      : givesAccess(`Allows more in the cluster (${place.path}: ${words(place.after)})`);

const role = (isWholeCluster: boolean): TypeKnowledge => ({
  ...sets("role"),
  deleted: cutsOff("Deletes a role: who has it is refused"),
  created: (change) =>
    isWholeCluster &&
    list(after(change, "rule")).some(
      (rule) => list(at(rule, "verbs")).includes("*") && list(at(rule, "resources")).includes("*"),
    )
      ? givesAccess("Makes a role that may do everything")
      : undefined,
  arguments: { rule: rules, aggregation_rule: read },
});

/** Without rules for a direction, everything of it is denied. https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
const newNetworkPolicy: Meaning = (change, subject) => {
  if (isAttachedToNew(change, ["metadata"], subject)) return undefined;
  const spec = after(change, "spec", 0);
  const isForAll =
    !isObject(at(spec, "pod_selector", 0)) ||
    Object.values(at(spec, "pod_selector", 0) as object).every((each) => list(each).length === 0 && !isObject(each));
  const types = list(at(spec, "policy_types")).map(words);
  const denied = types.filter((type) => list(at(spec, type.toLowerCase())).length === 0);
  if (denied.length > 0)
    return cutsOff(
      `Denies all ${denied.join(" and ")} traffic of ${isForAll ? "every pod of the namespace" : "its pods"}`,
      "allow what is needed first",
    );
  return cutsOff(
    `Denies ${isForAll ? "every pod of the namespace" : "its pods"} all traffic that it does not name`,
    "name all that is needed",
  );
};

/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy */
const newWebhook: Meaning = (change) => {
  const isFailing = list(after(change, "webhook")).some((webhook) => words(at(webhook, "failure_policy")) !== "Ignore");
  return isFailing
    ? cutsOff(
        "Refuses every change in the cluster that it matches, when its service does not answer",
        "use failure_policy Ignore, and leave kube-system out",
      )
    : look("Sends changes in the cluster to a service, which may refuse or alter them");
};

const webhook = (does: "Checks" | "Alters"): TypeKnowledge => ({
  ...guards("webhook", `${does} changes in the cluster no more`),
  created: newWebhook,
  arguments: {
    webhook: either(
      when(
        ({ path, after: now }) => /failure_policy$/.test(path) && now === "Fail",
        cutsOff("Refuses every change that it matches, when its service does not answer"),
      ),
      any(look(`${does} other changes in the cluster`)),
    ),
  },
});

const service: Arguments = {
  "spec.selector": any(cutsOff("Sends traffic to other pods: where none fits, nobody answers")),
  "spec.type": either(
    when(
      ({ after: now }) => now === "LoadBalancer",
      exposes("Exposes the service: it gets a load balancer of its own"),
    ),
    when(({ after: now }) => now === "NodePort", look("Opens the service on every machine")),
    any(cutsOff("Removes the service's way in")),
  ),
  "spec.port": any(cutsOff("Moves the service to another port")),
  "spec.load_balancer_source_ranges": asNew(
    opens(isEverybody, exposes("Lets every address come to the service")),
    either(fewer(cutsOff("Refuses, or lets in, other addresses")), any(look("Changes who comes to the service"))),
  ),
  "metadata.annotations": read,
  ...toRead(
    "spec.external_ips spec.external_name spec.external_traffic_policy spec.session_affinity spec.internal_traffic_policy spec.load_balancer_class spec.load_balancer_ip spec.publish_not_ready_addresses spec.health_check_node_port spec.allocate_load_balancer_node_ports spec.ip_families spec.ip_family_policy spec.session_affinity_config",
  ),
  ...harmless("status wait_for_load_balancer spec.cluster_ip spec.cluster_ips"),
};

const newService: Meaning = (change) => {
  const type = words(after(change, "spec", 0, "type"));
  if (type !== "LoadBalancer") return type === "NodePort" ? look("Opens the service on every machine") : undefined;
  const isInternal = Object.entries((after(change, "metadata", 0, "annotations") as object | null) ?? {}).some(
    ([key, value]) => (/internal/.test(key) && value !== "false") || value === "internal",
  );
  return isInternal || list(after(change, "spec", 0, "load_balancer_source_ranges")).length > 0
    ? undefined
    : { ...exposes("Exposes a service to the internet by a load balancer of its own"), verdict: "look" };
};

/** What the cluster itself is set by: who may log in, how names are found. */
const isOfCluster = (change: Change) =>
  ["kube-system", "kube-public"].includes(words(after(change, "metadata", 0, "namespace")));
const inSystem: Meaning = (change) =>
  isOfCluster(change) ? look("Sets something of the cluster itself (kube-system)") : undefined;

const authMap = (place: Place): Effect => {
  if (words(after(place.change, "metadata", 0, "name")) !== "aws-auth")
    return drains(`Changes what apps read (${place.path})`);
  const [old, now] = [place.before, place.after].map(
    (value) => new Set([...words(value).matchAll(/arn:[^\s"',]+/g)].map(([arn]) => arn)),
  );
  const lost = [...(old ?? [])].filter((arn) => !now?.has(arn));
  if (lost.length > 0)
    return cutsOff(`Cuts off ${lost.join(", ")} from the cluster: nodes, or people, with this role are refused`);
  return /system:masters/.test(words(place.after)) && !/system:masters/.test(words(place.before))
    ? givesControl("Gives somebody control of the whole cluster (system:masters)")
    : givesAccess("Lets somebody into the cluster");
};

/** A manifest is of whatever kind: of known kinds, what their own type says. */
const manifestKinds: Readonly<Record<string, (change: Change) => Effect | undefined>> = {
  ClusterRoleBinding: (change) => manifestBinding(change),
  RoleBinding: () => undefined,
  Secret: () => look("Holds a secret in the plan and the state"),
  ...Object.fromEntries(
    ["ConfigMap", "Deployment", "Namespace", "ServiceAccount", "CronJob", "Job", "StatefulSet", "DaemonSet"].map(
      (kind) => [kind, () => undefined],
    ),
  ),
  NetworkPolicy: () => cutsOff("Denies pods all traffic that it does not name"),
  ValidatingWebhookConfiguration: () =>
    cutsOff("Refuses every change in the cluster that it matches, when its service does not answer"),
  MutatingWebhookConfiguration: () =>
    cutsOff("Refuses every change in the cluster that it matches, when its service does not answer"),
};

function kindIn(change: Change): string {
  const manifest = after(change, "manifest");
  if (isObject(manifest)) return words(manifest.kind);
  return /^kind:\s*"?(\w+)/m.exec(words(after(change, "yaml_body")))?.[1] ?? "nothing";
}

function manifestBinding(change: Change): Effect {
  const text = JSON.stringify(after(change, "manifest") ?? after(change, "yaml_body"));
  return /cluster-admin/.test(text)
    ? givesControl("Gives control of the whole cluster: cluster-admin")
    : givesAccess("Gives a role in the whole cluster");
}

const newManifest: Meaning = (change) => {
  const kind = kindIn(change);
  const known = manifestKinds[kind];
  return known === undefined
    ? unknownType(`No table has manifests of kind ${kind}: check what it does`)
    : known(change);
};

const manifest: Arguments = {
  ...each("manifest yaml_body", (place) => {
    if (/(labels|annotations)/.test(place.path) && !/template|selector/.test(place.path)) return undefined;
    if (/\.image$/.test(place.path)) return image(place);
    if (kindIn(place.change) === "Secret") return drains("Changes a secret: who keeps the old value is refused");
    if (/\.replicas$/.test(place.path) && Number(place.after) > Number(place.before)) return undefined;
    return look(`Changes a ${kindIn(place.change)} (${place.path})`);
  }),
  ...harmless(
    "object live_manifest_incluster yaml_incluster wait_for live_uid uid kind name namespace api_version yaml_body_parsed wait wait_for_rollout computed_fields field_manager",
  ),
};

const ingress: Arguments = {
  "spec.rule": either(
    fewer(cutsOffLook("Answers no longer for a name or a path")),
    any(drains("Leads requests elsewhere")),
  ),
  "spec.tls": any(drains("Shows clients another certificate")),
  "metadata.annotations": any(drains("Changes how requests are handled")),
  ...toRead("spec.default_backend spec.backend spec.ingress_class_name"),
  ...harmless("status wait_for_load_balancer"),
};

function cutsOffLook(says: string): Effect {
  return { ...cutsOff(says), verdict: "look" };
}

const services: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs",
  types: {
    kubernetes_namespace: {
      ...holds("namespace", "everything in it"),
      arguments: { ...toRead("metadata.labels"), ...harmless("wait_for_default_service_account") },
    },
    kubernetes_deployment: {
      ...serves("deployment", undefined, "what it runs"),
      created: inSystem,
      arguments: workload,
    },
    kubernetes_stateful_set: {
      ...serves("stateful set", "keep its name and its claims", "what it runs"),
      created: inSystem,
      arguments: workload,
    },
    kubernetes_daemonset: {
      ...serves("daemon set", undefined, "what it runs on each machine"),
      created: inSystem,
      arguments: workload,
    },
    kubernetes_daemon_set: {
      ...serves("daemon set", undefined, "what it runs on each machine"),
      created: inSystem,
      arguments: workload,
    },
    kubernetes_pod: {
      ...serves("pod", undefined, "what it runs"),
      created: inSystem,
      arguments: { "spec.container.image": image, spec: read },
    },
    kubernetes_job: { ...hasNoState("job"), arguments: { ...pod("spec.template"), spec: read } },
    kubernetes_cron_job: {
      ...serves("cron job", undefined, "its work"),
      arguments: {
        ...pod("spec.job_template.spec.template"),
        "spec.schedule": any(look("Runs at other times")),
        "spec.suspend": any(cutsOffLook("Runs no more, or again")),
        spec: read,
      },
    },
    kubernetes_service: { ...serves("service", undefined, "traffic to it"), created: newService, arguments: service },
    kubernetes_ingress: {
      ...serves("ingress", undefined, "traffic by it"),
      created: look("Answers for a name or a path: others of the same host may lead elsewhere"),
      arguments: ingress,
    },
    kubernetes_ingress_class: {
      ...serves("ingress class", undefined, "every ingress of it"),
      arguments: toRead("spec"),
    },
    kubernetes_config_map: {
      ...serves("config map", undefined, "what reads it"),
      created: inSystem,
      arguments: { data: authMap, binary_data: read, immutable: read },
    },
    kubernetes_config_map_v1_data: {
      ...serves("data of a config map", undefined, "what reads it"),
      created: look("Overwrites data of a config map that is there"),
      arguments: { data: authMap, force: read, field_manager: undefined },
    },
    kubernetes_secret: {
      ...holds("secret", "its value"),
      created: inSystem,
      arguments: {
        ...each(
          "data string_data binary_data data_wo data_wo_revision",
          any(drains("Changes a secret: who keeps the old value is refused")),
        ),
        ...harmless("wait_for_service_account_token immutable type"),
      },
    },
    kubernetes_service_account: {
      ...serves("service account", undefined, "what works with it"),
      arguments: {
        "metadata.annotations": any(look("Gives pods another role of the cloud")),
        ...toRead("image_pull_secret secret automount_service_account_token"),
        ...harmless("default_secret_name"),
      },
    },
    kubernetes_role: role(false),
    kubernetes_cluster_role: role(true),
    kubernetes_role_binding: binding(false),
    kubernetes_cluster_role_binding: binding(true),
    kubernetes_network_policy: {
      ...guards("network policy", "Lets in, or out, what this network policy has denied", newNetworkPolicy),
      arguments: {
        "spec.ingress": either(fewer(cutsOff("Denies traffic that was let in")), any(look("Lets more in"))),
        "spec.egress": either(fewer(cutsOff("Denies traffic that was let out")), any(look("Lets more out"))),
        "spec.pod_selector": any(cutsOff("Holds for other pods")),
        "spec.policy_types": any(cutsOff("Denies, or allows, another direction of traffic")),
        spec: read,
      },
    },
    kubernetes_validating_webhook_configuration: webhook("Checks"),
    kubernetes_mutating_webhook_configuration: webhook("Alters"),
    kubernetes_persistent_volume_claim: {
      ...holds("volume", "its data"),
      arguments: {
        "spec.resources": less(look("Asks for less disk")),
        ...toRead("spec"),
        ...harmless("wait_until_bound"),
      },
    },
    kubernetes_persistent_volume: {
      ...holds("volume", "its data"),
      arguments: {
        "spec.persistent_volume_reclaim_policy": when(({ after: now }) => now === "Delete", {
          ...weakens("Deletes the disk when nobody claims it any more"),
          verdict: "look",
        }),
        spec: read,
      },
    },
    kubernetes_storage_class: {
      ...sets("kind of disk"),
      arguments: toRead("parameters reclaim_policy allow_volume_expansion mount_options"),
    },
    kubernetes_horizontal_pod_autoscaler: {
      ...sets("autoscaling"),
      arguments: {
        "spec.max_replicas": less(lessCapacity("Starts fewer copies, whatever the load")),
        "spec.min_replicas": less(lessCapacity("Keeps fewer copies running")),
        spec: read,
      },
    },
    kubernetes_pod_disruption_budget: {
      ...guards("disruption budget", "Lets a drain of nodes stop every copy"),
      deleted: look("Lets a drain of nodes stop every copy"),
      arguments: toRead("spec"),
    },
    kubernetes_resource_quota: {
      ...sets("quota", look("Limits what the namespace may use: more is refused")),
      arguments: { "spec.hard": less(lessCapacity("Allows the namespace less")), spec: read },
    },
    kubernetes_limit_range: {
      ...sets("limits", look("Limits what each container may use")),
      arguments: toRead("spec"),
    },
    kubernetes_priority_class: {
      ...sets("priority", look("Lets pods push others off their machines")),
      arguments: toRead("value global_default preemption_policy description"),
    },
    kubernetes_labels: {
      ...sets("labels", look("Changes labels by which something may select it")),
      arguments: toRead("labels"),
    },
    kubernetes_annotations: {
      ...sets("annotations", look("Changes annotations of something that is there")),
      arguments: toRead("annotations template_annotations"),
    },
    kubernetes_env: {
      ...sets("variables", look("Changes variables of something that is there")),
      arguments: toRead("env"),
    },
    kubernetes_manifest: { ...serves("object", undefined, "what uses it"), created: newManifest, arguments: manifest },
    kubectl_manifest: { ...serves("object", undefined, "what uses it"), created: newManifest, arguments: manifest },
    kubernetes_api_service: { ...serves("API", undefined, "who calls it"), arguments: toRead("spec") },
  },
};

export const kubernetes: Provider = {
  services: [services],
  common: {
    "metadata.annotations": undefined,
    "metadata.labels": any(look("Changes labels by which something may select it")),
    ...harmless("metadata.generation metadata.resource_version metadata.uid timeouts wait_for_rollout id"),
  },
};
