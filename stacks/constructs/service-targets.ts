import {
  LbListenerRule,
  type LbListenerRuleActionAuthenticateOidc,
  type LbListenerRuleCondition,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { DeploymentAlarms } from "./deployment-alarms";
import { timeouts } from "./timeouts";

/** Which requests a service gets. */
export interface Route {
  /** The lowest is asked first. */
  readonly priority: number;
  readonly condition: LbListenerRuleCondition;
  /** Who has not signed in is sent there first. */
  readonly signIn: LbListenerRuleActionAuthenticateOidc | undefined;
}

export interface ServiceTargetsProps {
  /** With a hyphen and the port at most 32 characters. */
  readonly name: string;
  /** First part of the alarms' names. */
  readonly alarmPrefix: string;
  readonly vpcId: string;
  readonly port: number;
  readonly healthPath: string;
  readonly loadBalancer: { readonly listenerArn: string; readonly arnSuffix: string };
  readonly route: Route;
}

/** A service's place behind a load balancer: target group, the rule that leads to it, and the alarms that call a deployment off. */
export class ServiceTargets extends Construct {
  readonly targetGroupArn: string;
  readonly targetGroupArnSuffix: string;
  /** AWS refuses a service whose target group no load balancer uses yet. */
  readonly rule: LbListenerRule;
  readonly deploymentAlarms: DeploymentAlarms;

  constructor(scope: Construct, id: string, props: ServiceTargetsProps) {
    super(scope, id);
    const { name, alarmPrefix, vpcId, port, healthPath, loadBalancer, route } = props;
    const targetGroup = new LbTargetGroup(this, "targets", {
      // AWS keeps a group to which a rule forwards, and a name once: a group for another port is made first, under another name.
      name: `${name}-${port}`,
      lifecycle: { createBeforeDestroy: true },
      vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port,
      deregistrationDelay: String(timeouts.deregistrationDelaySeconds),
      healthCheck: {
        path: healthPath,
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    });
    this.rule = new LbListenerRule(this, "route", {
      listenerArn: loadBalancer.listenerArn,
      priority: route.priority,
      condition: [route.condition],
      action: route.signIn
        ? [
            { type: "authenticate-oidc", order: 1, authenticateOidc: route.signIn },
            { type: "forward", order: 2, targetGroupArn: targetGroup.arn },
          ]
        : [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
    this.deploymentAlarms = new DeploymentAlarms(this, "deployment", {
      prefix: alarmPrefix,
      targetGroup: targetGroup.arnSuffix,
      loadBalancer: loadBalancer.arnSuffix,
    });
    this.targetGroupArn = targetGroup.arn;
    this.targetGroupArnSuffix = targetGroup.arnSuffix;
  }
}
