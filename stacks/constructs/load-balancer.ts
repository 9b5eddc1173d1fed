import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";

export interface LoadBalancerProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  /** Internal load balancers have private addresses only. */
  readonly internal: boolean;
  readonly deletionProtection: boolean;
  /**
   * How long a silent connection stays open. Gateways and apps keep theirs open for longer, so that the load balancer never writes
   * to a connection that its target is closing (a 502).
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
}

/** An application load balancer, its security group (closed: services open what they need) and an HTTP listener that answers 404. About 17 USD a month and its traffic. */
export class LoadBalancer extends Construct {
  readonly arnSuffix: string;
  readonly dnsName: string;
  readonly zoneId: string;
  readonly listenerArn: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, vpcId, subnetIds, internal, deletionProtection, idleTimeoutSeconds = 60 } = props;

    const securityGroup = new SecurityGroup(this, "security-group", {
      name: `${name}-load-balancer`,
      description: `Load balancer ${name}`,
      vpcId,
      tags: { Name: `${name}-load-balancer` },
    });
    const loadBalancer = new Lb(this, "load-balancer", {
      name,
      internal,
      loadBalancerType: "application",
      subnets: subnetIds,
      securityGroups: [securityGroup.id],
      idleTimeout: idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      enableDeletionProtection: deletionProtection,
    });
    const listener = new LbListener(this, "http", {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "No service has this address." },
        },
      ],
    });

    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.listenerArn = listener.arn;
    this.securityGroupId = securityGroup.id;
  }
}
