import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Container, containerDefinition, volumesOf } from "./container-definition";
import { type FargateSize, fargateSizes } from "./fargate-size";
import { type ServicePermissions, ServiceRoles } from "./service-roles";
import { ServiceScaling } from "./service-scaling";
import { type ServiceEgress, ServiceSecurityGroup } from "./service-security-group";
import { type Route, ServiceTargets } from "./service-targets";
import { timeouts } from "./timeouts";

/** What all services of an environment share. */
export interface ServiceEnvironment {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** First part of names that an account has once: roles, log groups, alarms. */
  readonly prefix: string;
  readonly permissionsBoundary: string;
  readonly cluster: { readonly arn: string; readonly name: string };
  /** AWS refuses a service whose strategy names a provider that is not yet associated with the cluster. */
  readonly capacityProviders: ITerraformDependable;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly egress: ServiceEgress;
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  readonly capacity: { readonly fargateWeight: number; readonly spotWeight: number };
  readonly logRetentionDays: number;
}

/** How requests reach a service. */
export interface ServiceTraffic {
  readonly loadBalancer: { readonly listenerArn: string; readonly securityGroupId: string; readonly arnSuffix: string };
  readonly route: Route;
  /** Of the container that answers. */
  readonly port: number;
  readonly healthPath: string;
  readonly requestsPerTargetPerMinute: number;
}

export interface FargateServiceProps {
  /** Name of the service in its cluster. */
  readonly name: string;
  readonly environment: ServiceEnvironment;
  /** Undefined for a worker, which nothing reaches. */
  readonly traffic: ServiceTraffic | undefined;
  /** With traffic, the first has its port. */
  readonly containers: readonly [Container, ...Container[]];
  readonly size: FargateSize;
  readonly architecture: "X86_64" | "ARM64";
  readonly permissions: ServicePermissions;
  /** Security group of the load balancer behind which the called services are; undefined when this service calls none. */
  readonly calledSecurityGroupId: string | undefined;
}

/**
 * A service on Fargate: log group, roles, security group, task definition, service with a circuit breaker that rolls back, and autoscaling;
 * with traffic also a target group, its rule and deployment alarms. A task of 0.25 vCPU and 0.5 GB costs about 9 USD a month, on Spot about 3.
 */
export class FargateService extends Construct {
  readonly serviceName: string;
  readonly logGroupName: string;
  readonly taskDefinitionArn: string;
  /** As CloudWatch names it; undefined for a worker. */
  readonly targetGroupArnSuffix: string | undefined;
  /** To wait for: created or updated when it is steady. */
  readonly service: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FargateServiceProps,
  ) {
    super(scope, id);
    const logs = this.createLogGroup();
    const roles = this.createRoles(logs.arn);
    const firewall = this.createSecurityGroup();
    const targets = this.createTargets();
    const taskDefinition = this.defineTask(roles, logs.name);
    const service = this.createService(taskDefinition.arn, firewall.securityGroupId, roles, targets);
    this.scale(service.name, targets);

    this.service = service;
    this.serviceName = service.name;
    this.logGroupName = logs.name;
    this.taskDefinitionArn = taskDefinition.arn;
    this.targetGroupArnSuffix = targets?.targetGroupArnSuffix;
  }

  /** Unique in the account. */
  private get fullName(): string {
    return `${this.props.environment.prefix}-${this.props.name}`;
  }

  private createLogGroup(): CloudwatchLogGroup {
    const { name, environment, permissions } = this.props;
    return new CloudwatchLogGroup(this, "logs", {
      name: `/${environment.prefix}/${name}`,
      retentionInDays: environment.logRetentionDays,
      kmsKeyId: permissions.keyArn,
    });
  }

  private createRoles(logGroupArn: string): ServiceRoles {
    const { environment, permissions } = this.props;
    return new ServiceRoles(this, "roles", { ...environment, name: this.fullName, logGroupArn, permissions });
  }

  private createSecurityGroup(): ServiceSecurityGroup {
    const { environment, traffic, calledSecurityGroupId } = this.props;
    const { vpcId, egress } = environment;
    const ingress = traffic && {
      port: traffic.port,
      loadBalancerSecurityGroupId: traffic.loadBalancer.securityGroupId,
    };
    return new ServiceSecurityGroup(this, "firewall", {
      name: this.fullName,
      vpcId,
      ingress,
      calledSecurityGroupId,
      egress,
    });
  }

  private createTargets(): ServiceTargets | undefined {
    const { name, environment, traffic } = this.props;
    if (!traffic) return undefined;
    return new ServiceTargets(this, "targets", {
      ...traffic,
      name: `${environment.name}-${name}`,
      alarmPrefix: this.fullName,
      vpcId: environment.vpcId,
    });
  }

  private defineTask(roles: ServiceRoles, logGroupName: string): EcsTaskDefinition {
    const { environment, size, architecture, containers, permissions } = this.props;
    const executeCommand = permissions.sessionLogGroupArn !== undefined;
    const surroundings = { logGroupName, region: environment.region, executeCommand };
    return new EcsTaskDefinition(this, "task", {
      family: this.fullName,
      ...fargateSizes[size],
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: "LINUX" },
      executionRoleArn: roles.executionRoleArn,
      taskRoleArn: roles.taskRoleArn,
      volume: containers.flatMap(volumesOf).map((name) => ({ name })),
      containerDefinitions: JSON.stringify(containers.map((container) => containerDefinition(container, surroundings))),
      // Otherwise the revision that a rollback returns to is deregistered.
      skipDestroy: true,
    });
  }

  private createService(
    taskDefinition: string,
    securityGroupId: string,
    roles: ServiceRoles,
    targets: ServiceTargets | undefined,
  ): EcsService {
    const { name, environment, traffic, containers, permissions } = this.props;
    const { cluster, capacityProviders, tasks, capacity, subnetIds } = environment;
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
      networkConfiguration: { subnets: subnetIds, securityGroups: [securityGroupId], assignPublicIp: false },
      ...(traffic && targets && behindLoadBalancer(targets, containers[0].name, traffic.port)),
      enableExecuteCommand: permissions.sessionLogGroupArn !== undefined,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      dependsOn: [capacityProviders, ...roles.policies, ...(targets ? [targets.rule] : [])],
    });
  }

  private scale(serviceName: string, targets: ServiceTargets | undefined): void {
    const { environment, traffic } = this.props;
    new ServiceScaling(this, "scaling", {
      clusterName: environment.cluster.name,
      serviceName,
      tasks: environment.tasks,
      requests: traffic &&
        targets && {
          perTargetPerMinute: traffic.requestsPerTargetPerMinute,
          loadBalancerLabel: `${traffic.loadBalancer.arnSuffix}/${targets.targetGroupArnSuffix}`,
        },
    });
  }
}

function behindLoadBalancer({ targetGroupArn, deploymentAlarms }: ServiceTargets, name: string, port: number) {
  return {
    loadBalancer: [{ targetGroupArn, containerName: name, containerPort: port }],
    healthCheckGracePeriodSeconds: timeouts.healthCheckGraceSeconds,
    alarms: { alarmNames: deploymentAlarms.names, enable: true, rollback: true },
  };
}

function capacityStrategy({ fargateWeight, spotWeight }: ServiceEnvironment["capacity"]) {
  return [
    { capacityProvider: "FARGATE", weight: fargateWeight },
    { capacityProvider: "FARGATE_SPOT", weight: spotWeight },
  ].filter(({ weight }) => weight > 0);
}
