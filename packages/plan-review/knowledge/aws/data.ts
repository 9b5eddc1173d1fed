import { cutsOff, drains, exposes, lessCapacity, look, weakens, words } from "../../effects/effect";
import {
  any,
  backups,
  deletionProtection,
  each,
  either,
  fewer,
  harmless,
  less,
  off,
  on,
  opens,
  ourKey,
  read,
  retention,
  toRead,
  when,
} from "../arguments";
import type { Service } from "../knowledge";
import { guards, holds, serves, sets } from "../roles";
import { policy } from "./policies/effects";

const encryption = off(weakens("Switches encryption off"));

const search = {
  ...holds("search domain", "its indexes"),
  arguments: {
    access_policies: policy("resource"),
    engine_version: any(drains("Upgrades the search engine: there is no way back")),
    elasticsearch_version: any(drains("Upgrades the search engine: there is no way back")),
    cluster_config: either(less(lessCapacity("Runs fewer, or smaller, nodes")), read),
    ebs_options: either(less(lessCapacity("Gives it less disk")), read),
    "encrypt_at_rest.enabled": encryption,
    "node_to_node_encryption.enabled": encryption,
    "domain_endpoint_options.enforce_https": off(weakens("Serves without encryption, too")),
    log_publishing_options: fewer(weakens("Stops recording")),
    ...toRead(
      "advanced_options advanced_security_options auto_tune_options cognito_options domain_endpoint_options software_update_options vpc_options snapshot_options off_peak_window_options ip_address_type encrypt_at_rest node_to_node_encryption identity_center_options aiml_options",
    ),
    ...harmless(
      "endpoint dashboard_endpoint domain_id kibana_endpoint domain_endpoint_v2_hosted_zone_id dashboard_endpoint_v2 endpoint_v2",
    ),
  },
};

export const data: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table",
  types: {
    aws_dynamodb_table: {
      ...holds("table"),
      arguments: {
        deletion_protection_enabled: deletionProtection,
        "point_in_time_recovery.enabled": off(
          weakens("Switches point-in-time recovery off: data that is lost from now on cannot be restored"),
        ),
        ttl: (place) =>
          /enabled$/.test(place.path) && place.after === true
            ? {
                ...look("Deletes items from now on when their time is over"),
                kind: "deletes-sooner",
                outage: "data loss",
              }
            : look(`Changes when items are deleted (${place.path})`),
        ...each("read_capacity write_capacity", less(lessCapacity("Allows fewer requests"))),
        replica: fewer(weakens("Deletes a copy in another region")),
        stream_enabled: off(drains("Stops the stream: what reads it gets nothing")),
        global_secondary_index: either(
          fewer(cutsOff("Deletes an index: queries by it fail")),
          any(look("Changes an index")),
        ),
        server_side_encryption: either(
          when(
            ({ path, before, after: now }) => /enabled$/.test(path) && before === true && now !== true,
            weakens("Encrypts the table no longer under our key"),
          ),
          any(look("Encrypts with another key")),
        ),
        ...toRead(
          "billing_mode attribute stream_view_type table_class point_in_time_recovery on_demand_throughput warm_throughput global_table_witness",
        ),
        ...harmless(
          "stream_arn stream_label restore_date_time restore_source_name restore_to_latest_time restore_source_table_arn import_table",
        ),
      },
    },
    aws_keyspaces_table: {
      ...holds("table"),
      arguments: {
        "point_in_time_recovery.status": off(weakens("Switches point-in-time recovery off")),
        default_time_to_live: any(look("Deletes rows after another time")),
        ...toRead("capacity_specification encryption_specification ttl schema_definition client_side_timestamps"),
        ...harmless("comment"),
      },
    },
    aws_dynamodb_table_replica: {
      ...guards("copy in another region", "Deletes a copy in another region"),
      arguments: toRead("point_in_time_recovery table_class_override deletion_protection_enabled"),
    },
    aws_dynamodb_table_item: { ...holds("item"), arguments: toRead("item") },
    aws_dynamodb_resource_policy: {
      ...sets("table's policy"),
      arguments: { policy: policy("resource", ["resource_arn"]) },
    },
    aws_efs_file_system: {
      ...holds("file system", "its files"),
      arguments: {
        ...toRead("lifecycle_policy throughput_mode provisioned_throughput_in_mibps protection"),
        ...harmless("dns_name number_of_mount_targets size_in_bytes owner_id name availability_zone_id"),
      },
    },
    aws_efs_file_system_policy: {
      ...sets("file system's policy"),
      arguments: { policy: policy("resource", ["file_system_id"]), ...toRead("bypass_policy_lockout_safety_check") },
    },
    aws_efs_mount_target: {
      ...serves("mount target", undefined, "what uses the file system there"),
      arguments: {
        security_groups: fewer(look("Leaves a security group")),
        ...harmless(
          "dns_name mount_target_dns_name availability_zone_id availability_zone_name network_interface_id file_system_arn owner_id ip_address_type",
        ),
      },
    },
    aws_efs_access_point: {
      ...serves("access point", undefined, "what uses the file system by it"),
      arguments: harmless("owner_id file_system_arn"),
    },
    aws_efs_backup_policy: {
      ...guards("backups", "Switches backups off"),
      arguments: { "backup_policy.status": off(weakens("Switches backups off")), backup_policy: read },
    },
    aws_efs_replication_configuration: {
      ...guards("copy of the files", "Stops copying the files"),
      arguments: toRead("destination"),
    },
    ...Object.fromEntries(
      ["lustre", "ontap", "openzfs", "windows"].map((kind) => [
        `aws_fsx_${kind}_file_system`,
        {
          ...holds("file system", "its files"),
          arguments: {
            automatic_backup_retention_days: backups(),
            ...toRead(
              "storage_capacity throughput_capacity per_unit_storage_throughput security_group_ids disk_iops_configuration weekly_maintenance_start_time daily_automatic_backup_start_time",
            ),
            ...harmless("dns_name network_interface_ids vpc_id owner_id"),
          },
        },
      ]),
    ),
    aws_opensearch_domain: search,
    aws_elasticsearch_domain: search,
    aws_opensearch_domain_policy: {
      ...sets("domain's policy"),
      arguments: { access_policies: policy("resource", ["domain_name"]) },
    },
    aws_elasticsearch_domain_policy: {
      ...sets("domain's policy"),
      arguments: { access_policies: policy("resource", ["domain_name"]) },
    },
    aws_sqs_queue: {
      ...holds("queue", "the messages in it", "drain it first"),
      arguments: {
        message_retention_seconds: retention("messages", { unit: "seconds" }),
        visibility_timeout_seconds: less(look("Hands a message out again sooner: long work may be done twice")),
        policy: policy("resource"),
        sqs_managed_sse_enabled: off(weakens("Switches encryption off")),
        kms_master_key_id: ourKey("messages"),
        redrive_policy: either(fewer(look("Keeps no longer what cannot be handled")), read),
        ...toRead(
          "delay_seconds max_message_size receive_wait_time_seconds redrive_allow_policy content_based_deduplication deduplication_scope fifo_throughput_limit kms_data_key_reuse_period_seconds",
        ),
        ...harmless("url name_prefix"),
      },
    },
    aws_sqs_queue_policy: {
      ...sets("queue's policy"),
      deleted: cutsOff("Removes access: deletes the queue's policy"),
      arguments: { policy: policy("resource", ["queue_url"]) },
    },
    aws_sqs_queue_redrive_policy: { ...sets("queue for what cannot be handled"), arguments: toRead("redrive_policy") },
    aws_sqs_queue_redrive_allow_policy: { ...sets("rule for queues"), arguments: toRead("redrive_allow_policy") },
    aws_kinesis_stream: {
      ...holds("stream", "the records in it"),
      arguments: {
        retention_period: retention("records", { unit: "hours" }),
        shard_count: less(lessCapacity("Takes fewer records a second")),
        encryption_type: when(({ after: now }) => now === "NONE", weakens("Switches encryption off")),
        enforce_consumer_deletion: on(look("Lets it be deleted while it is read")),
        ...toRead("shard_level_metrics stream_mode_details kms_key_id max_record_size_in_kib"),
      },
    },
    aws_kinesis_firehose_delivery_stream: {
      ...serves("delivery stream", undefined, "what is delivered by it"),
      arguments: {
        server_side_encryption: off(weakens("Switches encryption off")),
        ...toRead(
          "extended_s3_configuration redshift_configuration elasticsearch_configuration opensearch_configuration splunk_configuration http_endpoint_configuration kinesis_source_configuration snowflake_configuration iceberg_configuration",
        ),
        ...harmless("version_id destination_id"),
      },
    },
    aws_msk_cluster: {
      ...holds("Kafka cluster", "its messages"),
      arguments: {
        "encryption_info.encryption_in_transit.client_broker": when(
          ({ before, after: now }) => before === "TLS" && words(now).endsWith("PLAINTEXT"),
          weakens("Lets clients in without encryption"),
        ),
        "broker_node_group_info.connectivity_info.public_access.type": opens(
          (value) => value === "SERVICE_PROVIDED_EIPS",
          exposes("Opens the brokers to the internet"),
        ),
        number_of_broker_nodes: less(lessCapacity("Runs fewer brokers")),
        kafka_version: any(drains("Upgrades Kafka: brokers restart, and there is no way back")),
        logging_info: fewer(weakens("Stops recording")),
        client_authentication: any(drains("Changes how clients log in")),
        ...toRead(
          "broker_node_group_info configuration_info enhanced_monitoring open_monitoring storage_mode encryption_info rebalancing",
        ),
        ...harmless(
          "bootstrap_brokers bootstrap_brokers_tls bootstrap_brokers_sasl_iam bootstrap_brokers_sasl_scram current_version zookeeper_connect_string zookeeper_connect_string_tls cluster_uuid",
        ),
      },
    },
    aws_mq_broker: {
      ...holds("broker", "its messages"),
      arguments: {
        publicly_accessible: opens([true], exposes("Opens the broker to the internet")),
        engine_version: any(drains("Upgrades the broker: it restarts")),
        logs: fewer(weakens("Stops recording")),
        ...toRead(
          "auto_minor_version_upgrade configuration host_instance_type maintenance_window_start_time security_groups user apply_immediately authentication_strategy ldap_server_metadata data_replication_mode",
        ),
        ...harmless("instances pending_data_replication_mode"),
      },
    },
    aws_glue_catalog_database: {
      ...holds("catalog", "its tables"),
      arguments: toRead("description location_uri parameters create_table_default_permission"),
    },
    aws_glue_catalog_table: {
      ...holds("table's description"),
      arguments: toRead(
        "storage_descriptor parameters partition_keys table_type description view_original_text view_expanded_text open_table_format_input",
      ),
    },
    aws_athena_workgroup: {
      ...holds("workgroup", "its history"),
      arguments: {
        force_destroy: on(look("Lets it be deleted with its history")),
        ...toRead("configuration state description"),
      },
    },
    aws_sfn_state_machine: {
      ...serves("state machine", undefined, "what it runs"),
      arguments: {
        definition: any(look("Runs other steps")),
        logging_configuration: fewer(weakens("Stops recording")),
        ...toRead("role_arn tracing_configuration encryption_configuration publish"),
        ...harmless("creation_date status revision_id state_machine_version_arn version_description"),
      },
    },
    aws_timestreamwrite_database: { ...holds("database"), arguments: toRead("kms_key_id") },
    aws_timestreamwrite_table: {
      ...holds("table"),
      arguments: {
        "retention_properties.magnetic_store_retention_period_in_days": retention("records"),
        ...toRead("retention_properties magnetic_store_write_properties schema"),
      },
    },
    aws_codebuild_project: {
      ...serves("build project", undefined, "its builds"),
      arguments: {
        ...toRead(
          "source environment buildspec service_role artifacts cache logs_config secondary_sources source_version vpc_config build_timeout concurrent_build_limit queued_timeout encryption_key project_visibility",
        ),
        ...harmless("description badge_enabled badge_url public_project_alias"),
      },
    },
    aws_codepipeline: {
      ...serves("pipeline", undefined, "deploying"),
      arguments: toRead("stage artifact_store role_arn trigger variable execution_mode pipeline_type"),
    },
  },
};
