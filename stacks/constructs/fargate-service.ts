import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { type Container, containerDefinition, volumeName } from "./container-definition";
import { type FargateSize, fargateSizes } from "./fargate-size";
import { ServiceFirewall } from "./service-firewall";
import { ServiceRoles } from "./service-roles";
import { ServiceScaling } from "./service-scaling";
import { timeouts } from "./timeouts";

export interface FargateServiceProps {
  /** Name of the service in its cluster and of its containers' image. */
  readonly name: string;
  readonly region: string;
  /** First part of names that an account has once: roles, target groups, log groups. */
  readonly prefix: string;
  readonly cluster: { readonly arn: string; readonly name: string };
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly loadBalancer: { readonly listenerArn: string; readonly securityGroupId: string; readonly arnSuffix: string };
  /** Which requests come here; the lowest priority is asked first. */
  readonly route: { readonly priority: number; readonly condition: LbListenerRuleCondition };
  /** The first has the port that the load balancer reaches. */
  readonly containers: readonly [Container & { readonly port: number }, ...Container[]];
  readonly size: FargateSize;
  readonly healthPath: string;
  readonly repositoryArns: readonly string[];
  readonly calledSecurityGroupId: string | undefined;
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  readonly capacity: { readonly fargateWeight: number; readonly spotWeight: number };
  readonly requestsPerTargetPerMinute: number;
  readonly logRetentionDays: number;
}

/**
 * A service on Fargate behind a load balancer: log group, roles, security group, target group, listener rule, task definition, service
 * with a circuit breaker that rolls back, and autoscaling. A task of 0.25 vCPU and 0.5 GB costs about 9 USD a month, on Spot about 3.
 */
export class FargateService extends Construct {
  readonly serviceName: string;
  readonly logGroupName: string;
  readonly targetGroupArnSuffix: string;
  readonly taskDefinitionArn: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const logs = this.createLogGroup(props);
    const roles = this.createRoles(props, logs.arn);
    const firewall = this.createFirewall(props);
    const targetGroup = this.createTargetGroup(props);
    const rule = this.routeTo(targetGroup.arn, props);
    const taskDefinition = this.defineTask(props, roles, logs.name);
    const service = this.createService(props, taskDefinition.arn, firewall.securityGroupId, targetGroup.arn, rule);
    this.scale(props, service.name, targetGroup.arnSuffix);

    this.serviceName = service.name;
    this.logGroupName = logs.name;
    this.targetGroupArnSuffix = targetGroup.arnSuffix;
    this.taskDefinitionArn = taskDefinition.arn;
  }

  private createLogGroup({ prefix, name, logRetentionDays }: FargateServiceProps) {
    return new CloudwatchLogGroup(this, "logs", { name: `/${prefix}/${name}`, retentionInDays: logRetentionDays });
  }

  private createRoles({ prefix, name, repositoryArns }: FargateServiceProps, logGroupArn: string) {
    return new ServiceRoles(this, "roles", { name: `${prefix}-${name}`, repositoryArns, logGroupArn });
  }

  private createFirewall({
    prefix,
    name,
    vpcId,
    containers,
    loadBalancer,
    calledSecurityGroupId,
  }: FargateServiceProps) {
    return new ServiceFirewall(this, "firewall", {
      name: `${prefix}-${name}`,
      vpcId,
      port: containers[0].port,
      loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
      calledSecurityGroupId,
    });
  }

  private createTargetGroup({ prefix, name, vpcId, containers, healthPath }: FargateServiceProps) {
    return new LbTargetGroup(this, "targets", {
      name: `${prefix}-${name}`,
      vpcId,
      targetType: "ip",
      protocol: "HTTP",
      port: containers[0].port,
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
  }

  private routeTo(targetGroupArn: string, { loadBalancer, route }: FargateServiceProps) {
    return new LbListenerRule(this, "route", {
      listenerArn: loadBalancer.listenerArn,
      priority: route.priority,
      condition: [route.condition],
      action: [{ type: "forward", targetGroupArn }],
    });
  }

  private defineTask(
    { prefix, name, size, containers, region }: FargateServiceProps,
    roles: ServiceRoles,
    groupName: string,
  ) {
    return new EcsTaskDefinition(this, "task", {
      family: `${prefix}-${name}`,
      ...fargateSizes[size],
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      volume: containers.flatMap((container) =>
        container.writablePaths.map((path) => ({ name: volumeName(container, path) })),
      ),
      containerDefinitions: JSON.stringify(
        containers.map((container) => containerDefinition(container, { groupName, region })),
      ),
      // Otherwise the revision that a rollback returns to is deregistered.
      skipDestroy: true,
    });
  }

  private createService(
    { name, cluster, tasks, capacity, subnetIds, containers }: FargateServiceProps,
    taskDefinition: string,
    securityGroupId: string,
    targetGroupArn: string,
    rule: LbListenerRule,
  ) {
    return new EcsService(this, "service", {
      name,
      cluster: cluster.arn,
      taskDefinition,
      desiredCount: tasks.minimum,
      // The autoscaler's, after the first deploy.
      lifecycle: { ignoreChanges: ["desired_count"] },
      capacityProviderStrategy: capacityStrategy(capacity),
      // Without it a change of the strategy replaces the service.
      forceNewDeployment: true,
      availabilityZoneRebalancing: "ENABLED",
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      waitForSteadyState: true,
      healthCheckGracePeriodSeconds: timeouts.healthCheckGraceSeconds,
      networkConfiguration: { subnets: subnetIds, securityGroups: [securityGroupId], assignPublicIp: false },
      loadBalancer: [{ targetGroupArn, containerName: containers[0].name, containerPort: containers[0].port }],
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      // AWS refuses a service whose target group no load balancer uses yet.
      dependsOn: [rule],
    });
  }

  private scale(props: FargateServiceProps, serviceName: string, targetGroupArnSuffix: string) {
    new ServiceScaling(this, "scaling", {
      clusterName: props.cluster.name,
      serviceName,
      tasks: props.tasks,
      loadBalancerLabel: `${props.loadBalancer.arnSuffix}/${targetGroupArnSuffix}`,
      requestsPerTargetPerMinute: props.requestsPerTargetPerMinute,
    });
  }
}

function capacityStrategy({ fargateWeight, spotWeight }: FargateServiceProps["capacity"]) {
  return [
    { capacityProvider: "FARGATE", weight: fargateWeight },
    { capacityProvider: "FARGATE_SPOT", weight: spotWeight },
  ].filter(({ weight }) => weight > 0);
}
