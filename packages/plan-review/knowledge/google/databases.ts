import {
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
import {
  any,
  each,
  either,
  engineVersion,
  fewer,
  harmless,
  isEverybody,
  less,
  off,
  on,
  opens,
  read,
  shown,
  toRead,
  when,
} from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { hasNoState, holds, serves } from "../roles";
import { backupsOff, deletion } from "./shared";

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
      off(cutsOff("Removes the database's public address")),
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

export const databases: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/sql_database_instance",
  types: {
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
  },
};
