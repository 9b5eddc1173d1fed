import { list } from "../../classify/meaning";
import { after, cutsOff, drains, exposes, givesAccess, look, weakens, words } from "../../effects/effect";
import { isAttachedToNew } from "../../effects/targets";
import { at } from "../../read/plan";
import { any, each, either, fewer, harmless, isEverybody, off, read, shown, toRead, when } from "../arguments";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { guards, isKnownBy, on as onExisting, serves, sets } from "../roles";

type Change = Parameters<typeof after>[0];

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

export const network: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_firewall",
  types: {
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
        private_ip_google_access: off(cutsOff("Removes the private way to Google's APIs")),
        log_config: fewer(weakens("Stops recording who talks to whom")),
        secondary_ip_range: either(fewer(cutsOff("Removes a range")), read),
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
        nat_ips: either(fewer(cutsOff("Removes a public address: others may admit it by name")), read),
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
              backend: either(fewer(cutsOff("Removes a backend")), any(drains("Changes what answers"))),
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
      created: (change) =>
        ["MX", "NS", "CAA", "DS", "SOA"].includes(words(after(change, "type"))) ||
        words(after(change, "name")).startsWith("*")
          ? look(`Speaks for a whole domain (${words(after(change, "type"))} of ${words(after(change, "name"))})`)
          : undefined,
      arguments: { rrdatas: any(drains("Leads a name elsewhere")), ttl: undefined, ...toRead("routing_policy") },
    },
    google_dns_policy: {
      ...sets("DNS policy"),
      arguments: toRead("alternative_name_server_config enable_inbound_forwarding enable_logging networks"),
    },
  },
};
