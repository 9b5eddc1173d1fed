import { hasUnknown } from "../../../classify/meaning";
import type { Resource, Resources } from "../../../effects/resources";
import { at, isObject, type Json, type JsonObject } from "../../../read/plan";

/** Who may reach a security group, or whom it may reach, on which ports. */
export interface Opening {
  readonly direction: "in" | "out";
  readonly group: string;
  /** A range of addresses, a security group's id, a prefix list, or `unknownPeer`. */
  readonly peer: string;
  readonly ports: Ports;
  readonly description: string;
  /** The resource that says so. */
  readonly by: Resource;
}

export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Then no words tell them. */
  readonly isSensitive: boolean;
}

export const unknownPeer = "whom only the apply will tell";

const singlePeers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];
const oldPeers = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "source_security_group_id"];

export function openingsIn(resources: Resources): Opening[] {
  return resources.all.flatMap((resource) => {
    switch (resource.type) {
      case "aws_vpc_security_group_ingress_rule":
        return ofSingleRule(resource, "in", resources);
      case "aws_vpc_security_group_egress_rule":
        return ofSingleRule(resource, "out", resources);
      case "aws_security_group_rule":
        return ofOldRule(resource, resources);
      case "aws_security_group":
      case "aws_default_security_group":
        return (["ingress", "egress"] as const).flatMap((side) => ofInline(resource, side, resources));
      default:
        return [];
    }
  });
}

function ofSingleRule(by: Resource, direction: Opening["direction"], resources: Resources): Opening[] {
  const { values } = by;
  const peers = peersOf(by, singlePeers, resources);
  const protocol = values.ip_protocol;
  return openings(by, direction, groupsOf(by, resources), peers, { rule: values, told: by.told(), protocol });
}

function ofOldRule(by: Resource, resources: Resources): Opening[] {
  const { values } = by;
  const groups = groupsOf(by, resources);
  const peers = peersOf(by, oldPeers, resources);
  const all = values.self === true ? [...peers, ...groups] : peers;
  const direction = values.type === "egress" ? "out" : "in";
  return openings(by, direction, groups, all, { rule: values, told: by.told(), protocol: values.protocol });
}

/** What a rule names as its peers; where nothing that is planned gives them, somebody whom only the apply will tell. */
function peersOf(by: Resource, names: readonly string[], resources: Resources): string[] {
  const known = names.flatMap((name) => resources.named(by, name));
  const isUnknown = known.length === 0 && names.some((name) => hasUnknown(at(by.unknown, name)));
  return isUnknown ? [unknownPeer] : known;
}

function groupsOf(by: Resource, resources: Resources): string[] {
  const known = resources.named(by, "security_group_id");
  return known.length > 0 ? known : [groupOfRule(by)];
}

/** The group of a rule that comes from a local value or a module, which the plan does not name. */
export function groupOfRule({ stack, address }: Pick<Resource, "stack" | "address">): string {
  return `the group of ${address} (${stack})`;
}

function ofInline(by: Resource, side: "ingress" | "egress", resources: Resources): Opening[] {
  const rules = by.values[side];
  if (!Array.isArray(rules)) return [];
  return [...rules.entries()].flatMap(([index, rule]) => {
    if (!isObject(rule)) return [];
    const peers = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"].flatMap((argument) =>
      Array.isArray(rule[argument]) && rule[argument].length > 0 ? resources.named(by, side, rule[argument]) : [],
    );
    const all = rule.self === true ? [...peers, by.id] : peers;
    const told = at(by.told(), side, index);
    const direction = side === "egress" ? "out" : "in";
    return openings(by, direction, [by.id], all, { rule, told, protocol: rule.protocol });
  });
}

function openings(
  by: Resource,
  direction: Opening["direction"],
  groups: readonly string[],
  peers: readonly string[],
  { rule, told, protocol }: { rule: JsonObject; told: Json | undefined; protocol: Json | undefined },
): Opening[] {
  const isSensitive = ["from_port", "to_port"].some((name) => at(told, name) !== rule[name]);
  const description = at(told, "description");
  const shared = {
    direction,
    ports: { ...portsOf(rule, protocol), isSensitive },
    description: typeof description === "string" ? description : "",
    by,
  };
  return groups.flatMap((group) => peers.map((peer) => ({ ...shared, group, peer })));
}

function portsOf({ from_port, to_port }: JsonObject, protocol: Json | undefined): Omit<Ports, "isSensitive"> {
  const name = protocol === "-1" || protocol === "all" ? "all" : String(protocol ?? "all").toLowerCase();
  // Their numbers are a type and a code. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
  if (isIcmp(name)) return { protocol: name, from: 0, to: 65535 };
  if (name === "all" || typeof from_port !== "number" || from_port < 0) return { protocol: name, from: 0, to: 65535 };
  return { protocol: name, from: from_port, to: typeof to_port === "number" ? to_port : from_port };
}

export function isOfProtocol(a: Ports, b: Ports): boolean {
  return a.protocol === b.protocol || a.protocol === "all" || b.protocol === "all";
}

export function isWithin(inner: Ports, outer: Ports): boolean {
  return (
    (outer.protocol === "all" || outer.protocol === inner.protocol) && outer.from <= inner.from && inner.to <= outer.to
  );
}

export function overlap(a: Ports, b: Ports): boolean {
  return a.from <= b.to && b.from <= a.to;
}

export function portWords({ protocol, from, to, isSensitive }: Ports): string {
  if (isSensitive) return "ports that the plan marks as sensitive";
  if (isIcmp(protocol)) return "ICMP (ping)";
  if (from === 0 && to === 65535) return protocol === "all" ? "every port" : `every ${protocol} port`;
  const kind = protocol === "tcp" || protocol === "all" ? "" : `${protocol} `;
  return from === to ? `${kind}port ${from}` : `${kind}ports ${from} to ${to}`;
}

export function isIcmp(protocol: string): boolean {
  return ["icmp", "icmpv6", "1", "58"].includes(protocol);
}

/** Of shells, desktops and databases, which nobody means to open to everybody. */
const privatePorts = [22, 1433, 1521, 2379, 3306, 3389, 5432, 5439, 5984, 6379, 6443, 9042, 9200, 11211, 27017];

export function isPrivatePort({ from, to }: Ports): boolean {
  return from === to && privatePorts.includes(from);
}

/** Every address. */
export function isWhole(peer: string): boolean {
  return /\/0$/.test(peer);
}

/** Also a range of a sixty-fourth of all addresses: nobody means one so large, and two of a half are everybody. */
export function isEverybody(peer: string): boolean {
  return /\/[0-6]$/.test(peer);
}
