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
  backups,
  deletionProtection,
  each,
  either,
  engineVersion,
  fewer,
  further,
  harmless,
  less,
  off,
  on,
  opens,
  toRead,
  when,
} from "../arguments";
import type { Arguments, Place, Service, TypeKnowledge } from "../knowledge";
import { hasNoState, holds, sets } from "../roles";

const isAtOnce = ({ change }: Place) => after(change, "apply_immediately") === true;

function restartsNow(what: string) {
  const inWindow = any(restarts(`Restarts this ${what} in its maintenance window: it is down for minutes`));
  const atOnce = any(
    restarts(
      `Restarts this ${what} at once: it is down for minutes`,
      "apply_immediately = false, or a blue/green deployment",
    ),
  );
  return (place: Place) => (isAtOnce(place) ? atOnce(place) : inWindow(place));
}

/** What databases and their clusters have in common. */
function database(noun: string): Arguments {
  return {
    deletion_protection: deletionProtection,
    engine_version: engineVersion(noun, isAtOnce),
    backup_retention_period: either(
      when(({ before }) => before === 0, restarts("Switches backups on, for which the database stops for a moment")),
      backups(),
    ),
    ...each("instance_class node_type db_cluster_instance_class", restartsNow(noun)),
    ...each("parameter_group_name db_cluster_parameter_group_name option_group_name", (place) =>
      look(`Applies other settings, some after a restart (${place.path})`),
    ),
    ...each("allocated_storage max_allocated_storage iops storage_throughput", less(lessCapacity("Gives it less"))),
    publicly_accessible: opens([true], exposes(`Exposes this ${noun} to the internet: it gets a public address`)),
    multi_az: off(weakens("Removes the standby: the loss of one zone is an outage")),
    ...each("storage_encrypted", off(weakens("Switches encryption off"))),
    skip_final_snapshot: on(weakensABit("Keeps no final snapshot: the next deletion loses the data")),
    delete_automated_backups: on(weakensABit("Deletes the backups when it is deleted")),
    auto_minor_version_upgrade: off(weakensABit("Switches security upgrades off")),
    ...each(
      "enabled_cloudwatch_logs_exports",
      fewer(weakens("Switches a log off: nobody records any more what it does")),
    ),
    ...each("iam_database_authentication_enabled", off(cutsOff("Refuses who logs in by IAM"))),
    ...each("password password_wo password_wo_version master_password master_password_wo_version", (place) =>
      drains(`Changes the password: who uses the old one is refused (${place.path})`),
    ),
    port: any(cutsOff("Moves it to another port: nobody finds it on the one that clients have")),
    ...each(
      "identifier cluster_identifier",
      any(cutsOff("Renames it: its address changes, and clients find nothing on the old one")),
    ),
    ca_cert_identifier: any(restarts("Changes the certificate, and may restart it: clients must trust the new one")),
    vpc_security_group_ids: fewer(look("Leaves a security group: who came in by it is refused")),
    ...harmless(`apply_immediately backup_window preferred_backup_window maintenance_window preferred_maintenance_window
      copy_tags_to_snapshot final_snapshot_identifier snapshot_identifier identifier_prefix performance_insights_enabled
      performance_insights_kms_key_id performance_insights_retention_period monitoring_interval monitoring_role_arn
      latest_restorable_time engine_version_actual ca_cert_valid_till listener_endpoint resource_id status endpoint address
      hosted_zone_id reader_endpoint cluster_members allow_major_version_upgrade database_insights_mode master_user_secret
      final_snapshot_identifier enable_http_endpoint replicas engine_lifecycle_support performance_insights_kms_key_id`),
    ...toRead(`storage_type ca_certificate_identifier db_subnet_group_name license_model network_type manage_master_user_password
      master_user_secret_kms_key_id replicate_source_db replication_source_identifier domain domain_iam_role_name
      serverlessv2_scaling_configuration scaling_configuration backtrack_window iam_roles dedicated_log_volume
      customer_owned_ip_enabled replica_mode blue_green_update availability_zones global_cluster_identifier`),
  };
}

const parameter: Arguments = {
  parameter: either(
    when(
      ({ path, after: now }) =>
        /rds\.force_ssl|require_secure_transport|require_ssl/.test(path) &&
        ["0", "off", "OFF", undefined].includes(now as string),
      weakens("Lets clients in without encryption"),
    ),
    (place) => look(`Changes a setting of the database (${place.path})`),
  ),
  ...harmless("description name_prefix skip_destroy"),
};

const snapshot: TypeKnowledge = {
  ...holds("snapshot", "the backup in it"),
  arguments: {
    shared_accounts: {
      changed: either(
        when(({ after: now }) => now === "all", exposes("Lets everybody copy this database")),
        further(look("Lets another account copy this database")),
      ),
      whenNew: either(
        when(({ after: now }) => now === "all", exposes("Lets everybody copy this database")),
        further({ ...look("Lets another account copy this database"), kind: "gives-access" }),
      ),
    },
  },
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html says what restarts, and when. */
export const rds: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance",
  types: {
    aws_db_instance: { ...holds("database"), arguments: database("database") },
    aws_rds_cluster: { ...holds("database cluster"), arguments: database("database cluster") },
    aws_rds_cluster_instance: {
      ...holds("database instance", "its connections; the cluster keeps the data"),
      deleted: cutsOff("Deletes an instance of a database cluster: connections end, and less capacity is left"),
      replaced: cutsOff("Deletes an instance of a database cluster before the new one exists: connections end"),
      replacedNewFirst: drains("Replaces an instance of a database cluster, the new one first: connections end"),
      arguments: { ...database("database instance"), ...harmless("promotion_tier") },
    },
    aws_docdb_cluster: { ...holds("DocumentDB cluster"), arguments: database("DocumentDB cluster") },
    aws_neptune_cluster: { ...holds("Neptune cluster"), arguments: database("Neptune cluster") },
    aws_neptune_cluster_instance: {
      ...holds("Neptune instance", "its connections"),
      arguments: database("Neptune instance"),
    },
    aws_redshift_cluster: {
      ...holds("Redshift cluster"),
      arguments: {
        ...database("Redshift cluster"),
        automated_snapshot_retention_period: backups("snapshots"),
        encrypted: off(weakens("Switches encryption off")),
        number_of_nodes: less(lessCapacity("Fewer nodes")),
      },
    },
    aws_db_snapshot: snapshot,
    aws_db_snapshot_copy: snapshot,
    aws_db_cluster_snapshot_copy: snapshot,
    aws_neptune_cluster_snapshot: { ...holds("snapshot", "the backup in it"), arguments: {} },
    aws_db_cluster_snapshot: {
      ...holds("snapshot", "the backup in it"),
      arguments: { shared_accounts: opens(["all"], exposes("Lets everybody copy this database")) },
    },
    aws_db_subnet_group: {
      ...sets("subnet group"),
      arguments: { ...toRead("subnet_ids"), ...harmless("description name_prefix supported_network_types vpc_id") },
    },
    aws_redshift_subnet_group: {
      ...sets("subnet group"),
      arguments: { ...toRead("subnet_ids"), ...harmless("description") },
    },
    aws_elasticache_subnet_group: {
      ...sets("subnet group"),
      arguments: { ...toRead("subnet_ids"), ...harmless("description vpc_id") },
    },
    aws_db_parameter_group: { ...sets("parameter group"), arguments: parameter },
    aws_rds_cluster_parameter_group: { ...sets("parameter group"), arguments: parameter },
    aws_db_option_group: {
      ...sets("option group"),
      arguments: { ...toRead("option"), ...harmless("option_group_description skip_destroy name_prefix") },
    },
    aws_db_instance_role_association: { ...sets("role of a database"), arguments: {} },
    aws_db_instance_automated_backups_replication: {
      ...sets("copy of backups in another region"),
      deleted: weakens("Stops copying backups to another region"),
      arguments: { retention_period: backups("copied backups") },
    },
    aws_rds_cluster_activity_stream: {
      ...sets("activity stream"),
      deleted: weakens("Stops recording who does what in the database"),
      arguments: {},
    },
    aws_rds_reserved_instance: { ...hasNoState("reservation"), arguments: harmless("state") },
    aws_elasticache_cluster: {
      ...holds("cache", "what is in it"),
      arguments: {
        ...database("cache"),
        snapshot_retention_limit: backups("snapshots"),
        num_cache_nodes: less(lessCapacity("Fewer nodes")),
        ...toRead("log_delivery_configuration"),
        ...harmless("snapshot_window notification_topic_arn cache_nodes cluster_address configuration_endpoint"),
      },
    },
    aws_elasticache_replication_group: {
      ...holds("cache", "what is in it"),
      arguments: {
        ...database("cache"),
        snapshot_retention_limit: backups("snapshots"),
        ...each(
          "multi_az_enabled automatic_failover_enabled",
          off(weakens("Removes the failover: the loss of one node is an outage")),
        ),
        transit_encryption_enabled: off(weakens("Lets clients in without encryption")),
        transit_encryption_mode: when(
          ({ after: now }) => now === "preferred",
          look("Lets clients in without encryption, too"),
        ),
        ...each(
          "num_cache_clusters num_node_groups replicas_per_node_group number_cache_clusters",
          less(lessCapacity("Fewer nodes")),
        ),
        ...each("auth_token user_group_ids", (place) => drains(`Changes how clients log in (${place.path})`)),
        ...toRead("log_delivery_configuration auth_token_update_strategy"),
        ...harmless(
          "description replication_group_description snapshot_window notification_topic_arn member_clusters primary_endpoint_address reader_endpoint_address configuration_endpoint_address",
        ),
      },
    },
    aws_elasticache_parameter_group: { ...sets("parameter group"), arguments: parameter },
    aws_elasticache_user: {
      ...sets("user of a cache"),
      arguments: toRead("access_string passwords authentication_mode no_password_required"),
    },
    aws_memorydb_cluster: {
      ...holds("MemoryDB cluster"),
      arguments: { ...database("MemoryDB cluster"), snapshot_retention_limit: backups("snapshots") },
    },
  },
};
