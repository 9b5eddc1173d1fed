import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Egress } from "../environments";

/** A block of public addresses and one of private ones for each: the sixteen /20s of a /16. */
export const zoneLetters = "abcdefgh";

export interface SubnetsProps {
  readonly name: string;
  readonly vpcId: string;
  /** A /16: in its /20s, each zone has two blocks of its own, whichever other zones there are. */
  readonly vpcCidr: string;
  readonly availabilityZones: readonly string[];
  readonly egress: Egress;
}

/** A public and a private subnet in each zone, their routes, and the NAT gateways if any (about 33 USD a month each, and 0.045 USD per GB). */
export class Subnets extends Construct {
  readonly publicIds: string[];
  readonly privateIds: string[];
  /** What has a public address waits for it: AWS refuses an address or a public load balancer in a VPC without one. */
  readonly internetGateway: InternetGateway;
  /** One for each NAT gateway; one that leads nowhere where there is none. */
  readonly privateRouteTableIds: string[];
  /** By availability zone; empty where there is none. */
  readonly natGatewayIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { name, vpcId, vpcCidr, availabilityZones } = props;
    const subnet = (kind: "public" | "private") => (zone: string) =>
      new Subnet(this, `${kind}-${zone}`, {
        vpcId,
        availabilityZone: zone,
        cidrBlock: Fn.cidrsubnet(vpcCidr, 4, blockOf(kind, zone)),
        tags: { Name: `${name}-${kind}-${zone}` },
      }).id;
    this.publicIds = availabilityZones.map(subnet("public"));
    this.privateIds = availabilityZones.map(subnet("private"));

    this.internetGateway = new InternetGateway(this, "internet", { vpcId, tags: { Name: name } });
    const publicRoutes = new RouteTable(this, "public-routes", { vpcId, tags: { Name: `${name}-public` } });
    new Route(this, "public-default", {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: this.internetGateway.id,
    });
    this.associate("public", availabilityZones, this.publicIds, () => publicRoutes.id);

    const gateways: Record<string, string> = {};
    this.natGatewayIds = gateways;
    this.privateRouteTableIds = this.routePrivateSubnets(props, gateways);
    this.associate(
      "private",
      availabilityZones,
      this.privateIds,
      (index) => this.privateRouteTableIds[Math.min(index, this.privateRouteTableIds.length - 1)] as string,
    );
  }

  private routePrivateSubnets(props: SubnetsProps, gateways: Record<string, string>): string[] {
    const { name, vpcId, availabilityZones, egress } = props;
    if (egress === "vpc-endpoints") {
      return [new RouteTable(this, "private-routes", { vpcId, tags: { Name: `${name}-private` } }).id];
    }
    const natZones = egress === "nat-per-az" ? availabilityZones : availabilityZones.slice(0, 1);
    return natZones.map((zone, index) => this.natRoutes(props, zone, this.publicIds[index] as string, gateways));
  }

  private associate(
    kind: string,
    zones: readonly string[],
    subnetIds: string[],
    routeTable: (i: number) => string,
  ): void {
    for (const [index, zone] of zones.entries()) {
      new RouteTableAssociation(this, `${kind}-${zone}-routes`, {
        subnetId: subnetIds[index] as string,
        routeTableId: routeTable(index),
      });
    }
  }

  private natRoutes(
    { name, vpcId }: SubnetsProps,
    zone: string,
    publicSubnetId: string,
    gateways: Record<string, string>,
  ): string {
    const tags = { Name: `${name}-${zone}` };
    const dependsOn = [this.internetGateway];
    const address = new Eip(this, `nat-${zone}-address`, { domain: "vpc", tags, dependsOn });
    const nat = new NatGateway(this, `nat-${zone}`, {
      allocationId: address.id,
      subnetId: publicSubnetId,
      tags,
      dependsOn,
    });
    gateways[zone] = nat.id;
    const routes = new RouteTable(this, `private-routes-${zone}`, { vpcId, tags: { Name: `${name}-private-${zone}` } });
    new Route(this, `private-default-${zone}`, {
      routeTableId: routes.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: nat.id,
    });
    return routes.id;
  }
}

/** Numbered by the order of the row, subnets would take each other's blocks when a zone is removed, and AWS refuses those that overlap. */
function blockOf(kind: "public" | "private", zone: string): number {
  const letter = zoneLetters.indexOf(zone.slice(-1));
  return kind === "public" ? letter : zoneLetters.length + letter;
}
