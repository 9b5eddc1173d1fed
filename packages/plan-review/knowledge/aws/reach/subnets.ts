import type { Resource, Resources } from "../../../effects/resources";
import { isObject, type Json } from "../../../read/plan";

export interface PublicSubnet {
  readonly subnet: Resource;
  /** What puts it on a route table that leads every address to an internet gateway, or what leads the table there. */
  readonly by: Resource;
  /** Addresses of the older kind do not go there. */
  readonly isByIpv6Alone: boolean;
}

interface Use {
  readonly subnet: string;
  readonly table: string;
  readonly by: Resource;
}

export function publicSubnets(resources: Resources): PublicSubnet[] {
  const [ways, newerWays] = [waysOut("0.0.0.0/0", resources), waysOut("::/0", resources)];
  const byId = new Map(resources.ofType("aws_subnet").map((subnet) => [subnet.id, subnet]));
  const uses = resources
    .ofType("aws_route_table_association")
    .flatMap((by) =>
      resources
        .named(by, "route_table_id")
        .flatMap((table) => resources.named(by, "subnet_id").map((subnet): Use => ({ subnet, table, by }))),
    );
  return [...uses, ...usesOfMain(uses, resources)].flatMap(({ subnet: id, table, by }): PublicSubnet[] => {
    const subnet = byId.get(id);
    const way = ways.get(table) ?? newerWays.get(table);
    if (subnet === undefined || way === undefined) return [];
    return [{ subnet, by: isChanged(by) || !isChanged(way) ? by : way, isByIpv6Alone: !ways.has(table) }];
  });
}

/** Subnets that no table is associated with use the main one of their VPC. */
function usesOfMain(uses: readonly Use[], resources: Resources): Use[] {
  const others = new Set(uses.map(({ subnet }) => subnet));
  return resources.ofType("aws_main_route_table_association").flatMap((by) => {
    const vpcs = resources.named(by, "vpc_id");
    const subnets = resources
      .ofType("aws_subnet")
      .filter(
        (subnet) => !others.has(subnet.id) && resources.named(subnet, "vpc_id").some((vpc) => vpcs.includes(vpc)),
      );
    return resources
      .named(by, "route_table_id")
      .flatMap((table) => subnets.map(({ id }) => ({ subnet: id, table, by })));
  });
}

/** By the route table: what leads all of these addresses to an internet gateway. */
function waysOut(range: string, resources: Resources): ReadonlyMap<string, Resource> {
  const routes = resources
    .ofType("aws_route")
    .filter(
      (route) =>
        [route.values.destination_cidr_block, route.values.destination_ipv6_cidr_block].includes(range) &&
        leadsToInternetGateway(route, route.values.gateway_id, resources),
    )
    .flatMap((route) => resources.named(route, "route_table_id").map((table) => [table, route] as const));
  const tables = resources
    .ofType("aws_route_table", "aws_default_route_table")
    .filter((table) =>
      inlineRoutes(table).some(
        (route) =>
          [route.cidr_block, route.ipv6_cidr_block].includes(range) &&
          leadsToInternetGateway(table, route.gateway_id, resources),
      ),
    )
    .map((table) => [table.id, table] as const);
  return new Map([...routes, ...tables]);
}

function isChanged({ change }: Resource): boolean {
  return change.change.actions.join() !== "no-op";
}

function leadsToInternetGateway(from: Resource, gateway: Json | undefined, resources: Resources): boolean {
  if (typeof gateway === "string" && gateway !== "") return gateway.startsWith("igw-");
  return ["gateway_id", "route"].some((argument) =>
    resources.referred(from, argument).some(({ type }) => type === "aws_internet_gateway"),
  );
}

function inlineRoutes({ values }: Resource) {
  return (Array.isArray(values.route) ? values.route : []).filter(isObject);
}
