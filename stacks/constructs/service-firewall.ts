import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

export interface ServiceFirewallProps {
  readonly name: string;
  readonly vpcId: string;
  /** The port of the gateway. */
  readonly port: number;
  /** Security group of the load balancer in front. */
  readonly loadBalancerSecurityGroupId: string;
  /** Security group of the load balancer behind which the called services are; undefined when this service calls none. */
  readonly calledSecurityGroupId: string | undefined;
}

/** The security group of a service's tasks: reached by its load balancer alone, reaching the called load balancer and HTTPS (images, logs). */
export class ServiceFirewall extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: ServiceFirewallProps) {
    super(scope, id);
    const { name, vpcId, port, loadBalancerSecurityGroupId, calledSecurityGroupId } = props;
    this.securityGroupId = new SecurityGroup(this, "tasks", {
      name: `${name}-tasks`,
      description: `Tasks of ${name}`,
      vpcId,
      tags: { Name: `${name}-tasks` },
    }).id;

    this.connect("traffic", `Load balancer to ${name}`, loadBalancerSecurityGroupId, this.securityGroupId, port);
    if (calledSecurityGroupId !== undefined) {
      this.connect("calls", `${name} to internal services`, this.securityGroupId, calledSecurityGroupId, 80);
    }
    new VpcSecurityGroupEgressRule(this, "https", {
      securityGroupId: this.securityGroupId,
      description: "AWS APIs: images, logs",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  }

  /** Opens one port from one group to another, on both sides. */
  private connect(id: string, description: string, from: string, to: string, port: number): void {
    const tcp = { description, ipProtocol: "tcp", fromPort: port, toPort: port };
    new VpcSecurityGroupEgressRule(this, `${id}-out`, { ...tcp, securityGroupId: from, referencedSecurityGroupId: to });
    new VpcSecurityGroupIngressRule(this, `${id}-in`, { ...tcp, securityGroupId: to, referencedSecurityGroupId: from });
  }
}
