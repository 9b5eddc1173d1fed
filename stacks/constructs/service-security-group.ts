import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** Where tasks find images, logs, secrets and objects. */
export interface ServiceEgress {
  readonly s3PrefixListId: string;
  /** The security group of the endpoints inside the VPC; undefined where AWS is reached through the internet. */
  readonly endpointsSecurityGroupId: string | undefined;
}

export interface ServiceSecurityGroupProps {
  readonly name: string;
  readonly vpcId: string;
  /** Who may reach which port; undefined closes the tasks to everybody. */
  readonly ingress: { readonly port: number; readonly loadBalancerSecurityGroupId: string } | undefined;
  /** Security group of the load balancer behind which the called services are; undefined when this service calls none. */
  readonly calledSecurityGroupId: string | undefined;
  readonly egress: ServiceEgress;
}

/** The security group of a service's tasks: reached by its load balancer alone, reaching the called load balancer and AWS by HTTPS. */
export class ServiceSecurityGroup extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: ServiceSecurityGroupProps) {
    super(scope, id);
    const { name, vpcId, ingress, calledSecurityGroupId, egress } = props;
    this.securityGroupId = new SecurityGroup(this, "tasks", {
      // AWS keeps a group that tasks have, and a name once in a VPC: a group that is replaced gets its successor first.
      namePrefix: `${name}-tasks-`,
      description: `Tasks of ${name}`,
      vpcId,
      tags: { Name: `${name}-tasks` },
      lifecycle: { createBeforeDestroy: true },
    }).id;

    if (ingress) {
      const { port, loadBalancerSecurityGroupId } = ingress;
      this.connect("traffic", `Load balancer to ${name}`, loadBalancerSecurityGroupId, this.securityGroupId, port);
    }
    if (calledSecurityGroupId !== undefined) {
      this.connect("calls", `${name} to internal services`, this.securityGroupId, calledSecurityGroupId, 80);
    }
    this.createEgress(name, egress);
  }

  private createEgress(name: string, { s3PrefixListId, endpointsSecurityGroupId }: ServiceEgress): void {
    if (endpointsSecurityGroupId === undefined) {
      this.allowHttps("https", "AWS through the internet", { cidrIpv4: "0.0.0.0/0" });
      return;
    }
    this.connect("endpoints", `${name} to AWS`, this.securityGroupId, endpointsSecurityGroupId, 443);
    this.allowHttps("s3", "Image layers and objects", { prefixListId: s3PrefixListId });
  }

  private allowHttps(id: string, description: string, target: { cidrIpv4: string } | { prefixListId: string }): void {
    new VpcSecurityGroupEgressRule(this, id, {
      securityGroupId: this.securityGroupId,
      description,
      ...target,
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
