import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";

export interface VpcEndpointsProps {
  readonly name: string;
  readonly vpcId: string;
  readonly region: string;
  readonly privateSubnetIds: string[];
  readonly privateRouteTableIds: string[];
  /** AWS services that are reached from inside the VPC, such as `logs` and `ecr.api`; none where NAT gateways lead to all of them. */
  readonly interfaces: readonly string[];
}

/** How tasks reach AWS: S3 by a gateway, which is free, and other services by interfaces, about 7.30 USD a month each and zone. */
export class VpcEndpoints extends Construct {
  /** The addresses of S3 in this region, for security groups. */
  readonly s3PrefixListId: string;
  /** Of the interfaces; undefined when there are none. */
  readonly securityGroupId: string | undefined;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { name, vpcId, region, privateRouteTableIds, interfaces } = props;
    this.s3PrefixListId = new VpcEndpoint(this, "s3", {
      vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: privateRouteTableIds,
      tags: { Name: `${name}-s3` },
    }).prefixListId;
    this.securityGroupId = interfaces.length === 0 ? undefined : this.addInterfaces(props);
  }

  /** The group starts closed: each service opens the way from its tasks. */
  private addInterfaces({ name, vpcId, region, privateSubnetIds, interfaces }: VpcEndpointsProps): string {
    const securityGroup = new SecurityGroup(this, "interfaces", {
      name: `${name}-endpoints`,
      description: `AWS services inside ${name}`,
      vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    for (const service of interfaces) {
      new VpcEndpoint(this, service.replace(".", "-"), {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: privateSubnetIds,
        securityGroupIds: [securityGroup.id],
        tags: { Name: `${name}-${service}` },
      });
    }
    return securityGroup.id;
  }
}
