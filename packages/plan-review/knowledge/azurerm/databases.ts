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
  words,
} from "../../effects/effect";
import {
  any,
  asNew,
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
  retention,
  shown,
  tlsVersion,
  toRead,
  when,
} from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { grants, holds, on as onExisting, sets } from "../roles";
import { publicNetwork } from "./shared";

const toAzure = opens(
  (value, { path, change }) =>
    (path === "end_ip_address" && words(value).startsWith("255.255.255.")) ||
    (path === "end_ip_address" && value === "0.0.0.0" && after(change, "start_ip_address") === "0.0.0.0"),
  exposes("Lets every address, or every customer of Azure, come to the database", "name the addresses that need it"),
);
const databaseFirewall = {
  ...grants(
    "firewall rule",
    "addresses are refused by the database",
    onExisting(["server_id", "server_name"], (change) =>
      givesAccess(
        `Lets ${words(after(change, "start_ip_address"))} to ${words(after(change, "end_ip_address"))} come to the database`,
      ),
    ),
  ),
  arguments: {
    end_ip_address: asNew(toAzure, any(givesAccess("Lets other addresses come to the database"))),
    start_ip_address: any(givesAccess("Lets other addresses come to the database")),
  },
};

const flexible: Arguments = {
  version: engineVersion("database"),
  storage_mb: less(lessCapacity("Gives it less disk")),
  sku_name: any(restarts("Restarts this database for another size")),
  backup_retention_days: retention("backups"),
  geo_redundant_backup_enabled: off(weakens("Keeps backups in one region only")),
  high_availability: either(fewer(weakens("Removes the standby: the loss of one zone is an outage")), read),
  ...each(
    "administrator_password administrator_login_password administrator_password_wo administrator_password_wo_version",
    any(drains("Changes the password: who uses the old one is refused")),
  ),
  ...each("ssl_enforcement_enabled", off(weakens("Lets clients in without encryption"))),
  ...each("ssl_minimal_tls_version_enforced minimum_tls_version", tlsVersion),
  ...publicNetwork,
  authentication: any(drains("Changes how clients log in")),
  ...toRead(
    "auto_grow_enabled maintenance_window identity customer_managed_key storage storage_tier zone create_mode replication_role threat_detection_policy auto_grow",
  ),
  ...harmless("fqdn public_network_access infrastructure_encryption_enabled"),
};

export const databases: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/postgresql_flexible_server",
  types: {
    ...Object.fromEntries(
      ["mssql_server", "sql_server", "postgresql_server", "mysql_server", "mariadb_server"].map((type) => [
        `azurerm_${type}`,
        {
          ...holds("database server", "its databases and their backups"),
          arguments: {
            ...flexible,
            ...toRead(
              "azuread_administrator connection_policy primary_user_assigned_identity_id transparent_data_encryption_key_vault_key_id express_vulnerability_assessment_enabled restrict_outbound_network_access",
            ),
            ...harmless(
              "fully_qualified_domain_name restorable_dropped_database_ids outbound_network_restriction_enabled",
            ),
          },
        },
      ]),
    ),
    ...Object.fromEntries(
      ["postgresql_flexible_server", "mysql_flexible_server"].map((type) => [
        `azurerm_${type}`,
        { ...holds("database server", "its databases and their backups"), arguments: flexible },
      ]),
    ),
    ...Object.fromEntries(
      [
        "mssql_database",
        "sql_database",
        "postgresql_flexible_server_database",
        "postgresql_database",
        "mysql_flexible_database",
        "mysql_database",
        "mariadb_database",
      ].map((type) => [
        `azurerm_${type}`,
        {
          ...holds("database", "its data"),
          arguments: {
            max_size_gb: less(lessCapacity("Gives it less")),
            sku_name: any({
              ...restarts("Gives the database another size: connections end for a moment"),
              outage: "connections drain",
            }),
            ...each("short_term_retention_policy.retention_days", retention("backups")),
            zone_redundant: off(weakens("Removes the standby in another zone")),
            transparent_data_encryption_enabled: off(weakens("Switches encryption off")),
            ...toRead(
              "long_term_retention_policy short_term_retention_policy threat_detection_policy auto_pause_delay_in_minutes min_capacity geo_backup_enabled read_scale storage_account_type license_type read_replica_count maintenance_configuration_name ledger_enabled enclave_type elastic_pool_id collation charset",
            ),
          },
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        "mssql_firewall_rule",
        "sql_firewall_rule",
        "postgresql_flexible_server_firewall_rule",
        "postgresql_firewall_rule",
        "mysql_flexible_server_firewall_rule",
        "mysql_firewall_rule",
      ].map((type) => [`azurerm_${type}`, databaseFirewall]),
    ),
    ...Object.fromEntries(
      [
        "postgresql_configuration",
        "postgresql_flexible_server_configuration",
        "mysql_flexible_server_configuration",
      ].map((type) => [
        `azurerm_${type}`,
        {
          ...sets(
            "setting of a database",
            onExisting(["server_id", "server_name"], look("Changes a setting of the database")),
          ),
          arguments: {
            value: (place) =>
              /ssl|secure_transport/.test(words(after(place.change, "name"))) && /^off$/i.test(words(place.after))
                ? weakens("Lets clients in without encryption")
                : look(`Changes a setting of the database (${shown(place)})`),
          },
        },
      ]),
    ),
    azurerm_mssql_virtual_network_rule: {
      ...grants(
        "network of a database",
        "a network is refused by the database",
        onExisting(["server_id"], givesAccess("Lets a network come to the database")),
      ),
      arguments: toRead("subnet_id"),
    },
    azurerm_cosmosdb_account: {
      ...holds("Cosmos DB account", "its databases"),
      arguments: {
        ...publicNetwork,
        ip_range_filter: either(
          when(
            ({ after: now }) => isEverybody(now) || now === undefined,
            exposes("Lets every address come to the database"),
          ),
          any(cutsOff("Refuses addresses that came to the database")),
        ),
        is_virtual_network_filter_enabled: off(exposes("Lets every network come to the database")),
        backup: either(less({ ...look("Keeps backups for less time"), kind: "deletes-sooner" }), read),
        geo_location: either(fewer(weakens("Keeps copies in fewer regions")), read),
        consistency_policy: any(look("Reads may give older data, or be slower")),
        ...toRead(
          "virtual_network_rule capabilities cors_rule local_authentication_disabled multiple_write_locations_enabled automatic_failover_enabled free_tier_enabled identity minimal_tls_version capacity access_key_metadata_writes_enabled network_acl_bypass_for_azure_services",
        ),
        ...harmless("endpoint primary_key secondary_key read_endpoints write_endpoints"),
      },
    },
    ...Object.fromEntries(
      [
        "sql_database",
        "sql_container",
        "mongo_database",
        "mongo_collection",
        "table",
        "gremlin_database",
        "gremlin_graph",
        "cassandra_keyspace",
      ].map((type) => [
        `azurerm_cosmosdb_${type}`,
        {
          ...holds(type.includes("container") || type.includes("collection") ? "container" : "database", "its data"),
          arguments: {
            throughput: less(lessCapacity("Allows fewer requests")),
            default_ttl: any({ ...look("Deletes items after some time"), kind: "deletes-sooner", outage: "data loss" }),
            default_ttl_seconds: any({
              ...look("Deletes items after some time"),
              kind: "deletes-sooner",
              outage: "data loss",
            }),
            ...toRead(
              "autoscale_settings indexing_policy unique_key index analytical_storage_ttl conflict_resolution_policy",
            ),
          },
        },
      ]),
    ),
    azurerm_redis_cache: {
      ...holds("cache", "what is in it"),
      arguments: {
        ...publicNetwork,
        ...each("non_ssl_port_enabled enable_non_ssl_port", on(weakens("Lets clients in without encryption"))),
        capacity: less(lessCapacity("Gives it less")),
        minimum_tls_version: tlsVersion,
        ...toRead(
          "redis_configuration patch_schedule sku_name family redis_version replicas_per_master shard_count identity access_keys_authentication_enabled",
        ),
        ...harmless(
          "hostname port ssl_port primary_access_key secondary_access_key primary_connection_string secondary_connection_string",
        ),
      },
    },
  },
};
