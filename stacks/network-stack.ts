import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { keepStateInBucket, useAccount } from "./constructs/account";
import { LoadBalancer } from "./constructs/load-balancer";
import { Subnets } from "./constructs/subnets";
import type { Environment } from "./environments";

export interface NetworkStackProps {
  readonly environment: Environment;
}

/** The VPC with public and private subnets, a load balancer for the internet, one for services among themselves, and the private zone that names them. */
export class NetworkStack extends TerraformStack {
  readonly vpcId: string;
  readonly privateSubnetIds: string[];
  readonly publicLoadBalancer: LoadBalancer;
  readonly internalLoadBalancer: LoadBalancer;
  readonly zone: { readonly id: string; readonly name: string };

  constructor(scope: Construct, id: string, { environment }: NetworkStackProps) {
    super(scope, id);
    useAccount(this, environment);
    keepStateInBucket(this, environment);
    const { name, vpcCidr, availabilityZones, egress, deletionProtection } = environment;

    const vpc = new Vpc(this, "vpc", {
      cidrBlock: vpcCidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Nothing may lean on the group that AWS hands to resources without one.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, ingress: [], egress: [] });
    const subnets = new Subnets(this, "subnets", { name, vpcId: vpc.id, vpcCidr, availabilityZones, egress });

    const shared = { vpcId: vpc.id, deletionProtection };
    this.publicLoadBalancer = new LoadBalancer(this, "public", {
      ...shared,
      name: `${name}-public`,
      subnetIds: subnets.publicIds,
      internal: false,
    });
    this.internalLoadBalancer = new LoadBalancer(this, "internal", {
      ...shared,
      name: `${name}-internal`,
      subnetIds: subnets.privateIds,
      internal: true,
    });
    new VpcSecurityGroupIngressRule(this, "public-http", {
      securityGroupId: this.publicLoadBalancer.securityGroupId,
      description: "HTTP from the internet",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
    });
    const zone = new Route53Zone(this, "zone", { name: `${name}.internal`, vpc: [{ vpcId: vpc.id }] });

    this.vpcId = vpc.id;
    this.privateSubnetIds = subnets.privateIds;
    this.zone = { id: zone.zoneId, name: zone.name };
    new TerraformOutput(this, "public-address", { value: `http://${this.publicLoadBalancer.dnsName}` });
  }
}
