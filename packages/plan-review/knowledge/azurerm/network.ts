import { list } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  drains,
  type Effect,
  exposes,
  givesAccess,
  look,
  weakens,
  words,
} from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
import {
  any,
  each,
  either,
  fewer,
  further,
  harmless,
  isEverybody,
  off,
  read,
  tlsVersion,
  toRead,
  when,
} from "../arguments";
import type { Meaning, Place, Service, WithNew } from "../knowledge";
import { guards, isKnownBy, on as onExisting, serves } from "../roles";
import type { Change } from "./shared";

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
const inlineRule: WithNew = {
  changed: (place) =>
    openedInline(place) ??
    (place.before === undefined
      ? givesAccess(`Lets more come in (${place.path})`)
      : cutsOff(`Changes or removes a rule: what came in by it is cut off (${place.path})`)),
  whenNew: openedInline,
};

function openedInline({ path, after: now, change }: Place): Effect | undefined {
  if (!/source_address_prefix(es)?(\[\])?$/.test(path) || !isEverybody(now)) return undefined;
  const block = path.slice(0, path.lastIndexOf(".source") + 1);
  const beside = (name: string) =>
    change.differences.filter((each) => each.path.startsWith(block + name)).map((each) => words(each.after));
  const isNewRule = beside("access").length > 0;
  if (isNewRule && (beside("access").includes("Deny") || beside("direction").includes("Outbound"))) return undefined;
  const ports = beside("destination_port_range");
  const isWeb = ports.length > 0 && ports.every((port) => port === "80" || port === "443");
  const effect = exposes(
    `Lets every address come in${ports.length > 0 ? ` on port ${ports.join(", ")}` : ""}`,
    "name the addresses that need it",
  );
  return isWeb ? { ...effect, verdict: "look" } : effect;
}

export const network: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/network_security_rule",
  types: {
    azurerm_virtual_network: {
      ...serves("network", undefined, "everything in it"),
      arguments: {
        address_space: either(fewer(cutsOff("Removes a range from the network")), read),
        dns_servers: any(drains("Gives machines other name servers")),
        subnet: read,
        ...toRead("ddos_protection_plan encryption flow_timeout_in_minutes bgp_community"),
        ...harmless("guid"),
      },
    },
    azurerm_subnet: {
      ...serves("subnet", undefined, "what is in it"),
      arguments: {
        service_endpoints: either(fewer(cutsOff("Removes the private way to a service")), read),
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
          any(drains("Removes a machine's public address")),
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
      deleted: cutsOff("Removes a zone from a network: its names no longer resolve there"),
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
        ssl_policy: tlsVersion,
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
    azurerm_cdn_frontdoor_firewall_policy: {
      ...guards("web filter", "Deletes the web filter"),
      arguments: {
        mode: when(({ after: now }) => now === "Detection", weakens("Stops nothing any more of what it filters")),
        enabled: off(weakens("Switches the web filter off")),
        ...toRead("custom_rule managed_rule custom_block_response_body custom_block_response_status_code redirect_url"),
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
  },
};
