import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Access } from "../environments";
import { timeouts } from "./timeouts";

export interface LoadBalancerProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  /** `internal` has private addresses, and those reach it who open the way from their own group. */
  readonly exposure: "public" | "internal";
  /** Who reaches a public one. */
  readonly access: Access | undefined;
  /** The VPC's, for a public load balancer, which AWS refuses before it is attached. */
  readonly internetGateway: ITerraformDependable | undefined;
  /** With one, HTTP is redirected to HTTPS. */
  readonly certificateArn: string | undefined;
  readonly accessLogs: { readonly bucket: string };
  readonly deletionProtection: boolean;
}

const notFound: LbListenerDefaultAction = {
  type: "fixed-response",
  fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "No service has this address." },
};
const toHttps: LbListenerDefaultAction = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

/**
 * An application load balancer, its security group and a listener that answers 404 until services add their rules.
 * About 17 USD a month and its traffic.
 */
export class LoadBalancer extends Construct {
  readonly arn: string;
  readonly arnSuffix: string;
  readonly dnsName: string;
  readonly zoneId: string;
  /** Of the listener to which services add their rules. */
  readonly listenerArn: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, subnetIds, exposure, internetGateway, certificateArn, accessLogs, deletionProtection } = props;
    this.securityGroupId = this.createSecurityGroup(props);
    const loadBalancer = new Lb(this, "load-balancer", {
      name,
      internal: exposure === "internal",
      loadBalancerType: "application",
      subnets: subnetIds,
      securityGroups: [this.securityGroupId],
      idleTimeout: timeouts.loadBalancerIdleSeconds,
      dropInvalidHeaderFields: true,
      enableDeletionProtection: deletionProtection,
      accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: exposure },
      ...(internetGateway && { dependsOn: [internetGateway] }),
    });
    this.arn = loadBalancer.arn;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.listenerArn = this.listen(certificateArn);
  }

  private createSecurityGroup({ name, vpcId, access, certificateArn }: LoadBalancerProps): string {
    const { id } = new SecurityGroup(this, "security-group", {
      name: `${name}-load-balancer`,
      description: `Load balancer ${name}`,
      vpcId,
      tags: { Name: `${name}-load-balancer` },
    });
    const ports = certificateArn === undefined ? [80] : [80, 443];
    for (const { from, cidr, because } of openings(access)) {
      for (const port of ports) {
        new VpcSecurityGroupIngressRule(this, `${from}-${port}`, {
          securityGroupId: id,
          description: `Port ${port} ${because}`,
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
        });
      }
    }
    if (access && "signIn" in access) {
      new VpcSecurityGroupEgressRule(this, "identity-provider", {
        securityGroupId: id,
        description: "To the identity provider, for tokens and claims",
        cidrIpv4: everywhere,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
    return id;
  }

  private listen(certificateArn: string | undefined): string {
    const http = new LbListener(this, "http", {
      loadBalancerArn: this.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [certificateArn === undefined ? notFound : toHttps],
    });
    if (certificateArn === undefined) return http.arn;
    return new LbListener(this, "https", {
      loadBalancerArn: this.arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      // TLS 1.2 and 1.3.
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultAction: [notFound],
    }).arn;
  }
}

const everywhere = "0.0.0.0/0";

/** Address ranges that may reach a public load balancer, each with the reason for its security-group rule. */
function openings(access: Access | undefined): { from: string; cidr: string; because: string }[] {
  if (access === undefined) return [];
  if ("ranges" in access) {
    return access.ranges.map((cidr) => ({ from: `range-${cidr.replace("/", "-")}`, cidr, because: `for ${cidr}` }));
  }
  const because = "signIn" in access ? "for everyone who signs in" : `for everyone: ${access.everyone}`;
  return [{ from: "internet", cidr: everywhere, because }];
}
