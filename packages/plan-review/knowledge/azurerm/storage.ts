import { cutsOff, exposes, givesAccess, lessCapacity, look, weakens, words } from "../../effects/effect";
import {
  any,
  each,
  either,
  fewer,
  further,
  harmless,
  less,
  off,
  on,
  opens,
  read,
  retention,
  tlsVersion,
  toRead,
  when,
} from "../arguments";
import type { Service } from "../knowledge";
import { guards, holds, on as onExisting, sets } from "../roles";
import { publicNetwork, rulesOfNetwork } from "./shared";

export const storage: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/storage_account",
  types: {
    azurerm_storage_account: {
      ...holds("storage account", "its data"),
      arguments: {
        network_rules: rulesOfNetwork("storage account"),
        ...publicNetwork,
        ...each(
          "allow_nested_items_to_be_public allow_blob_public_access",
          either(on(exposes("Lets containers be opened to everybody")), off(cutsOff("Closes public containers"))),
        ),
        ...each("https_traffic_only_enabled enable_https_traffic_only", off(weakens("Serves without encryption, too"))),
        shared_access_key_enabled: either(
          off({ ...cutsOff("Refuses who comes with a key of the account"), verdict: "look" }),
          on(givesAccess("Accepts keys of the account")),
        ),
        min_tls_version: tlsVersion,
        account_replication_type: when(({ after: now }) => /LRS$/.test(words(now)), {
          ...weakens("Keeps copies in fewer places"),
          verdict: "look",
        }),
        ...each(
          "blob_properties.versioning_enabled",
          off(weakens("Suspends versioning: what is overwritten or deleted from now on is lost")),
        ),
        ...each(
          "blob_properties.delete_retention_policy blob_properties.container_delete_retention_policy",
          either(
            when(
              ({ before: old, after: now }) => old !== undefined && now === undefined,
              weakens("Keeps deleted data no more"),
            ),
            retention("deleted data"),
          ),
        ),
        default_to_oauth_authentication: undefined,
        infrastructure_encryption_enabled: undefined,
        static_website: either(further(exposes("Publishes it as a web site")), read),
        customer_managed_key: either(fewer(weakens("Encrypts data no longer under our key")), read),
        ...toRead(
          "blob_properties queue_properties share_properties access_tier identity sas_policy routing azure_files_authentication cross_tenant_replication_enabled immutability_policy large_file_share_enabled local_user_enabled sftp_enabled allowed_copy_scope custom_domain nfsv3_enabled",
        ),
        ...harmless(
          "primary_access_key secondary_access_key primary_connection_string secondary_connection_string primary_blob_connection_string secondary_blob_connection_string primary_blob_endpoint primary_blob_host primary_location secondary_location primary_web_endpoint primary_web_host",
        ),
      },
    },
    azurerm_storage_container: {
      ...holds("container", "its blobs"),
      arguments: {
        container_access_type: opens(["blob", "container"], exposes("Lets everybody read the container")),
        ...harmless("metadata has_immutability_policy has_legal_hold resource_manager_id"),
      },
    },
    azurerm_storage_blob: {
      ...holds("blob", "what it says"),
      arguments: harmless("content_md5 source source_content content_type url access_tier metadata cache_control"),
    },
    azurerm_storage_share: {
      ...holds("share", "its files"),
      arguments: {
        quota: less(lessCapacity("Gives it less")),
        ...toRead("acl access_tier"),
        ...harmless("metadata url resource_manager_id"),
      },
    },
    azurerm_storage_queue: { ...holds("queue", "its messages"), arguments: harmless("metadata") },
    azurerm_storage_table: { ...holds("table"), arguments: toRead("acl") },
    azurerm_storage_management_policy: {
      ...sets(
        "lifecycle rules",
        onExisting(["storage_account_id"], {
          ...look("Deletes or moves data that is there when it is old enough"),
          kind: "deletes-sooner",
          outage: "data loss",
        }),
      ),
      arguments: {
        rule: either(
          when(
            ({ path, before: old, after: now }) =>
              /prefix_match|match_blob_index_tag/.test(path) && old !== undefined && now === undefined,
            { ...cutsOff("Deletes more data: a rule loses its filter"), kind: "loses-data", outage: "data loss" },
          ),
          when(
            ({ path, before: old, after: now }) =>
              /delete_after/.test(path) && Number(now) < Number(old ?? Number.POSITIVE_INFINITY),
            { ...look("Deletes data sooner"), kind: "deletes-sooner", outage: "data loss" },
          ),
          when(({ path }) => !/delete_after/.test(path), look("Changes which data is deleted or moved")),
        ),
      },
    },
    azurerm_storage_account_network_rules: {
      ...guards("network rules", "Removes the network rules: every address may come"),
      arguments: {
        default_action: {
          changed: rulesOfNetwork("storage account"),
          whenNew: when(({ after: now }) => now === "Allow", exposes("Lets every address come")),
        },
        ...each("ip_rules virtual_network_subnet_ids bypass private_link_access", rulesOfNetwork("storage account")),
      },
    },
    azurerm_managed_disk: {
      ...holds("disk"),
      arguments: {
        disk_size_gb: less(lessCapacity("Makes this disk smaller")),
        ...toRead(
          "storage_account_type network_access_policy public_network_access_enabled tier disk_iops_read_write disk_mbps_read_write",
        ),
      },
    },
    azurerm_recovery_services_vault: {
      ...holds("vault", "the backups in it"),
      arguments: {
        soft_delete_enabled: off(weakens("Lets backups be deleted for good")),
        immutability: any(look("Changes whether backups can be deleted")),
        ...toRead(
          "storage_mode_type cross_region_restore_enabled identity sku encryption monitoring public_network_access_enabled",
        ),
      },
    },
    azurerm_backup_policy_vm: {
      ...guards("backup policy", "Makes no backups any more"),
      arguments: {
        ...each(
          "retention_daily retention_weekly retention_monthly retention_yearly",
          less({ ...look("Keeps backups for less time"), kind: "deletes-sooner", outage: "data loss" }),
        ),
        ...toRead("backup instant_restore_retention_days timezone tiering_policy"),
      },
    },
    azurerm_backup_protected_vm: {
      ...guards("backup", "Makes no backups of this machine any more"),
      arguments: {
        protection_state: any(look("Changes whether backups are made")),
        ...toRead("backup_policy_id exclude_disk_luns include_disk_luns"),
      },
    },
  },
};
