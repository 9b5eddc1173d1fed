import { isEmpty } from "../../classify/meaning";
import {
  after,
  before,
  cutsOff,
  drains,
  exposes,
  interrupts,
  look,
  unknownAfter,
  weakens,
  words,
} from "../../effects/effect";
import { isOfDeleted } from "../../effects/targets";
import type { Json } from "../../read/plan";
import { any, either, fewer, harmless, later, off, on, opens, read, toRead, when } from "../arguments";
import type { Arguments, Meaning, Place, Service } from "../knowledge";
import { grants, guards, hasNoState, isKnownBy, on as onExisting, serves, sets } from "../roles";
import { policy } from "./policies/effects";

type Change = Parameters<typeof after>[0];

const beside = "add new ones beside the old, move what runs there, then remove the old ones";

/** What several resources together say stands in `reach/`, as far as it is known. */
const reached = (place: Place) => (place.isLater ? later(place) : undefined);

const isEverywhere = (range: Json | undefined) => range === "0.0.0.0/0" || range === "::/0";

/** A VPC has at most 65,536 addresses. */
function isLargerThanVpc(range: Json | undefined): boolean {
  const [, bits] = /^[\d.]+\/(\d+)$/.exec(words(range)) ?? [];
  return bits !== undefined && Number(bits) < 16;
}

const newRoute: Meaning = onExisting(["route_table_id"], (change) => {
  const [four, six] = [after(change, "destination_cidr_block"), after(change, "destination_ipv6_cidr_block")];
  if (isEverywhere(four) || isEverywhere(six)) return drains("Gives what uses the route table another way out");
  return isLargerThanVpc(four) ? drains(`Leads ${words(four)}, more than one network, another way`) : undefined;
});

/** AWS's own rule that allows everything is number 100, and the lowest number counts. https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
const newAclRule: Meaning = onExisting(["network_acl_id"], (change) => {
  const isAll = ["-1", "all"].includes(words(after(change, "protocol")));
  const isAny = ["cidr_block", "ipv6_cidr_block"].some((each) => isEverywhere(after(change, each)));
  const isFirst = Number(after(change, "rule_number")) <= 100;
  return after(change, "rule_action") === "deny" && isAll && isAny && isFirst
    ? cutsOff(
        "Cuts off the subnets of this network ACL: a rule that counts first denies everything",
        "deny the addresses that are meant",
      )
    : look("Changes what passes into and out of subnets");
});

function isWithout(change: Change, ...names: readonly string[]): boolean {
  return names.every((name) => isEmpty(after(change, name)) && !unknownAfter(change, name));
}

function takesOverDefaults(what: string, ...rules: readonly string[]): Meaning {
  return onExisting(["default_network_acl_id", "default_route_table_id", "vpc_id"], (change) =>
    isWithout(change, ...rules)
      ? cutsOff(`Removes every rule of the VPC's ${what}: what uses it is cut off`, "write down the rules that it has")
      : drains(`Takes over the VPC's ${what}: rules that are not written here are removed`),
  );
}

/** Rules for pages of subnets: only together with what is in them can be said what they do. */
const aclRules: Arguments = {
  ...toRead("ingress egress subnet_ids"),
  ...harmless("owner_id"),
};

const securityGroupRule: Arguments = {
  ...Object.fromEntries(
    [
      "ingress",
      "egress",
      "cidr_blocks",
      "ipv6_cidr_blocks",
      "prefix_list_ids",
      "source_security_group_id",
      "self",
      "cidr_ipv4",
      "cidr_ipv6",
      "prefix_list_id",
      "referenced_security_group_id",
      "ip_protocol",
      "protocol",
      "from_port",
      "to_port",
    ].map((name) => [name, reached]),
  ),
  ...toRead("name vpc_id security_group_id type"),
  ...harmless("security_group_rule_id description revoke_rules_on_delete name_prefix"),
};

const ruleGone: Meaning = undefined;

export const newZone: Meaning = onExisting(["vpc"], (change) =>
  !isEmpty(after(change, "vpc")) && !/\.(internal|local|lan|private|corp)$/.test(words(after(change, "name")))
    ? {
        ...cutsOff(
          `Answers for ${words(after(change, "name"))} inside the VPC: public names that this zone lacks are not found`,
          "copy the public zone's records first",
        ),
        verdict: "look",
        kind: "changes",
      }
    : undefined,
);

export const network: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc",
  types: {
    aws_vpc: {
      ...serves("VPC", beside, "everything in it"),
      arguments: {
        enable_dns_support: off(
          cutsOff("Switches DNS off in this VPC: no name resolves, AWS's own included", "leave it on"),
        ),
        enable_dns_hostnames: off(look("Gives machines no public names any more, and breaks private DNS of endpoints")),
        ...toRead(
          "enable_network_address_usage_metrics assign_generated_ipv6_cidr_block ipv6_cidr_block ipv6_ipam_pool_id instance_tenancy",
        ),
        ...harmless(
          "default_network_acl_id default_route_table_id default_security_group_id dhcp_options_id main_route_table_id ipv6_association_id ipv6_cidr_block_network_border_group",
        ),
      },
    },
    aws_default_vpc: {
      ...sets("default VPC"),
      arguments: toRead("enable_dns_support enable_dns_hostnames force_destroy"),
    },
    aws_vpc_ipv4_cidr_block_association: { ...serves("range of a VPC", beside), arguments: {} },
    aws_vpc_ipv6_cidr_block_association: { ...serves("range of a VPC", beside), arguments: {} },
    aws_subnet: {
      ...serves("subnet", beside, "what is in it"),
      arguments: {
        map_public_ip_on_launch: opens(
          (value, { change }) => value === true && change.action !== "create",
          exposes("Gives new machines in this subnet public addresses"),
        ),
        ...toRead(
          "assign_ipv6_address_on_creation enable_dns64 enable_resource_name_dns_a_record_on_launch enable_resource_name_dns_aaaa_record_on_launch private_dns_hostname_type_on_launch ipv6_cidr_block map_customer_owned_ip_on_launch",
        ),
        ...harmless("availability_zone_id ipv6_cidr_block_association_id owner_id"),
      },
    },
    aws_default_subnet: { ...sets("default subnet"), arguments: toRead("map_public_ip_on_launch force_destroy") },
    aws_internet_gateway: {
      ...serves("internet gateway", beside, "everything that the internet reaches, or that goes there,"),
      arguments: toRead("vpc_id"),
    },
    aws_egress_only_internet_gateway: { ...serves("internet gateway", beside), arguments: {} },
    aws_nat_gateway: {
      ...isKnownBy("NAT gateway", "its public address", "keep the address: others may admit it by name"),
      arguments: {
        ...toRead(
          "secondary_allocation_ids secondary_private_ip_addresses secondary_private_ip_address_count availability_zone_address",
        ),
        ...harmless(
          "public_ip private_ip network_interface_id association_id auto_provision_zones regional_nat_gateway_address route_table_id",
        ),
      },
    },
    aws_eip: {
      ...isKnownBy(
        "public address",
        "its address",
        "keep it: others may admit it by name, and AWS does not give it back",
      ),
      created: onExisting(["instance", "network_interface"], (change) =>
        ["instance", "network_interface"].some((each) => after(change, each))
          ? { ...exposes("Gives a machine that is there a public address"), verdict: "look" }
          : undefined,
      ),
      arguments: {
        ...Object.fromEntries(
          ["instance", "network_interface"].map((name) => [
            name,
            any(drains("Moves a public address to something else")),
          ]),
        ),
        ...toRead("domain associate_with_private_ip address"),
        ...harmless(
          "allocation_id association_id public_ip public_dns private_ip private_dns ptr_record network_border_group vpc public_ipv4_pool",
        ),
      },
    },
    aws_eip_association: {
      ...serves("address of a machine"),
      created: onExisting(["instance_id", "network_interface_id"], {
        ...exposes("Gives a machine that is there a public address"),
        verdict: "look",
      }),
      arguments: {},
    },
    aws_route_table: {
      ...serves("route table", beside),
      arguments: {
        route: either(
          fewer(cutsOff("Removes a route: what went by it is cut off")),
          when(({ before: old }) => old === undefined, look("Adds a route")),
          any(drains("Changes a route: traffic goes another way")),
        ),
        propagating_vgws: read,
        ...harmless("owner_id"),
      },
    },
    aws_default_route_table: {
      ...sets("main route table", takesOverDefaults("main route table", "route")),
      arguments: {
        route: either(fewer(cutsOff("Removes a route: what went by it is cut off")), any(drains("Changes a route"))),
        ...toRead("propagating_vgws"),
        ...harmless("owner_id vpc_id"),
      },
    },
    aws_route: {
      ...serves("route", beside, "what goes by it"),
      created: newRoute,
      deleted: (change, subject) =>
        isOfDeleted(change, ["route_table_id"], subject)
          ? undefined
          : interrupts("Removes a route: what went by it is cut off", beside),
      arguments: {
        ...Object.fromEntries(
          [
            "gateway_id",
            "nat_gateway_id",
            "transit_gateway_id",
            "vpc_endpoint_id",
            "network_interface_id",
            "vpc_peering_connection_id",
            "egress_only_gateway_id",
            "local_gateway_id",
            "carrier_gateway_id",
            "core_network_arn",
          ].map((name) => [name, any(drains("Leads traffic another way: open connections are cut"))]),
        ),
        ...harmless("state origin instance_id instance_owner_id"),
      },
    },
    aws_route_table_association: {
      ...serves("subnet's route table", beside, "what is in the subnet"),
      created: onExisting(["subnet_id", "gateway_id"], drains("Gives what is in the subnet other routes")),
      arguments: { route_table_id: any(drains("Changes the subnet's way out: open connections are cut")) },
    },
    aws_main_route_table_association: {
      ...serves("main route table"),
      created: onExisting(["vpc_id"], drains("Gives subnets without a table of their own other routes")),
      arguments: {
        route_table_id: any(drains("Gives subnets without a table of their own other routes")),
        ...harmless("original_route_table_id"),
      },
    },
    aws_vpc_dhcp_options: {
      ...sets("DHCP options"),
      arguments: toRead("domain_name domain_name_servers ntp_servers netbios_name_servers netbios_node_type"),
    },
    aws_vpc_dhcp_options_association: {
      ...sets("DHCP options", onExisting(["vpc_id"], drains("Gives machines in the VPC other name servers"))),
      arguments: { dhcp_options_id: any(drains("Gives machines in the VPC other name servers")) },
    },
    aws_security_group: {
      ...isKnownBy(
        "security group",
        "its id",
        "use name_prefix with create_before_destroy; a group in use cannot be deleted",
      ),
      replacedNewFirst: drains("Replaces this security group, the new one first: what uses it moves over"),
      arguments: securityGroupRule,
    },
    aws_default_security_group: {
      ...guards(
        "rules of the default security group",
        "Leaves the VPC's default security group as it is: nothing keeps it shut any more",
      ),
      created: onExisting(
        ["vpc_id"],
        drains("Takes over the VPC's default security group: rules that are not written here are removed"),
      ),
      arguments: securityGroupRule,
    },
    aws_security_group_rule: { ...sets("rule"), deleted: ruleGone, replaced: ruleGone, arguments: securityGroupRule },
    aws_vpc_security_group_ingress_rule: {
      ...sets("rule"),
      deleted: ruleGone,
      replaced: ruleGone,
      arguments: securityGroupRule,
    },
    aws_vpc_security_group_egress_rule: {
      ...sets("rule"),
      deleted: ruleGone,
      replaced: ruleGone,
      arguments: securityGroupRule,
    },
    aws_network_acl: {
      ...sets(
        "network ACL",
        onExisting(["subnet_ids"], (change) =>
          isEmpty(after(change, "subnet_ids"))
            ? undefined
            : drains("Lets only its rules say what passes into and out of the subnets"),
        ),
      ),
      arguments: aclRules,
    },
    aws_default_network_acl: {
      ...sets("default network ACL", takesOverDefaults("default network ACL", "ingress", "egress")),
      arguments: aclRules,
    },
    aws_network_acl_rule: {
      ...sets("network ACL rule", newAclRule),
      deleted: (change) =>
        before(change, "rule_action") === "deny"
          ? weakens("Lets in, or out, what a network ACL has denied")
          : cutsOff("Cuts off what this rule of a network ACL let pass"),
      arguments: toRead("rule_action cidr_block ipv6_cidr_block protocol from_port to_port icmp_type icmp_code"),
    },
    aws_network_acl_association: {
      ...sets(
        "network ACL of a subnet",
        onExisting(["subnet_id"], drains("Lets only another network ACL say what passes into the subnet")),
      ),
      arguments: toRead("network_acl_id"),
    },
    aws_vpc_endpoint: {
      ...serves("endpoint", undefined, "what reaches the service by it"),
      created: onExisting(["vpc_id"], (change) =>
        after(change, "private_dns_enabled") === true
          ? {
              ...drains(
                "Leads the service's usual name to the endpoint: who its security groups refuse loses the service",
                "switch private DNS on when they admit all that use it",
              ),
            }
          : undefined,
      ),
      arguments: {
        policy: policy("limit"),
        private_dns_enabled: either(
          on(drains("Leads the service's usual name to the endpoint")),
          off(drains("Leads the service's usual name past the endpoint")),
        ),
        ...Object.fromEntries(
          ["route_table_ids", "subnet_ids", "security_group_ids"].map((name) => [
            name,
            fewer(cutsOff("Cuts off what reached the service by the endpoint")),
          ]),
        ),
        ...toRead("auto_accept ip_address_type dns_options subnet_configuration vpc_endpoint_type"),
        ...harmless(
          "cidr_blocks dns_entry network_interface_ids owner_id prefix_list_id requester_managed state service_region",
        ),
      },
    },
    aws_vpc_endpoint_policy: {
      ...sets("endpoint's policy"),
      arguments: { policy: policy("limit", ["vpc_endpoint_id"]) },
    },
    aws_vpc_endpoint_route_table_association: { ...serves("endpoint's route"), arguments: {} },
    aws_vpc_endpoint_subnet_association: { ...serves("endpoint's subnet"), arguments: {} },
    aws_vpc_endpoint_security_group_association: { ...sets("endpoint's security group"), arguments: {} },
    aws_vpc_endpoint_service: {
      ...serves("endpoint service"),
      arguments: {
        allowed_principals: either(fewer(cutsOff("Refuses somebody who used the service")), opensAll()),
        ...toRead(
          "acceptance_required network_load_balancer_arns gateway_load_balancer_arns private_dns_name supported_ip_address_types",
        ),
      },
    },
    aws_vpc_endpoint_service_allowed_principal: {
      ...grants("permission", "somebody loses the service"),
      arguments: { principal_arn: opens(["*"], exposes("Lets every account use the service")) },
    },
    aws_flow_log: {
      ...guards("flow log", "Stops recording who talks to whom"),
      arguments: {
        traffic_type: any(look("Records other traffic")),
        ...toRead("max_aggregation_interval log_format destination_options"),
      },
    },
    aws_vpc_peering_connection: {
      ...serves("peering", undefined, "traffic between the networks"),
      created: onExisting(["vpc_id"], {
        ...exposes("Joins another network to the VPC: what routes and security groups admit gets across"),
        verdict: "look",
      }),
      arguments: toRead("auto_accept accepter requester"),
    },
    aws_vpc_peering_connection_accepter: { ...serves("peering"), arguments: toRead("auto_accept accepter requester") },
    aws_ec2_transit_gateway: {
      ...serves("transit gateway", beside),
      arguments: toRead(
        "auto_accept_shared_attachments default_route_table_association default_route_table_propagation dns_support vpn_ecmp_support transit_gateway_cidr_blocks security_group_referencing_support",
      ),
    },
    aws_ec2_transit_gateway_vpc_attachment: {
      ...serves("transit gateway attachment", undefined, "traffic between the networks"),
      created: onExisting(["vpc_id"], {
        ...exposes("Joins another network to the VPC: what routes and security groups admit gets across"),
        verdict: "look",
      }),
      arguments: toRead(
        "subnet_ids dns_support ipv6_support appliance_mode_support transit_gateway_default_route_table_association transit_gateway_default_route_table_propagation",
      ),
    },
    aws_ec2_transit_gateway_route: {
      ...serves("route"),
      created: onExisting(["transit_gateway_route_table_id"], drains("Leads traffic between networks another way")),
      arguments: toRead("blackhole"),
    },
    aws_vpc_block_public_access_options: {
      ...guards("block of public access", "Lets the internet in and out again, in all VPCs of the region", (change) =>
        words(after(change, "internet_gateway_block_mode")).startsWith("block")
          ? cutsOff(
              "Shuts the internet gateways of all VPCs of the region",
              "exclude the VPCs that serve the internet first",
            )
          : undefined,
      ),
      arguments: {
        internet_gateway_block_mode: either(
          when(
            ({ after: now }) => words(now).startsWith("block"),
            cutsOff("Shuts the internet gateways of all VPCs of the region"),
          ),
          any(weakens("Lets the internet in and out of the VPCs")),
        ),
      },
    },
    aws_vpc_block_public_access_exclusion: {
      ...grants(
        "exclusion",
        "the internet gateway of a network is shut",
        exposes("Lets the internet in and out of a network again"),
      ),
      arguments: toRead("internet_gateway_exclusion_mode"),
    },
    aws_ec2_managed_prefix_list: {
      ...grants("list of addresses", "addresses leave it"),
      arguments: {
        entry: {
          changed: either(
            when(
              ({ after: now }) => isEverywhere(now),
              exposes("Puts every address into a list that security groups and routes use"),
            ),
            fewer(cutsOff("Takes addresses from a list that security groups and routes use")),
            any(look("Changes a list of addresses that security groups and routes use")),
          ),
          whenNew: when(
            ({ path, after: now }) => /cidr$/.test(path) && isEverywhere(now),
            exposes("Puts every address into a list that security groups and routes use"),
          ),
        },
        ...harmless("version max_entries"),
      },
    },
    aws_ec2_managed_prefix_list_entry: {
      ...grants("address", "it leaves the list"),
      arguments: {
        cidr: opens(isEverywhere, exposes("Puts every address into a list that security groups and routes use")),
        ...harmless("description"),
      },
    },
    aws_customer_gateway: { ...serves("customer gateway"), arguments: {} },
    aws_vpn_gateway: { ...serves("VPN gateway", beside), arguments: toRead("vpc_id") },
    aws_vpn_gateway_attachment: { ...serves("VPN gateway's attachment"), arguments: {} },
    aws_vpn_gateway_route_propagation: {
      ...serves("propagation of routes"),
      created: onExisting(["route_table_id"], drains("Takes routes from the other side of the VPN")),
      arguments: {},
    },
    aws_vpn_connection: {
      ...isKnownBy("VPN connection", "its addresses and keys"),
      arguments: toRead(
        "static_routes_only tunnel1_inside_cidr local_ipv4_network_cidr remote_ipv4_network_cidr tunnel1_preshared_key tunnel2_preshared_key transit_gateway_id vpn_gateway_id customer_gateway_id",
      ),
    },
    aws_network_interface: {
      ...serves("network interface"),
      arguments: {
        ...toRead("private_ips source_dest_check attachment"),
        security_groups: fewer(look("Leaves a security group")),
        ...harmless("description mac_address private_dns_name"),
      },
    },
    aws_ec2_tag: { ...hasNoState("tag"), arguments: {} },
  },
};

function opensAll() {
  return when(({ after: now }) => now === "*", exposes("Lets every account use the service"));
}
