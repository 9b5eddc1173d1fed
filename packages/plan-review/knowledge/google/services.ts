import { list } from "../../classify/meaning";
import {
  after,
  cutsOff,
  drains,
  exposes,
  givesAccess,
  interrupts,
  lessCapacity,
  look,
  restarts,
  weakens,
  weakensABit,
  words,
} from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
import { at } from "../../read/plan";
import {
  any,
  asNew,
  each,
  either,
  engineVersion,
  fewer,
  further,
  harmless,
  isEverybody,
  less,
  off,
  on,
  opens,
  read,
  retention,
  shown,
  toRead,
  when,
} from "../arguments";
import { image } from "../images";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { alerts, guards, hasNoState, holds, isKnownBy, on as onExisting, runs, serves, sets, worksAs } from "../roles";
import { iamOf } from "./iam";

type Change = Parameters<typeof after>[0];

const deletion = off(weakens("Switches deletion protection off: the next mistake can delete it"));
const backupsOff = off(weakens("Switches backups off: data that is lost from now on cannot be restored"));
const toEverybody = opens(
  (value) => isEverybody(value),
  exposes("Lets every address come to it", "name the addresses that need it"),
);

const fewerAddresses = (what: string) =>
  asNew(
    toEverybody,
    either(
      fewer(cutsOff(`Refuses addresses that came to ${what}`)),
      any(givesAccess(`Lets more addresses come to ${what}`)),
    ),
  );

/** https://cloud.google.com/firewall/docs/firewalls: without a source, a rule for incoming traffic is for every address. */
const newFirewall: Meaning = (change, subject) => {
  if (after(change, "disabled") === true || after(change, "direction") === "EGRESS") return newEgress(change);
  const sources = ["source_ranges", "source_tags", "source_service_accounts"].flatMap((name) =>
    list(after(change, name)),
  );
  const isFromEverybody = sources.length === 0 || sources.some(isEverybody);
  const denies = list(after(change, "deny")).length > 0;
  const rules = list(after(change, denies ? "deny" : "allow"));
  if (denies) {
    const isAll = rules.some((rule) => at(rule, "protocol") === "all" || list(at(rule, "ports")).length === 0);
    if (isAttachedToNew(change, ["network"], subject)) return undefined;
    return isFromEverybody && isAll
      ? cutsOff("Cuts off the network: denies everything that comes in")
      : look("Denies traffic that came in before");
  }
  if (!isFromEverybody) {
    const isOnNew = isAttachedToNew(change, ["network"], subject);
    return isOnNew ? undefined : givesAccess(`Lets ${sources.map(words).join(", ")} come in`);
  }
  const ports = rules.flatMap((rule) => list(at(rule, "ports"))).map(words);
  const isWeb = ports.length > 0 && ports.every((port) => port === "80" || port === "443");
  const opened = exposes(
    `Lets every address come in${ports.length > 0 ? ` on port ${ports.join(", ")}` : ""}`,
    "name the addresses that need it",
  );
  return isWeb ? { ...opened, verdict: "look" } : opened;
};

function newEgress(change: Change) {
  const isAll =
    list(after(change, "destination_ranges")).length === 0 ||
    list(after(change, "destination_ranges")).some(isEverybody);
  return after(change, "disabled") !== true && list(after(change, "deny")).length > 0 && isAll
    ? cutsOff("Cuts off the network: denies everything that goes out")
    : undefined;
}

function isDeny({ change }: Place): boolean {
  return list(after(change, "deny")).length > 0;
}

const firewall: Arguments = {
  source_ranges: (place) => {
    if (isDeny(place)) return look(`Denies other addresses (${shown(place)})`);
    const opened = isEverybody(place.after) ? [exposes(`Lets every address come in (${shown(place)})`)] : [];
    const lost =
      place.before !== undefined && !isEverybody(place.after) ? [cutsOff(`Cuts off ${words(place.before)}`)] : [];
    const gained =
      place.after !== undefined && !isEverybody(place.after) ? [givesAccess(`Lets ${words(place.after)} come in`)] : [];
    return [...opened, ...lost, ...gained];
  },
  disabled: either(
    (place) =>
      place.after === true
        ? isDeny(place)
          ? weakens("Disables a rule that denies traffic")
          : cutsOff("Disables a rule: what came in by it is cut off")
        : undefined,
    (place) =>
      isDeny(place)
        ? cutsOff("Enables a rule that denies traffic")
        : givesAccess("Enables a rule that lets traffic in"),
  ),
  ...each(
    "allow source_tags target_tags source_service_accounts target_service_accounts destination_ranges",
    either(fewer(cutsOff("Cuts off what came in by this rule")), any(givesAccess("Lets more come in"))),
  ),
  deny: either(fewer(weakens("Denies less")), any(cutsOff("Denies more"))),
  priority: any(look("Changes which rule counts first")),
  ...toRead("log_config enable_logging"),
  ...harmless("description creation_timestamp self_link project"),
};

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

const sql: Arguments = {
  database_version: engineVersion("database"),
  deletion_protection: deletion,
  "settings.deletion_protection_enabled": deletion,
  ...each(
    "settings.backup_configuration.enabled settings.backup_configuration.point_in_time_recovery_enabled settings.backup_configuration.binary_log_enabled",
    backupsOff,
  ),
  "settings.backup_configuration": either(
    when(
      ({ path, before, after: now }) => /retained_backups|retention_days/.test(path) && Number(now) < Number(before),
      { ...look("Keeps backups for less time"), kind: "deletes-sooner", outage: "data loss" },
    ),
    when(({ path }) => /(start_time|location)$/.test(path), look("Changes when, or where, backups are made")),
  ),
  "settings.availability_type": when(
    ({ after: now }) => now === "ZONAL",
    weakens("Removes the standby: the loss of one zone is an outage"),
  ),
  "settings.tier": any(restarts("Restarts this database for another size: it is down for minutes")),
  "settings.edition": any(restarts("Restarts this database for another edition")),
  "settings.disk_size": less(lessCapacity("Gives it less disk")),
  "settings.disk_type": read,
  "settings.ip_configuration.ipv4_enabled": {
    changed: either(
      on(exposes("Gives this database a public address")),
      off(cutsOff("Takes the database's public address away")),
    ),
    whenNew: undefined,
  },
  "settings.ip_configuration.authorized_networks": {
    changed: (place) => {
      if (isEverybody(place.after))
        return exposes(`Lets every address come to this database (${place.path})`, "name the addresses that need it");
      if (place.before !== undefined && /value$|\]$/.test(place.path))
        return cutsOff(`Refuses ${words(place.before)}, which came to this database`);
      return givesAccess(`Lets more addresses come to this database (${shown(place)})`);
    },
    whenNew: when(
      ({ after: now }) => isEverybody(now),
      exposes("Lets every address come to this database", "name the addresses that need it"),
    ),
  },
  ...each(
    "settings.ip_configuration.require_ssl settings.ip_configuration.ssl_mode",
    either(
      when(
        ({ after: now }) => now === false || now === undefined || /ALLOW_UNENCRYPTED/.test(words(now)),
        weakens("Lets clients in without encryption"),
      ),
      any(cutsOff("Refuses clients without encryption")),
    ),
  ),
  "settings.ip_configuration.private_network": any(
    interrupts("Moves the database to another network: nobody finds it on its old address"),
  ),
  "settings.database_flags": any(look("Changes a setting of the database, which may restart it")),
  "settings.maintenance_window": undefined,
  "settings.insights_config": undefined,
  "settings.user_labels": undefined,
  "settings.activation_policy": when(({ after: now }) => now === "NEVER", cutsOff("Stops this database")),
  ...each("settings.disk_autoresize settings.disk_autoresize_limit", either(off(look("Lets the disk fill up")), read)),
  root_password: any(drains("Changes the password")),
  ...toRead("settings replica_configuration clone maintenance_version master_instance_name restore_backup_context"),
  ...harmless(
    "settings.version connection_name dns_name first_ip_address ip_address private_ip_address public_ip_address psc_service_attachment_link self_link server_ca_cert service_account_email_address available_maintenance_versions instance_type settings.pricing_plan dns_names replication_cluster",
  ),
};

const bucket: Arguments = {
  public_access_prevention: when(
    ({ before, after: now }) => before === "enforced" && now !== "enforced",
    weakens("Opens the lock against public access to this bucket", "keep it enforced"),
  ),
  uniform_bucket_level_access: off(weakens("Lets access lists open single objects to the public")),
  "versioning.enabled": off(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
  versioning: fewer(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
  retention_policy: either(fewer(weakens("Lets objects be deleted before their time")), read),
  "soft_delete_policy.retention_duration_seconds": either(
    when(({ after: now }) => now === 0, weakens("Keeps deleted objects no more")),
    retention("deleted objects"),
  ),
  lifecycle_rule: any({ ...look("Changes when objects are deleted"), kind: "deletes-sooner", outage: "data loss" }),
  force_destroy: on(weakensABit("Lets the next destroy take the objects along")),
  logging: fewer(weakens("Stops recording who reads the bucket")),
  encryption: either(fewer(weakens("Encrypts objects no longer under our key")), read),
  ...toRead(
    "cors website storage_class default_event_based_hold requester_pays autoclass rpo custom_placement_config hierarchical_namespace ip_filter enable_object_retention",
  ),
  ...harmless("self_link url project_number time_created updated project"),
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
  master_authorized_networks_config: fewerAddresses("the cluster's API"),
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
  workload_identity_config: fewer(cutsOff("Takes the roles of pods away")),
  node_pool: read,
  resource_labels: undefined,
  ...toRead(
    "addons_config cluster_autoscaling database_encryption maintenance_policy vertical_pod_autoscaling private_cluster_config node_config node_locations notification_config security_posture_config gateway_api_config cost_management_config authenticator_groups_config ip_allocation_policy enable_intranode_visibility datapath_provider dns_config mesh_certificates identity_service_config enable_tpu enable_l4_ilb_subsetting node_pool_defaults node_pool_auto_config control_plane_endpoints_config enterprise_config fleet default_snat_status service_external_ips_config initial_node_count remove_default_node_pool",
  ),
  ...harmless(
    "endpoint master_version label_fingerprint operation self_link services_ipv4_cidr tpu_ipv4_cidr_block master_auth description project",
  ),
};

const machine: Arguments = {
  ...each("machine_type min_cpu_platform", any(restarts("Stops this machine and starts it again"))),
  metadata_startup_script: read,
  metadata: any(look("Changes what the machine is told")),
  deletion_protection: deletion,
  tags: any(look("Changes network tags: other firewall rules hold for this machine")),
  "network_interface.access_config": either(
    further(exposes("Gives this machine a public address")),
    any(drains("Takes the machine's public address away")),
  ),
  desired_status: when(({ after: now }) => /TERMINATED|SUSPENDED/.test(words(now)), cutsOff("Stops this machine")),
  service_account: any(look("Gives the machine another role")),
  can_ip_forward: on(look("Lets it send on what is for others")),
  shielded_instance_config: fewer(weakensABit("Verifies the machine less")),
  ...toRead(
    "network_interface attached_disk boot_disk scratch_disk scheduling allow_stopping_for_update guest_accelerator advanced_machine_features resource_policies enable_display network_performance_config confidential_instance_config reservation_affinity params hostname instance_encryption_key key_revocation_action_type",
  ),
  ...harmless(
    "cpu_platform current_status instance_id label_fingerprint metadata_fingerprint tags_fingerprint self_link description project creation_timestamp",
  ),
};

const orgPolicy: Meaning = cutsOff(
  "Refuses, in everything under it, what this policy does not allow",
  "try it on one project first",
);

export const services: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs",
  types: {
    google_storage_bucket: { ...holds("bucket", "its objects, where force_destroy is set"), arguments: bucket },
    google_storage_bucket_object: {
      ...holds("object", "what it says"),
      arguments: harmless(
        "content source md5hash crc32c content_type cache_control metadata detect_md5hash media_link output_name self_link storage_class content_disposition content_encoding kms_key_name source_md5hash generation",
      ),
    },
    google_storage_bucket_acl: {
      ...sets("access list"),
      arguments: {
        ...each(
          "predefined_acl default_acl role_entity",
          opens(
            (value) => /publicRead|allUsers|allAuthenticatedUsers/.test(String(value)),
            exposes("Lets everybody read the bucket"),
          ),
        ),
      },
    },
    google_sql_database_instance: {
      ...holds(
        "database",
        "its data",
        "keep it: a moved block, or a backup that was tried; its name cannot be used again for a week",
      ),
      arguments: sql,
    },
    google_sql_database: {
      ...holds("database", "its data"),
      arguments: { ...toRead("charset collation"), ...harmless("self_link deletion_policy project") },
    },
    google_sql_user: {
      ...hasNoState("database user"),
      deleted: cutsOff("Deletes this database user: who logs in by it is refused"),
      replaced: cutsOff("Deletes this database user before the new one exists"),
      arguments: {
        password: any(drains("Changes the password: who uses the old one is refused")),
        ...toRead("password_policy sql_server_user_details"),
        ...harmless("deletion_policy project"),
      },
    },
    google_sql_ssl_cert: { ...serves("client certificate", undefined, "who logs in by it"), arguments: {} },
    google_spanner_instance: {
      ...holds("Spanner instance", "its databases"),
      arguments: {
        ...each("num_nodes processing_units", less(lessCapacity("Gives it less"))),
        ...toRead("autoscaling_config edition display_name default_backup_schedule_type force_destroy"),
        ...harmless("state project"),
      },
    },
    google_spanner_database: {
      ...holds("database"),
      arguments: {
        deletion_protection: deletion,
        enable_drop_protection: deletion,
        version_retention_period: read,
        ddl: any(look("Changes the tables")),
        ...harmless("state project"),
      },
    },
    google_bigquery_dataset: {
      ...holds("dataset", "its tables"),
      arguments: {
        access: opens(
          (value, { path }) =>
            /(special_group|iam_member)$/.test(path) && /allAuthenticatedUsers|allUsers/.test(String(value)),
          exposes("Lets everybody read the dataset"),
        ),
        default_table_expiration_ms: any({ ...look("Deletes new tables after some time"), kind: "deletes-sooner" }),
        delete_contents_on_destroy: on(weakensABit("Lets the next destroy take the tables along")),
        ...toRead(
          "max_time_travel_hours default_partition_expiration_ms default_encryption_configuration default_collation is_case_insensitive storage_billing_model external_dataset_reference resource_tags",
        ),
        ...harmless("description friendly_name creation_time etag last_modified_time self_link project"),
      },
    },
    google_bigquery_table: {
      ...holds("table", "its rows"),
      arguments: {
        deletion_protection: deletion,
        schema: any(look("Changes the columns")),
        expiration_time: any({
          ...look("Deletes the table after some time"),
          kind: "deletes-sooner",
          outage: "data loss",
        }),
        ...toRead(
          "view materialized_view time_partitioning range_partitioning clustering external_data_configuration encryption_configuration require_partition_filter table_constraints max_staleness",
        ),
        ...harmless(
          "description friendly_name creation_time etag last_modified_time location num_bytes num_long_term_bytes num_rows self_link type project",
        ),
      },
    },
    google_bigtable_instance: {
      ...holds("Bigtable instance", "its tables"),
      arguments: {
        deletion_protection: deletion,
        cluster: either(fewer(lessCapacity("Runs less")), read),
        ...harmless("display_name project"),
      },
    },
    google_bigtable_table: {
      ...holds("table"),
      arguments: { deletion_protection: read, ...toRead("column_family split_keys automated_backup_policy") },
    },
    google_firestore_database: {
      ...holds("database"),
      arguments: {
        delete_protection_state: off(weakens("Switches deletion protection off")),
        point_in_time_recovery_enablement: when(
          ({ after: now }) => /DISABLED/.test(words(now)),
          weakens("Switches point-in-time recovery off"),
        ),
        ...toRead("concurrency_mode app_engine_integration_mode deletion_policy"),
        ...harmless("etag uid key_prefix create_time update_time version_retention_period earliest_version_time"),
      },
    },
    google_filestore_instance: {
      ...holds("file system", "its files"),
      arguments: {
        file_shares: either(less(lessCapacity("Gives it less disk")), read),
        ...toRead("networks performance_config deletion_protection_enabled"),
        ...harmless("description etag create_time"),
      },
    },
    google_redis_instance: {
      ...holds("cache", "what is in it"),
      arguments: {
        memory_size_gb: less(lessCapacity("Gives it less")),
        auth_enabled: off(weakens("Asks for no password any more")),
        redis_version: any(restarts("Upgrades the cache")),
        ...toRead(
          "redis_configs maintenance_policy persistence_config replica_count read_replicas_mode display_name transit_encryption_mode",
        ),
        ...harmless(
          "auth_string create_time current_location_id host port nodes persistence_iam_identity server_ca_certs read_endpoint read_endpoint_port maintenance_schedule effective_reserved_ip_range project",
        ),
      },
    },
    google_pubsub_topic: {
      ...serves("topic", undefined, "what is sent to it"),
      arguments: {
        message_retention_duration: read,
        kms_key_name: read,
        ...toRead("message_storage_policy schema_settings ingestion_data_source_settings message_transforms"),
        ...harmless("project"),
      },
    },
    google_pubsub_subscription: {
      ...holds("subscription", "the messages that nobody has taken yet"),
      arguments: {
        ...toRead(
          "ack_deadline_seconds push_config dead_letter_policy retry_policy expiration_policy message_retention_duration retain_acked_messages enable_exactly_once_delivery bigquery_config cloud_storage_config message_transforms",
        ),
        ...harmless("project topic"),
      },
    },
    google_pubsub_schema: { ...sets("schema"), arguments: toRead("definition") },
    google_compute_disk: {
      ...holds("disk"),
      arguments: {
        size: less(lessCapacity("Makes this disk smaller")),
        ...toRead("provisioned_iops provisioned_throughput access_mode"),
        ...harmless(
          "description label_fingerprint last_attach_timestamp last_detach_timestamp self_link users creation_timestamp disk_id project",
        ),
      },
    },
    google_compute_snapshot: {
      ...holds("snapshot", "the backup in it"),
      arguments: harmless("description label_fingerprint"),
    },
    google_compute_instance: { ...runs("machine", "its disk"), arguments: machine },
    google_compute_instance_template: { ...hasNoState("template"), arguments: machine },
    google_compute_region_instance_template: { ...hasNoState("template"), arguments: machine },
    ...Object.fromEntries(
      ["google_compute_instance_group_manager", "google_compute_region_instance_group_manager"].map((type) => [
        type,
        {
          ...serves("group of machines", undefined, "every machine in it"),
          arguments: {
            target_size: either(
              when(({ after: now }) => now === 0, cutsOff("Stops every machine of the group")),
              less(lessCapacity("Runs fewer machines")),
            ),
            version: any(drains("Replaces machines by others")),
            target_pools: read,
            named_port: any(drains("Changes the ports that traffic goes to")),
            ...toRead(
              "auto_healing_policies update_policy stateful_disk standby_policy instance_lifecycle_policy distribution_policy_zones",
            ),
            ...harmless("fingerprint instance_group self_link status description operation wait_for_instances project"),
          },
        },
      ]),
    ),
    google_compute_network: {
      ...serves("network", undefined, "everything in it"),
      arguments: {
        ...toRead("routing_mode mtu delete_default_routes_on_create network_firewall_policy_enforcement_order"),
        ...harmless("description gateway_ipv4 numeric_id network_id self_link project"),
      },
    },
    google_compute_subnetwork: {
      ...serves("subnet", undefined, "what is in it"),
      arguments: {
        private_ip_google_access: off(cutsOff("Takes the private way to Google's APIs away")),
        log_config: fewer(weakens("Stops recording who talks to whom")),
        secondary_ip_range: either(fewer(cutsOff("Takes a range away")), read),
        ...toRead("stack_type purpose role ipv6_access_type"),
        ...harmless(
          "creation_timestamp fingerprint gateway_address self_link description project external_ipv6_prefix internal_ipv6_prefix ipv6_cidr_range subnetwork_id state",
        ),
      },
    },
    google_compute_firewall: {
      ...guards(
        "firewall rule",
        "Removes a firewall rule: what it let in is cut off, or what it denied comes in",
        newFirewall,
      ),
      arguments: firewall,
    },
    google_compute_network_firewall_policy_rule: {
      ...guards("firewall rule", "Removes a firewall rule"),
      created: policyRule(),
      arguments: toRead(
        "action match priority disabled enable_logging target_secure_tags target_service_accounts direction description",
      ),
    },
    google_compute_firewall_policy_rule: {
      ...guards("firewall rule", "Removes a firewall rule"),
      created: policyRule(),
      arguments: toRead(
        "action match priority disabled enable_logging target_resources target_service_accounts direction description",
      ),
    },
    google_compute_route: {
      ...serves("route", undefined, "what goes by it"),
      created: onExisting(["network"], (change) =>
        isEverybody(after(change, "dest_range")) ? drains("Leads everything another way") : undefined,
      ),
      arguments: {},
    },
    google_compute_router: {
      ...serves("router", undefined, "NAT and VPN of it"),
      arguments: toRead("bgp description"),
    },
    google_compute_router_nat: {
      ...serves("NAT", undefined, "what goes out by it"),
      arguments: {
        nat_ips: either(fewer(cutsOff("Takes a public address away: others may admit it by name")), read),
        ...toRead(
          "nat_ip_allocate_option source_subnetwork_ip_ranges_to_nat subnetwork log_config min_ports_per_vm max_ports_per_vm enable_dynamic_port_allocation enable_endpoint_independent_mapping rules",
        ),
      },
    },
    google_compute_network_peering: {
      ...serves("peering", undefined, "traffic between the networks"),
      created: onExisting(["network"], { ...exposes("Joins another network"), verdict: "look" }),
      arguments: toRead(
        "export_custom_routes import_custom_routes export_subnet_routes_with_public_ip import_subnet_routes_with_public_ip stack_type",
      ),
    },
    google_service_networking_connection: {
      ...serves("private connection", undefined, "databases and services that use it"),
      arguments: toRead("reserved_peering_ranges deletion_policy update_on_creation_fail"),
    },
    google_vpc_access_connector: {
      ...serves("connector", undefined, "what goes to the network by it"),
      arguments: toRead("min_instances max_instances machine_type max_throughput min_throughput"),
    },
    google_compute_address: {
      ...isKnownBy("address", "its address"),
      arguments: harmless("description label_fingerprint users self_link creation_timestamp project"),
    },
    google_compute_global_address: {
      ...isKnownBy("address", "its address"),
      arguments: harmless("description label_fingerprint self_link creation_timestamp project"),
    },
    ...Object.fromEntries(
      "google_compute_forwarding_rule google_compute_global_forwarding_rule google_compute_target_http_proxy google_compute_target_https_proxy google_compute_target_ssl_proxy google_compute_url_map google_compute_region_url_map google_compute_backend_service google_compute_region_backend_service google_compute_backend_bucket google_compute_health_check google_compute_region_health_check google_compute_network_endpoint_group google_compute_region_network_endpoint_group"
        .split(" ")
        .map((type) => [
          type,
          {
            ...serves("part of a load balancer", undefined, "all traffic through it"),
            arguments: {
              security_policy: either(
                fewer(weakens("Filters nothing any more of what comes from the internet")),
                any(drains("Filters requests by other rules")),
              ),
              backend: either(fewer(cutsOff("Takes a backend away")), any(drains("Changes what answers"))),
              iap: either(fewer(exposes("Asks for no login any more")), read),
              ssl_certificates: any(drains("Shows clients another certificate")),
              ssl_policy: read,
              ...each(
                "target default_service path_matcher host_rule url_map health_checks",
                any(drains("Leads requests elsewhere")),
              ),
              ...toRead(
                "timeout_sec connection_draining_timeout_sec log_config cdn_policy enable_cdn session_affinity protocol port_name balancing_mode custom_request_headers custom_response_headers load_balancing_scheme http_health_check https_health_check tcp_health_check check_interval_sec healthy_threshold unhealthy_threshold quic_override test header_action allow_global_access outlier_detection circuit_breakers locality_lb_policy affinity_cookie_ttl_sec compression_mode bucket_name port_range",
              ),
              ...harmless(
                "description fingerprint creation_timestamp self_link generated_id label_fingerprint map_id proxy_id project",
              ),
            },
          },
        ]),
    ),
    google_compute_ssl_certificate: { ...serves("certificate", undefined, "HTTPS with it"), arguments: {} },
    google_compute_managed_ssl_certificate: {
      ...serves("certificate", "make a second one, and add it first", "HTTPS with it"),
      arguments: {},
    },
    google_certificate_manager_certificate: {
      ...serves("certificate", undefined, "HTTPS with it"),
      arguments: toRead("managed self_managed description"),
    },
    google_compute_ssl_policy: { ...sets("TLS policy"), arguments: toRead("min_tls_version profile custom_features") },
    google_compute_security_policy: {
      ...guards("web filter", "Deletes the web filter with its rules"),
      arguments: {
        rule: either(
          when(
            ({ path, before, after: now }) =>
              /action$/.test(path) && words(before).startsWith("deny") && words(now) === "allow",
            weakens("Lets through what a rule has blocked"),
          ),
          any(look("Changes what is filtered")),
        ),
        ...toRead("adaptive_protection_config advanced_options_config"),
        ...harmless("description fingerprint"),
      },
    },
    google_dns_managed_zone: {
      ...isKnownBy("zone", "its name servers"),
      created: (change) =>
        after(change, "visibility") === "private"
          ? look("Answers for a domain inside networks: public names that it lacks are not found there")
          : undefined,
      arguments: {
        dnssec_config: any(look("Changes how answers are signed: a wrong key makes every name fail")),
        ...toRead("private_visibility_config forwarding_config peering_config cloud_logging_config force_destroy"),
        ...harmless("description name_servers managed_zone_id creation_time project"),
      },
    },
    google_dns_record_set: {
      ...serves("name", undefined, "finding it"),
      arguments: { rrdatas: any(drains("Leads a name elsewhere")), ttl: undefined, ...toRead("routing_policy") },
    },
    google_dns_policy: {
      ...sets("DNS policy"),
      arguments: toRead("alternative_name_server_config enable_inbound_forwarding enable_logging networks"),
    },
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
    google_cloud_scheduler_job: {
      ...serves("schedule", undefined, "what it starts"),
      arguments: toRead(
        "schedule http_target pubsub_target paused time_zone retry_config attempt_deadline description app_engine_http_target",
      ),
    },
    google_cloud_tasks_queue: {
      ...holds("queue", "its tasks"),
      arguments: toRead("rate_limits retry_config stackdriver_logging_config desired_state"),
    },
    google_secret_manager_secret: {
      ...holds("secret", "its value"),
      arguments: {
        ...toRead(
          "rotation topics ttl expire_time version_aliases replication version_destroy_ttl deletion_protection",
        ),
        ...harmless("annotations create_time project"),
      },
    },
    google_secret_manager_secret_version: {
      ...holds("version of a secret", "its value"),
      replacedNewFirst: drains("Changes the secret's value"),
      arguments: {
        enabled: off(cutsOff("Disables this value of the secret")),
        ...toRead("deletion_policy secret_data"),
      },
    },
    google_kms_key_ring: { ...sets("key ring"), arguments: {} },
    google_kms_crypto_key: {
      ...holds("key", "access to what it encrypted: its versions are destroyed"),
      arguments: {
        rotation_period: read,
        ...toRead("version_template destroy_scheduled_duration"),
        ...harmless("primary"),
      },
    },
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
    google_service_account: {
      ...worksAs("service account"),
      deleted: cutsOff("Deletes this service account: what works with it is refused"),
      arguments: {
        disabled: on(cutsOff("Disables this service account: what works with it is refused")),
        ...harmless("display_name description email member unique_id create_ignore_already_exists project"),
      },
    },
    google_service_account_key: {
      ...serves("key", undefined, "who uses it"),
      created: onExisting(["service_account_id"], givesAccess("Makes one more key by which to be this account")),
      arguments: {},
    },
    google_project: {
      ...holds("project", "all that is in it"),
      arguments: {
        billing_account: either(
          fewer(cutsOff("Takes the billing account away: everything in the project stops")),
          read,
        ),
        ...toRead("folder_id org_id auto_create_network deletion_policy"),
        ...harmless("name number"),
      },
    },
    google_folder: {
      ...holds("folder", "all that is in it"),
      arguments: { ...toRead("parent deletion_protection"), ...harmless("display_name create_time lifecycle_state") },
    },
    google_project_service: {
      ...serves("API of the project", "set disable_on_destroy to false", "everything that uses it"),
      deleted: (change) =>
        after(change, "disable_on_destroy") === false || at(change.source.change.before, "disable_on_destroy") === false
          ? look("Forgets that the API is enabled: it stays so")
          : cutsOff("Disables an API: everything that uses it stops", "set disable_on_destroy to false"),
      arguments: harmless(
        "disable_on_destroy disable_dependent_services check_if_service_has_usage_on_destroy project",
      ),
    },
    ...Object.fromEntries(
      [
        "google_organization_policy",
        "google_folder_organization_policy",
        "google_project_organization_policy",
        "google_org_policy_policy",
      ].map((type) => [
        type,
        {
          ...guards("organization policy", "Removes a limit of what projects may do"),
          created: orgPolicy,
          arguments: each(
            "boolean_policy list_policy spec restore_policy dry_run_spec version",
            any(look("Changes what projects may do")),
          ),
        },
      ]),
    ),
    google_project_iam_custom_role: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Takes a permission away")), any(givesAccess("Gives a permission"))),
        ...toRead("stage"),
        ...harmless("title description"),
      },
    },
    google_organization_iam_custom_role: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Takes a permission away")), any(givesAccess("Gives a permission"))),
        ...toRead("stage"),
        ...harmless("title description"),
      },
    },
    google_access_context_manager_service_perimeter: {
      ...guards("perimeter", "Removes the perimeter: data can leave"),
      created: cutsOff("Refuses who reaches these services from outside of the perimeter", "try it as a dry run first"),
      arguments: toRead("status spec title use_explicit_dry_run_spec description"),
    },
    google_access_context_manager_access_policy: {
      ...guards("access policy", "Removes the access policy"),
      arguments: toRead("title scopes"),
    },
    ...iamAll(),
    google_monitoring_alert_policy: {
      ...alerts("alert"),
      arguments: {
        enabled: off(look("Alerts nobody")),
        notification_channels: fewer(look("Alerts fewer people")),
        ...toRead("conditions combiner alert_strategy documentation severity"),
        ...harmless("display_name user_labels creation_record"),
      },
    },
    google_monitoring_dashboard: { ...hasNoState("dashboard"), arguments: harmless("dashboard_json") },
    google_monitoring_notification_channel: {
      ...alerts("way to alert somebody"),
      arguments: {
        enabled: off(look("Alerts nobody by it")),
        ...toRead("labels sensitive_labels type"),
        ...harmless("display_name description user_labels force_delete verification_status"),
      },
    },
    google_monitoring_uptime_check_config: {
      ...alerts("check"),
      arguments: toRead(
        "http_check tcp_check period timeout selected_regions display_name content_matchers monitored_resource",
      ),
    },
    google_logging_metric: {
      ...sets("metric of logs"),
      arguments: toRead(
        "filter metric_descriptor label_extractors value_extractor bucket_options description disabled",
      ),
    },
    google_logging_project_sink: {
      ...guards("sink of logs", "Sends logs no longer to where they are kept"),
      arguments: {
        disabled: on(weakens("Sends logs no longer to where they are kept")),
        ...toRead("destination filter exclusions bigquery_options unique_writer_identity description"),
      },
    },
    google_logging_project_bucket_config: {
      ...holds("log bucket", "its lines"),
      arguments: {
        retention_days: retention("lines"),
        ...toRead("locked description cmek_settings enable_analytics index_configs"),
      },
    },
    google_billing_budget: {
      ...alerts("budget"),
      arguments: harmless("amount budget_filter threshold_rules all_updates_rule display_name"),
    },
  },
};

function iamAll() {
  return Object.assign(
    {},
    ...(
      [
        ["google_project", ["project"]],
        ["google_folder", ["folder"]],
        ["google_organization", ["org_id"]],
        ["google_storage_bucket", ["bucket"]],
        ["google_pubsub_topic", ["topic"]],
        ["google_pubsub_subscription", ["subscription"]],
        ["google_secret_manager_secret", ["secret_id"]],
        ["google_kms_crypto_key", ["crypto_key_id"]],
        ["google_kms_key_ring", ["key_ring_id"]],
        ["google_service_account", ["service_account_id"]],
        ["google_cloud_run_service", ["service"]],
        ["google_cloud_run_v2_service", ["name"]],
        ["google_bigquery_dataset", ["dataset_id"]],
        ["google_spanner_instance", ["instance"]],
        ["google_spanner_database", ["database"]],
        ["google_compute_instance", ["instance_name"]],
        ["google_artifact_registry_repository", ["repository"]],
        ["google_cloudfunctions_function", ["cloud_function"]],
      ] as const
    ).map(([kind, on]) => iamOf(kind, on)),
  );
}

function policyRule(): Meaning {
  return (change) => {
    const isFromEverybody = list(at(after(change, "match", 0), "src_ip_ranges")).some(isEverybody);
    const action = words(after(change, "action"));
    if (after(change, "direction") === "EGRESS" || !isFromEverybody)
      return look("Changes what the networks under this policy let in or out");
    return action === "allow"
      ? exposes("Lets every address come in to the networks under this policy")
      : cutsOff("Denies every address in the networks under this policy");
  };
}
