import { isObject, type Json } from "../../read/plan";
import type { Resource, Resources } from "./resources";

export interface PublicSubnet {
  readonly subnet: Resource;
  /** What puts it on the route table that leads every address to an internet gateway. */
  readonly by: Resource;
}

export function publicSubnets(resources: Resources): PublicSubnet[] {
  const tables = new Set([
    ...resources
      .ofType("aws_route")
      .filter(
        (route) =>
          leadsOut(route.values.destination_cidr_block) &&
          leadsToInternetGateway(route, route.values.gateway_id, resources),
      )
      .flatMap((route) => resources.named(route, "route_table_id")),
    ...resources
      .ofType("aws_route_table")
      .filter((table) =>
        inlineRoutes(table).some(
          (route) => leadsOut(route.cidr_block) && leadsToInternetGateway(table, route.gateway_id, resources),
        ),
      )
      .map(({ id }) => id),
  ]);
  const byId = new Map(resources.ofType("aws_subnet").map((subnet) => [subnet.id, subnet]));
  return resources
    .ofType("aws_route_table_association")
    .filter((association) => resources.named(association, "route_table_id").some((table) => tables.has(table)))
    .flatMap((by) =>
      resources.named(by, "subnet_id").flatMap((id): PublicSubnet[] => {
        const subnet = byId.get(id);
        return subnet ? [{ subnet, by }] : [];
      }),
    );
}

function leadsOut(destination: Json | undefined): boolean {
  return destination === "0.0.0.0/0" || destination === "::/0";
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
