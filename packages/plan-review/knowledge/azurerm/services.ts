import { list } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  drains,
  type Effect,
  exposes,
  givesAccess,
  givesControl,
  lessCapacity,
  look,
  restarts,
  weakens,
  weakensABit,
  words,
} from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
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
  none,
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
import {
  alerts,
  grants,
  guards,
  hasNoState,
  holds,
  isKnownBy,
  on as onExisting,
  runs,
  serves,
  sets,
  worksAs,
} from "../roles";

type Change = Parameters<typeof after>[0];

/** True is the provider's default, and is not an exposure of something new. */
const publicNetwork: Arguments = {
  public_network_access_enabled: either(
    on(exposes("Exposes it to the internet: public network access is switched on")),
    off(cutsOff("Refuses who comes over the internet")),
  ),
};

const rulesOfNetwork = (what: string) =>
  either(
    when(
      ({ path, after: now }) => /default_action$/.test(path) && now === "Allow",
      exposes(`Exposes this ${what} to the internet: every address may come`),
    ),
    when(
      ({ path, before: old, after: now }) => /default_action$/.test(path) && old === "Allow" && now === "Deny",
      cutsOff(`Refuses every address that is not named, of this ${what}`),
    ),
    when(
      ({ path, before: old, after: now }) => /default_action$/.test(path) && old === "Deny" && now === undefined,
      exposes(`Exposes this ${what} to the internet: its network rules are removed`),
    ),
    when(({ path, after: now }) => /ip_rules/.test(path) && isEverybody(now), exposes("Lets every address come")),
    fewer(cutsOff("Refuses an address or a network that came before")),
    any(givesAccess("Lets more addresses or networks come")),
  );

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const wideRoles = new Map([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
]);

function roleIn(change: Change, read = after): string {
  const id = words(read(change, "role_definition_id")).split("/").at(-1) ?? "";
  const name = read(change, "role_definition_name");
  return typeof name === "string" && name !== "" ? name : (wideRoles.get(id) ?? `role ${id}`);
}

/** Of the resource group or the subscription. */
const newAssignment: Meaning = (change, subject) => {
  const role = roleIn(change);
  const isWide = [...wideRoles.values()].includes(role);
  if (isWide && !isAttachedToNew(change, ["scope"], subject)) {
    return givesControl(
      `Gives wide access: ${role} of ${words(after(change, "scope"))}`,
      "give a narrower role, or a narrower scope",
    );
  }
  const isNew = isAttachedToNew(change, ["scope"], subject) || isAttachedToNew(change, ["principal_id"], subject);
  return isNew ? undefined : givesAccess(`Gives ${role} of ${words(after(change, "scope"))}`);
};

const isFromEverybody = (change: Change) =>
  isEverybody(after(change, "source_address_prefix")) ||
  list(after(change, "source_address_prefixes")).some(isEverybody);
const portsOf = (change: Change) =>
  [after(change, "destination_port_range"), ...list(after(change, "destination_port_ranges"))]
    .filter((port) => port !== undefined && port !== null && port !== "")
    .map(words);

/** Of a group, the lowest priority counts; the defaults start at 65000. https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
const newRule: Meaning = (change, subject) => {
  const isOfNew = isAttachedToNew(change, ["network_security_group_name"], subject);
  if (after(change, "direction") === "Outbound") {
    return after(change, "access") === "Deny" &&
      !isOfNew &&
      isEverybody(after(change, "destination_address_prefix")) &&
      portsOf(change).includes("*")
      ? cutsOff("Cuts off what goes out: denies every destination")
      : undefined;
  }
  const ports = portsOf(change);
  if (after(change, "access") === "Deny") {
    if (isOfNew || !isFromEverybody(change)) return undefined;
    const isEverything = ports.includes("*") || ports.length === 0;
    if (isEverything && words(after(change, "source_address_prefix")) !== "Internet")
      return cutsOff("Cuts off what comes in: denies every address and port");
    return isEverything || ports.some((port) => port === "80" || port === "443")
      ? cutsOff("Cuts off the internet")
      : undefined;
  }
  return (
    opened(change) ??
    (isOfNew
      ? undefined
      : givesAccess(`Lets ${words(after(change, "source_address_prefix"))} come in on port ${ports.join(", ")}`))
  );
};

function opened(change: Change): Effect | undefined {
  if (after(change, "direction") !== "Inbound" || after(change, "access") !== "Allow" || !isFromEverybody(change))
    return undefined;
  const ports = portsOf(change);
  const isWeb = ports.length > 0 && ports.every((port) => port === "80" || port === "443");
  const effect = exposes(`Lets the internet come in on port ${ports.join(", ")}`, "name the addresses that need it");
  return isWeb ? { ...effect, verdict: "look" } : effect;
}

function changedRule({ change, path, before: old, after: now }: Place): readonly Effect[] {
  const wasOpen = {
    ...change,
    source: { ...change.source, change: { ...change.source.change, after: change.source.change.before } },
  } as Change;
  const isOpened = opened(change) !== undefined && opened(wasOpen) === undefined;
  if (isOpened) return [opened(change) as Effect];
  if (after(change, "access") === "Deny" && before(change, "access") === "Allow")
    return [cutsOff("Denies what was let in")];
  if (after(change, "access") === "Allow" && before(change, "access") === "Deny")
    return [exposes("Lets in what was denied")];
  if (after(change, "access") === "Deny") return [look(`Denies other traffic (${path})`)];
  return [
    ...(old === undefined || path === "priority" ? [] : [cutsOff(`Cuts off ${words(old)} (${path})`)]),
    ...(now === undefined ? [] : [givesAccess(`Lets more come in (${path}: ${words(now)})`)]),
  ];
}

/** Rules that stand in the group itself. */
const inlineRule = asNew(
  opens(
    (value, { path, change }) =>
      /source_address_prefix(es)?$|source_address_prefix(es)?\[\]$/.test(path) &&
      isEverybody(value) &&
      isInboundAllow(change, path),
    exposes("Lets every address come in", "name the addresses that need it"),
  ),
  either(
    fewer(cutsOff("Changes or removes a rule: what came in by it is cut off")),
    any(givesAccess("Lets more come in")),
  ),
);

function isInboundAllow({ differences, action }: Change, path: string): boolean {
  const block = path.slice(0, path.lastIndexOf(".source") + 1);
  const sayings = differences
    .filter((each) => each.path === `${block}access` || each.path === `${block}direction`)
    .map((each) => words(each.after));
  return action !== "create" || !sayings.some((each) => each === "Deny" || each === "Outbound");
}

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
  ...each("ssl_minimal_tls_version_enforced minimum_tls_version", any(look("Accepts other versions of TLS"))),
  ...publicNetwork,
  authentication: any(drains("Changes how clients log in")),
  ...toRead(
    "auto_grow_enabled maintenance_window identity customer_managed_key storage storage_tier zone create_mode replication_role threat_detection_policy auto_grow",
  ),
  ...harmless("fqdn public_network_access infrastructure_encryption_enabled"),
};

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
  "site_config.minimum_tls_version": any(look("Accepts other versions of TLS")),
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

const virtualMachine: Arguments = {
  ...each("size vm_size", any(restarts("Stops this machine and starts it again"))),
  ...toRead(
    "os_disk identity boot_diagnostics custom_data user_data admin_ssh_key patch_mode patch_assessment_mode additional_capabilities extensions_time_budget network_interface_ids allow_extension_operations license_type priority max_bid_price secret gallery_application vtpm_enabled secure_boot_enabled reboot_setting provision_vm_agent storage_os_disk storage_data_disk storage_image_reference os_profile os_profile_linux_config os_profile_windows_config delete_os_disk_on_termination delete_data_disks_on_termination instances sku upgrade_mode automatic_os_upgrade_policy rolling_upgrade_policy extension network_interface source_image_reference source_image_id scale_in health_probe_id automatic_instance_repair",
  ),
  ...harmless(
    "private_ip_address private_ip_addresses public_ip_address public_ip_addresses virtual_machine_id unique_id",
  ),
};

const lockGone = weakens("Removes a lock: it can be deleted or changed by mistake");

export const services: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs",
  types: {
    azurerm_resource_group: { ...holds("resource group", "everything in it"), arguments: harmless("managed_by") },
    azurerm_management_lock: {
      ...guards("lock", "Removes a lock: it can be deleted or changed by mistake"),
      deleted: lockGone,
      arguments: {
        lock_level: either(
          when(({ before: old }) => old === "ReadOnly", weakens("Locks less")),
          read,
        ),
        ...harmless("notes"),
      },
    },
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
        min_tls_version: any(look("Accepts other versions of TLS")),
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
    azurerm_key_vault: {
      ...holds("key vault", "its keys and secrets, once its time to take that back is over"),
      arguments: {
        access_policy: either(
          fewer(cutsOff("Takes access to keys and secrets away")),
          any(givesAccess("Gives access to keys and secrets")),
        ),
        network_acls: rulesOfNetwork("key vault"),
        ...publicNetwork,
        purge_protection_enabled: off(weakens("Lets keys and secrets be deleted for good")),
        soft_delete_retention_days: less(weakensABit("Leaves less time to take a deletion back")),
        ...each(
          "enable_rbac_authorization rbac_authorization_enabled",
          any(cutsOff("Decides in another way who gets keys and secrets: who has no role, or no policy, is refused")),
        ),
        ...toRead(
          "enabled_for_deployment enabled_for_disk_encryption enabled_for_template_deployment sku_name tenant_id contact",
        ),
        ...harmless("vault_uri"),
      },
    },
    azurerm_key_vault_access_policy: {
      ...grants(
        "access policy",
        "keys and secrets are refused to somebody",
        onExisting(["key_vault_id"], givesAccess("Gives access to keys and secrets")),
      ),
      arguments: each(
        "secret_permissions key_permissions certificate_permissions storage_permissions",
        either(
          fewer(cutsOff("Takes access to keys and secrets away")),
          any(givesAccess("Gives access to keys and secrets")),
        ),
      ),
    },
    azurerm_key_vault_secret: {
      ...holds("secret", "its value"),
      arguments: {
        value: any(drains("Changes the secret's value: who keeps the old one is refused")),
        ...toRead("expiration_date not_before_date content_type value_wo value_wo_version"),
        ...harmless("version versionless_id resource_id resource_versionless_id"),
      },
    },
    azurerm_key_vault_key: {
      ...holds("key", "access to what it encrypted"),
      arguments: {
        ...toRead("key_opts rotation_policy expiration_date not_before_date"),
        ...harmless("version versionless_id e n public_key_openssh public_key_pem resource_id resource_versionless_id"),
      },
    },
    azurerm_key_vault_certificate: {
      ...holds("certificate", "its private key"),
      arguments: toRead("certificate certificate_policy"),
    },
    azurerm_role_assignment: {
      ...grants("role assignment", "a role", newAssignment),
      deleted: (change) => cutsOff(`Takes access away: ${roleIn(change, before)} of ${words(before(change, "scope"))}`),
      arguments: toRead("condition description"),
    },
    azurerm_role_definition: {
      ...sets("role"),
      deleted: cutsOff("Deletes a role: who has it is refused"),
      arguments: {
        permissions: either(fewer(cutsOff("Takes a permission away")), any(givesAccess("Gives a permission"))),
        ...toRead("assignable_scopes"),
        ...harmless("description name"),
      },
    },
    azurerm_user_assigned_identity: {
      ...worksAs("identity"),
      arguments: harmless("client_id principal_id tenant_id"),
    },
    azurerm_federated_identity_credential: {
      ...grants("credential", "who logs in by it is refused", givesAccess("Lets somebody outside be this identity")),
      arguments: toRead("audience issuer subject"),
    },
    azurerm_policy_assignment: {
      ...guards("policy", "Applies a policy no more"),
      created: look("Applies a policy to what is there"),
      arguments: toRead("parameters enforce"),
    },
    azurerm_virtual_network: {
      ...serves("network", undefined, "everything in it"),
      arguments: {
        address_space: either(fewer(cutsOff("Takes a range away from the network")), read),
        dns_servers: any(drains("Gives machines other name servers")),
        subnet: read,
        ...toRead("ddos_protection_plan encryption flow_timeout_in_minutes bgp_community"),
        ...harmless("guid"),
      },
    },
    azurerm_subnet: {
      ...serves("subnet", undefined, "what is in it"),
      arguments: {
        service_endpoints: either(fewer(cutsOff("Takes the private way to a service away")), read),
        ...toRead(
          "address_prefixes delegation private_endpoint_network_policies private_endpoint_network_policies_enabled private_link_service_network_policies_enabled service_endpoint_policy_ids default_outbound_access_enabled enforce_private_link_endpoint_network_policies",
        ),
      },
    },
    azurerm_network_security_group: {
      ...serves("network security group", undefined, "traffic that its rules let in"),
      arguments: { security_rule: inlineRule },
    },
    azurerm_network_security_rule: {
      ...guards("rule", "Removes a rule"),
      created: newRule,
      deleted: (change) =>
        before(change, "access") === "Deny"
          ? exposes("Lets in what this rule has denied")
          : cutsOff("Cuts off what this rule let in"),
      arguments: {
        ...each(
          "access direction priority protocol source_address_prefix source_address_prefixes source_port_range source_port_ranges destination_address_prefix destination_address_prefixes destination_port_range destination_port_ranges source_application_security_group_ids destination_application_security_group_ids",
          changedRule,
        ),
        ...harmless("description"),
      },
    },
    azurerm_application_security_group: { ...serves("group", undefined, "traffic by its rules"), arguments: {} },
    azurerm_subnet_network_security_group_association: {
      ...guards("security group of a subnet", "Lets everything into the subnet: it has no security group any more"),
      created: onExisting(["subnet_id"], cutsOff("Refuses, in a subnet that is there, what the group does not let in")),
      arguments: {},
    },
    azurerm_network_interface_security_group_association: {
      ...guards("security group of a machine", "Lets everything come to the machine"),
      created: onExisting(["network_interface_id"], cutsOff("Refuses what the group does not let in")),
      arguments: {},
    },
    azurerm_subnet_route_table_association: {
      ...serves("route table of a subnet", undefined, "what goes by it"),
      created: onExisting(["subnet_id"], drains("Gives a subnet that is there other routes")),
      arguments: {},
    },
    azurerm_subnet_nat_gateway_association: {
      ...serves("NAT of a subnet", undefined, "what goes out by it"),
      created: onExisting(["subnet_id"], drains("Gives a subnet another way out")),
      arguments: {},
    },
    azurerm_route_table: {
      ...serves("route table", undefined, "what goes by it"),
      arguments: {
        route: either(
          fewer(cutsOff("Changes or removes a route: what went by it is cut off")),
          any(drains("Leads traffic another way")),
        ),
        ...toRead("disable_bgp_route_propagation bgp_route_propagation_enabled"),
        ...harmless("subnets"),
      },
    },
    azurerm_route: {
      ...serves("route", undefined, "what goes by it"),
      created: onExisting(["route_table_name"], drains("Leads traffic another way")),
      arguments: {
        next_hop_type: either(
          when(({ after: now }) => now === "None", cutsOff("Cuts off what goes by this route: it is dropped")),
          any(cutsOff("Leads traffic another way: what filtered or carried it is passed by")),
        ),
        next_hop_in_ip_address: any(drains("Leads traffic another way")),
        address_prefix: any(cutsOff("Leads other traffic this way, and the old one no more")),
      },
    },
    azurerm_public_ip: {
      ...isKnownBy("public address", "its address"),
      arguments: {
        ...toRead(
          "allocation_method domain_name_label idle_timeout_in_minutes reverse_fqdn ddos_protection_mode ddos_protection_plan_id",
        ),
        ...harmless("fqdn ip_address ip_tags"),
      },
    },
    azurerm_network_interface: {
      ...serves("network interface", undefined, "the machine's connections"),
      arguments: {
        "ip_configuration.public_ip_address_id": either(
          further(exposes("Gives a machine a public address")),
          any(drains("Takes a machine's public address away")),
        ),
        ip_configuration: any(drains("Changes the machine's addresses")),
        ...toRead(
          "dns_servers accelerated_networking_enabled ip_forwarding_enabled enable_ip_forwarding enable_accelerated_networking",
        ),
        ...harmless("private_ip_address private_ip_addresses mac_address virtual_machine_id applied_dns_servers"),
      },
    },
    azurerm_nat_gateway: {
      ...serves("NAT gateway", undefined, "what goes out by it"),
      arguments: toRead("idle_timeout_in_minutes sku_name"),
    },
    azurerm_nat_gateway_public_ip_association: {
      ...serves("address of a NAT gateway", undefined, "who admits it by name"),
      arguments: {},
    },
    azurerm_virtual_network_peering: {
      ...serves("peering", undefined, "traffic between the networks"),
      created: onExisting(["virtual_network_name"], { ...exposes("Joins another network"), verdict: "look" }),
      arguments: toRead(
        "allow_forwarded_traffic allow_gateway_transit allow_virtual_network_access use_remote_gateways",
      ),
    },
    azurerm_private_endpoint: {
      ...serves("private endpoint", undefined, "who reaches the service by it"),
      arguments: toRead("private_dns_zone_group private_service_connection ip_configuration"),
    },
    azurerm_private_dns_zone: {
      ...serves("zone", undefined, "finding its names"),
      arguments: {
        soa_record: read,
        ...harmless("max_number_of_record_sets number_of_record_sets max_number_of_virtual_network_links"),
      },
    },
    azurerm_private_dns_zone_virtual_network_link: {
      ...serves("zone in a network", undefined, "finding its names"),
      deleted: cutsOff("Takes a zone out of a network: its names are not found there any more"),
      created: onExisting(
        ["virtual_network_id"],
        look("Answers for the zone inside a network that is there: names that it lacks are not found"),
      ),
      arguments: toRead("registration_enabled resolution_policy"),
    },
    azurerm_dns_zone: {
      ...isKnownBy("zone", "its name servers"),
      arguments: { soa_record: read, ...harmless("name_servers number_of_record_sets max_number_of_record_sets") },
    },
    ...Object.fromEntries(
      ["dns", "private_dns"].flatMap((zone) =>
        ["a", "aaaa", "cname", "mx", "ns", "ptr", "srv", "txt", "caa"].map((type) => [
          `azurerm_${zone}_${type}_record`,
          {
            ...serves("name", undefined, "finding it"),
            created: ["mx", "ns", "caa"].includes(type)
              ? look(`Speaks for a whole domain (${type.toUpperCase()})`)
              : (change: Change) =>
                  words(after(change, "name")).startsWith("*")
                    ? look("Answers for every name that is not there")
                    : undefined,
            arguments: {
              ...each("record records target_resource_id", any(drains("Leads a name elsewhere"))),
              ...harmless("ttl fqdn"),
            },
          },
        ]),
      ),
    ),
    azurerm_lb: {
      ...serves("load balancer", undefined, "all traffic through it"),
      arguments: {
        frontend_ip_configuration: any(drains("Changes its addresses")),
        ...harmless("private_ip_address private_ip_addresses"),
      },
    },
    azurerm_lb_rule: {
      ...serves("rule of a load balancer", undefined, "traffic by it"),
      arguments: toRead(
        "backend_port frontend_port protocol probe_id backend_address_pool_ids idle_timeout_in_minutes load_distribution disable_outbound_snat frontend_ip_configuration_name enable_floating_ip enable_tcp_reset",
      ),
    },
    azurerm_lb_probe: {
      ...serves("health probe", undefined, "traffic to what it checks"),
      arguments: toRead("port protocol request_path interval_in_seconds number_of_probes probe_threshold"),
    },
    azurerm_lb_backend_address_pool: {
      ...serves("backend of a load balancer", undefined, "traffic to it"),
      arguments: {},
    },
    azurerm_application_gateway: {
      ...serves("gateway", undefined, "all traffic through it"),
      arguments: {
        waf_configuration: either(
          when(
            ({ path, before: old, after: now }) =>
              (/enabled$/.test(path) && old === true && now !== true) || now === "Detection",
            weakens("Filters nothing any more"),
          ),
          read,
        ),
        firewall_policy_id: either(fewer(weakens("Filters nothing any more")), read),
        ...each(
          "http_listener request_routing_rule backend_address_pool backend_http_settings probe url_path_map",
          any(drains("Leads requests elsewhere")),
        ),
        ssl_policy: any(look("Accepts other versions of TLS")),
        ...toRead(
          "sku autoscale_configuration frontend_ip_configuration frontend_port gateway_ip_configuration identity ssl_certificate rewrite_rule_set redirect_configuration zones enable_http2 trusted_root_certificate global custom_error_configuration",
        ),
        ...harmless("private_endpoint_connection"),
      },
    },
    azurerm_firewall: {
      ...serves("firewall", undefined, "all traffic through it"),
      arguments: {
        threat_intel_mode: any(look("Stops other traffic")),
        ...toRead("firewall_policy_id dns_servers dns_proxy_enabled ip_configuration sku_tier zones private_ip_ranges"),
      },
    },
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
    azurerm_cdn_frontdoor_firewall_policy: {
      ...guards("web filter", "Deletes the web filter"),
      arguments: {
        mode: when(({ after: now }) => now === "Detection", weakens("Stops nothing any more of what it filters")),
        enabled: off(weakens("Switches the web filter off")),
        ...toRead("custom_rule managed_rule custom_block_response_body custom_block_response_status_code redirect_url"),
      },
    },
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
    ...Object.fromEntries(
      ["linux_virtual_machine", "windows_virtual_machine", "virtual_machine"].map((type) => [
        `azurerm_${type}`,
        { ...runs("machine", "its disk"), arguments: virtualMachine },
      ]),
    ),
    ...Object.fromEntries(
      [
        "linux_virtual_machine_scale_set",
        "windows_virtual_machine_scale_set",
        "orchestrated_virtual_machine_scale_set",
      ].map((type) => [
        `azurerm_${type}`,
        {
          ...runs("group of machines", "their disks"),
          arguments: {
            ...virtualMachine,
            instances: either(
              none(cutsOff("Stops every machine of the group")),
              less(lessCapacity("Runs fewer machines")),
            ),
          },
        },
      ]),
    ),
    azurerm_availability_set: { ...sets("availability set"), arguments: {} },
    azurerm_managed_disk: {
      ...holds("disk"),
      arguments: {
        disk_size_gb: less(lessCapacity("Makes this disk smaller")),
        ...toRead(
          "storage_account_type network_access_policy public_network_access_enabled tier disk_iops_read_write disk_mbps_read_write",
        ),
      },
    },
    azurerm_virtual_machine_data_disk_attachment: {
      ...serves("disk's attachment", undefined, "what uses the disk"),
      arguments: toRead("caching write_accelerator_enabled"),
    },
    azurerm_virtual_machine_extension: {
      ...sets(
        "extension of a machine",
        onExisting(["virtual_machine_id"], look("Runs something on a machine that is there")),
      ),
      arguments: toRead(
        "settings protected_settings type_handler_version auto_upgrade_minor_version automatic_upgrade_enabled",
      ),
    },
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
        minimum_tls_version: any(look("Accepts other versions of TLS")),
        ...toRead(
          "redis_configuration patch_schedule sku_name family redis_version replicas_per_master shard_count identity access_keys_authentication_enabled",
        ),
        ...harmless(
          "hostname port ssl_port primary_access_key secondary_access_key primary_connection_string secondary_connection_string",
        ),
      },
    },
    azurerm_servicebus_namespace: {
      ...holds("Service Bus", "its messages"),
      arguments: {
        ...publicNetwork,
        network_rule_set: rulesOfNetwork("Service Bus"),
        local_auth_enabled: off(cutsOff("Refuses who comes with a key")),
        ...toRead("sku capacity minimum_tls_version premium_messaging_partitions identity customer_managed_key"),
        ...harmless(
          "endpoint default_primary_connection_string default_primary_key default_secondary_connection_string default_secondary_key",
        ),
      },
    },
    ...Object.fromEntries(
      ["queue", "topic", "subscription"].map((type) => [
        `azurerm_servicebus_${type}`,
        {
          ...holds(type, "its messages"),
          arguments: {
            default_message_ttl: any({
              ...look("Keeps messages for another time: what is older is lost"),
              kind: "deletes-sooner",
              outage: "data loss",
            }),
            status: off(cutsOff("Takes, or gives, no messages any more")),
            dead_lettering_on_message_expiration: off(look("Keeps no longer what nobody has taken")),
            ...toRead(
              "lock_duration max_delivery_count max_size_in_megabytes auto_delete_on_idle forward_to forward_dead_lettered_messages_to batched_operations_enabled duplicate_detection_history_time_window_in_minutes requires_session support_ordering max_message_size_in_kilobytes express_enabled partitioning_enabled",
            ),
            ...harmless("namespace_name resource_group_name requires_duplicate_detection"),
          },
        },
      ]),
    ),
    azurerm_eventhub_namespace: {
      ...holds("Event Hubs", "their events"),
      arguments: {
        ...publicNetwork,
        network_rulesets: rulesOfNetwork("Event Hubs"),
        ...toRead(
          "sku capacity auto_inflate_enabled maximum_throughput_units minimum_tls_version local_authentication_enabled identity",
        ),
        ...harmless(
          "default_primary_connection_string default_primary_key default_secondary_connection_string default_secondary_key",
        ),
      },
    },
    azurerm_eventhub: {
      ...holds("event hub", "its events"),
      arguments: {
        message_retention: retention("events"),
        partition_count: read,
        ...toRead("capture_description status retention_description"),
        ...harmless("partition_ids"),
      },
    },
    azurerm_eventhub_consumer_group: {
      ...serves("consumer group", undefined, "who reads by it"),
      arguments: harmless("user_metadata"),
    },
    azurerm_log_analytics_workspace: {
      ...holds("log workspace", "every line in it"),
      arguments: {
        retention_in_days: retention("lines"),
        daily_quota_gb: less(look("Records less a day")),
        ...toRead(
          "internet_ingestion_enabled internet_query_enabled sku local_authentication_disabled identity reservation_capacity_in_gb_per_day cmk_for_query_forced allow_resource_only_permissions",
        ),
        ...harmless("primary_shared_key secondary_shared_key workspace_id"),
      },
    },
    azurerm_application_insights: {
      ...holds("telemetry", "what was recorded"),
      arguments: {
        retention_in_days: retention("records"),
        ...toRead(
          "sampling_percentage daily_data_cap_in_gb workspace_id disable_ip_masking local_authentication_disabled internet_ingestion_enabled internet_query_enabled",
        ),
        ...harmless("app_id connection_string instrumentation_key daily_data_cap_notifications_disabled"),
      },
    },
    ...Object.fromEntries(
      [
        "metric_alert",
        "activity_log_alert",
        "scheduled_query_rules_alert_v2",
        "scheduled_query_rules_alert",
        "smart_detector_alert_rule",
      ].map((type) => [
        `azurerm_monitor_${type}`,
        {
          ...alerts("alert"),
          arguments: {
            enabled: off({ ...look("Alerts nobody"), kind: "alerts-less" }),
            action: fewer({ ...look("Alerts fewer people"), kind: "alerts-less" }),
            ...toRead(
              "criteria dynamic_criteria frequency window_size severity scopes auto_mitigate evaluation_frequency window_duration target_resource_type",
            ),
            ...harmless("description display_name"),
          },
        },
      ]),
    ),
    azurerm_monitor_action_group: {
      ...alerts("group of people"),
      arguments: {
        enabled: off({ ...look("Alerts nobody"), kind: "alerts-less" }),
        ...each(
          "email_receiver sms_receiver webhook_receiver voice_receiver azure_app_push_receiver itsm_receiver logic_app_receiver azure_function_receiver arm_role_receiver event_hub_receiver",
          either(fewer({ ...look("Alerts fewer people"), kind: "alerts-less" }), read),
        ),
        ...harmless("short_name location"),
      },
    },
    azurerm_monitor_diagnostic_setting: {
      ...guards("record", "Stops recording what happens"),
      arguments: {
        ...each("enabled_log log metric enabled_metric", fewer(weakens("Records less of what happens"))),
        ...toRead("log_analytics_workspace_id storage_account_id eventhub_name log_analytics_destination_type"),
      },
    },
    azurerm_monitor_log_profile: {
      ...guards("record", "Stops recording who changes what"),
      arguments: { retention_policy: read, ...toRead("categories locations storage_account_id servicebus_rule_id") },
    },
    azurerm_security_center_subscription_pricing: {
      ...guards("Defender", "Watches less for attacks"),
      arguments: {
        tier: when(({ after: now }) => now === "Free", weakens("Switches Defender off: attacks are not noticed")),
        ...toRead("subplan extension"),
      },
    },
    azurerm_network_watcher_flow_log: {
      ...guards("flow log", "Stops recording who talks to whom"),
      arguments: {
        enabled: off(weakens("Stops recording who talks to whom")),
        retention_policy: read,
        ...toRead("traffic_analytics version"),
      },
    },
    ...Object.fromEntries(
      ["resource_group", "subscription", "management_group"].map((scope) => [
        `azurerm_consumption_budget_${scope}`,
        { ...alerts("budget"), arguments: harmless("amount notification time_grain time_period filter etag") },
      ]),
    ),
    azurerm_portal_dashboard: { ...hasNoState("dashboard"), arguments: harmless("dashboard_properties") },
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
    azurerm_virtual_wan: {
      ...serves("WAN", undefined, "traffic by it"),
      arguments: toRead("allow_branch_to_branch_traffic disable_vpn_encryption type"),
    },
    azurerm_virtual_hub: {
      ...serves("hub", undefined, "traffic by it"),
      arguments: toRead("route hub_routing_preference"),
    },
    azurerm_express_route_circuit: {
      ...serves("circuit", undefined, "traffic by it"),
      arguments: toRead("bandwidth_in_mbps sku allow_classic_operations"),
    },
    ...directory(),
  },
};

/** https://registry.terraform.io/providers/hashicorp/azuread/latest/docs */
function directory(): Service["types"] {
  const isForAll = (change: Change) =>
    list(after(change, "conditions")).some((each) => JSON.stringify(each).includes('"All"'));
  return {
    azuread_conditional_access_policy: {
      ...guards(
        "rule for logging in",
        "Removes a rule for logging in: what it asked for, or refused, is not any more",
        (change) => {
          if (after(change, "state") !== "enabled") return undefined;
          const blocks = JSON.stringify(after(change, "grant_controls") ?? null).includes('"block"');
          if (blocks)
            return cutsOff(
              `Blocks logins${isForAll(change) ? " of everybody" : ""}, administrators included if nobody excludes them`,
              "report only first, and exclude an emergency account",
            );
          return look("Asks more of people who log in");
        },
      ),
      arguments: {
        state: either(
          when(
            ({ before: old, after: now }) => old === "enabled" && now !== "enabled",
            weakens("Switches a rule for logging in off"),
          ),
          any(cutsOff("Switches a rule for logging in on")),
        ),
        ...toRead("conditions grant_controls session_controls"),
        ...harmless("display_name"),
      },
    },
    azuread_application: {
      ...isKnownBy("application", "its id"),
      arguments: {
        ...toRead(
          "api app_role required_resource_access web single_page_application public_client optional_claims sign_in_audience identifier_uris owners group_membership_claims fallback_public_client_enabled feature_tags",
        ),
        ...harmless(
          "display_name description logo_url notes client_id object_id publisher_domain disabled_by_microsoft oauth2_permission_scope_ids app_role_ids application_id",
        ),
      },
    },
    azuread_service_principal: {
      ...worksAs("service principal"),
      arguments: {
        account_enabled: off(cutsOff("Disables this account: what works with it is refused")),
        ...toRead("app_role_assignment_required owners feature_tags"),
        ...harmless("description notes object_id"),
      },
    },
    ...Object.fromEntries(
      [
        "application_password",
        "service_principal_password",
        "application_certificate",
        "service_principal_certificate",
      ].map((type) => [
        `azuread_${type}`,
        { ...grants("password", "who uses this password or certificate is refused"), arguments: {} },
      ]),
    ),
    azuread_application_federated_identity_credential: {
      ...grants("credential", "who logs in by it is refused", givesAccess("Lets somebody outside be this application")),
      arguments: toRead("subject audiences issuer description"),
    },
    azuread_group: {
      ...grants("group", "its members lose what the group may"),
      arguments: {
        members: either(
          fewer(cutsOff("Takes somebody out of the group")),
          any(givesAccess("Puts somebody into the group")),
        ),
        owners: read,
        ...toRead("dynamic_membership"),
        ...harmless("display_name description object_id mail proxy_addresses"),
      },
    },
    azuread_group_member: {
      ...grants(
        "group membership",
        "a member leaves the group",
        onExisting(["group_object_id"], givesAccess("Puts somebody into a group")),
      ),
      arguments: {},
    },
    azuread_user: {
      ...grants("user", "deletes this user"),
      arguments: {
        account_enabled: off(cutsOff("Disables this user")),
        password: any(drains("Changes the password")),
        ...harmless("display_name job_title department office_location mobile_phone object_id"),
      },
    },
    azuread_directory_role_assignment: {
      ...grants(
        "administrator's role",
        "somebody is no longer an administrator",
        givesControl("Makes somebody an administrator of the directory"),
      ),
      arguments: {},
    },
    azuread_app_role_assignment: {
      ...grants(
        "role",
        "somebody loses a role in an application",
        givesAccess("Gives somebody a role in an application"),
      ),
      arguments: {},
    },
  };
}
