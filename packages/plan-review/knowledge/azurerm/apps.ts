import { cutsOff, exposes, lessCapacity, look, weakens, weakensABit } from "../../effects/effect";
import { any, each, either, harmless, isEverybody, less, off, read, tlsVersion, toRead, when } from "../arguments";
import { image } from "../images";
import type { Arguments, Service } from "../knowledge";
import { guards, serves } from "../roles";
import { publicNetwork } from "./shared";

const app: Arguments = {
  https_only: off({ ...weakens("Serves without encryption, too"), verdict: "look" }),
  enabled: off(cutsOff("Switches the app off")),
  ...publicNetwork,
  app_settings: (place) =>
    place.before === undefined
      ? undefined
      : look(place.after === undefined ? `Removes a setting (${place.path})` : `Changes a setting (${place.path})`),
  "site_config.application_stack": (place) =>
    /docker_image|tag/.test(place.path)
      ? image(place)
      : look(`Runs on another version of its language (${place.path})`),
  ...each(
    "site_config.ip_restriction site_config.scm_ip_restriction",
    either(
      when(
        ({ path, after: now }) => /ip_address$/.test(path) && isEverybody(now),
        exposes("Lets every address come to the app"),
      ),
      when(
        ({ path, before: old, after: now }) =>
          /\.ip_address$|restriction$/.test(path) && old !== undefined && now === undefined,
        exposes("Lets more addresses come to the app: a restriction is removed"),
      ),
      any(look("Changes who comes to the app")),
    ),
  ),
  "site_config.minimum_tls_version": tlsVersion,
  "site_config.ftps_state": when(
    ({ after: now }) => now === "AllAllowed",
    weakensABit("Accepts files without encryption"),
  ),
  auth_settings: either(
    when(({ path, after: now }) => /enabled$/.test(path) && now !== true, exposes("Asks for no login any more")),
    read,
  ),
  auth_settings_v2: either(
    when(
      ({ path, before: old, after: now }) =>
        /(auth_enabled|require_authentication)$/.test(path) && old === true && now !== true,
      exposes("Asks for no login any more"),
    ),
    read,
  ),
  connection_string: any(look("Changes how the app reaches its database")),
  ...toRead(
    "site_config identity logs backup sticky_settings storage_account service_plan_id virtual_network_subnet_id client_certificate_enabled client_certificate_mode client_affinity_enabled ftp_publish_basic_authentication_enabled webdeploy_publish_basic_authentication_enabled zip_deploy_file key_vault_reference_identity_id builtin_logging_enabled functions_extension_version content_share_force_disabled daily_memory_time_quota storage_account_name storage_account_access_key vnet_image_pull_enabled",
  ),
  ...harmless(
    "default_hostname outbound_ip_addresses outbound_ip_address_list possible_outbound_ip_addresses possible_outbound_ip_address_list site_credential custom_domain_verification_id hosting_environment_id kind",
  ),
};

export const apps: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app",
  types: {
    azurerm_web_application_firewall_policy: {
      ...guards("web filter", "Deletes the web filter"),
      arguments: {
        policy_settings: either(
          when(
            ({ path, before: old, after: now }) =>
              (/enabled$/.test(path) && old === true && now !== true) || now === "Detection",
            weakens("Stops nothing any more of what it filters"),
          ),
          read,
        ),
        ...toRead("custom_rules managed_rules"),
        ...harmless("http_listener_ids path_based_rule_ids"),
      },
    },
    azurerm_service_plan: {
      ...serves("plan", undefined, "every app on it"),
      arguments: {
        ...each("worker_count maximum_elastic_worker_count", less(lessCapacity("Runs fewer"))),
        sku_name: any(look("Runs apps on other machines")),
        ...toRead("per_site_scaling_enabled zone_balancing_enabled premium_plan_auto_scale_enabled"),
        ...harmless("kind reserved"),
      },
    },
    ...Object.fromEntries(
      [
        "linux_web_app",
        "windows_web_app",
        "linux_function_app",
        "windows_function_app",
        "app_service",
        "linux_web_app_slot",
        "logic_app_standard",
      ].map((type) => [`azurerm_${type}`, { ...serves("app", undefined, "what it serves"), arguments: app }]),
    ),
    azurerm_static_web_app: {
      ...serves("web site"),
      arguments: toRead(
        "app_settings sku_tier sku_size basic_auth public_network_access_enabled configuration_file_changes_enabled preview_environments_enabled",
      ),
    },
  },
};
