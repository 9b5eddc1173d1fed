import type { Resource, Resources } from "../../../effects/resources";
import { isObject, type Json } from "../../../read/plan";
import type { Opening } from "./rules";

const groupArguments = ["security_groups", "security_group_ids", "vpc_security_group_ids"];
const nestedArguments = ["network_configuration", "vpc_config", "network_interface"];

/** What people call a security group: by what uses it. */
export class GroupLabels {
  private readonly users = new Map<string, Resource[]>();
  private readonly groups: ReadonlyMap<string, Resource>;
  private readonly known = new Map<string, string>();

  constructor(private readonly resources: Resources) {
    this.groups = new Map(
      resources.ofType("aws_security_group", "aws_default_security_group").map((group) => [group.id, group]),
    );
    for (const resource of resources.all) {
      for (const id of groupsOf(resource, resources)) this.users.set(id, [...(this.users.get(id) ?? []), resource]);
    }
  }

  /** A group of a stack that is not under review is known by its id alone: then by what the rule says of it. */
  ofPeer({ peer, description }: Pick<Opening, "peer" | "description">): string {
    const label = this.of(peer);
    return /sg-\w+$/.test(label) && description !== "" ? `${label} ("${description}")` : label;
  }

  has(id: string): boolean {
    return this.groups.has(id) || this.users.has(id);
  }

  groupOf(id: string): Resource | undefined {
    return this.groups.get(id);
  }

  /** The groups that a resource is in. */
  groupsOf(resource: Resource): string[] {
    return groupsOf(resource, this.resources);
  }

  usersOf(id: string): readonly Resource[] {
    return this.users.get(id) ?? [];
  }

  of(id: string): string {
    const found = this.known.get(id) ?? this.labelOf(id);
    this.known.set(id, found);
    return found;
  }

  private labelOf(id: string): string {
    const users = this.usersOf(id);
    if (users.length > 0) return [...new Set(users.map(nameOf))].join(" and ");
    const group = this.groups.get(id);
    if (group) return this.nameOfGroup(group);
    return /^sg-/.test(id) ? `security group ${id}` : id;
  }

  nameOfGroup(group: Resource): string {
    return group.type === "aws_default_security_group"
      ? "the VPC's default security group"
      : `security group ${nameIn(group)}`;
  }
}

const rulesAndGroups = new Set([
  "aws_security_group",
  "aws_default_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_endpoint_security_group_association",
]);

function groupsOf(resource: Resource, resources: Resources): string[] {
  // A rule names groups without being in one.
  if (rulesAndGroups.has(resource.type)) return [];
  const own = groupArguments.flatMap((argument) => resources.named(resource, argument));
  const nested = nestedArguments.flatMap((argument) => {
    const [first] = list(resource.values[argument]);
    if (!isObject(first)) return [];
    return groupArguments
      .filter((name) => name in first)
      .flatMap((name) => resources.named(resource, argument, first[name] ?? null));
  });
  return [...own, ...nested];
}

export function nameOf(resource: Resource): string {
  switch (resource.type) {
    case "aws_ecs_service":
      return `${nameIn(resource)} tasks`;
    case "aws_lb":
    case "aws_alb":
      return `load balancer ${nameIn(resource)}`;
    default:
      return `${resource.type.replace(/^aws_/, "").replaceAll("_", " ")} ${nameIn(resource)}`;
  }
}

function nameIn({ told, address }: Resource): string {
  const values = told();
  const tags = values.tags;
  const name =
    values.name ??
    values.identifier ??
    values.cluster_identifier ??
    values.function_name ??
    (isObject(tags) ? tags.Name : undefined);
  return typeof name === "string" && name !== "" ? name : address;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
