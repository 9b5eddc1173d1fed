import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { keepStateInBucket, project, useAccount } from "./constructs/account";
import type { Container } from "./constructs/container-definition";
import { FargateService } from "./constructs/fargate-service";
import type { LoadBalancer } from "./constructs/load-balancer";
import type { Environment } from "./environments";
import type { ImagesStack } from "./images-stack";
import type { NetworkStack } from "./network-stack";
import type { Service } from "./services";

export interface ComputeStackProps {
  readonly environment: Environment;
  readonly services: readonly Service[];
  readonly network: NetworkStack;
  readonly images: ImagesStack;
}

const gatewayPort = 8080;

/** The cluster, and one Fargate service with its private name for each row of the services table. */
export class ComputeStack extends TerraformStack {
  readonly clusterName: string;
  readonly services: ReadonlyMap<string, { readonly fargate: FargateService; readonly loadBalancer: LoadBalancer }>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ComputeStackProps,
  ) {
    super(scope, id);
    const { environment, services } = props;
    useAccount(this, environment);
    keepStateInBucket(this, environment);

    const cluster = new EcsCluster(this, "cluster", {
      name: environment.name,
      setting: [{ name: "containerInsights", value: "enabled" }],
    });
    new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
    this.clusterName = cluster.name;
    this.services = new Map(
      services.map((service, index) => [service.name, this.addService(service, index + 1, cluster)]),
    );
    // What a deploy meant to run; `tools/setup/rollback.ts` compares it with what runs.
    new TerraformOutput(this, "services", {
      value: [...this.services.values()].map(({ fargate }) => ({
        cluster: cluster.name,
        service: fargate.serviceName,
        taskDefinition: fargate.taskDefinitionArn,
      })),
    });
  }

  private addService(service: Service, priority: number, cluster: EcsCluster) {
    const { environment, network, images } = this.props;
    const isPublic = service.exposure === "public";
    const loadBalancer = isPublic ? network.publicLoadBalancer : network.internalLoadBalancer;
    const condition = isPublic
      ? { pathPattern: { values: ["/*"] } }
      : { hostHeader: { values: [`${service.name}.${network.zone.name}`] } };
    if (!isPublic) this.addPrivateName(service.name, loadBalancer);

    const fargate = new FargateService(this, `${service.name}-service`, {
      name: service.name,
      region: environment.region,
      prefix: `${project}-${environment.name}`,
      cluster,
      vpcId: network.vpcId,
      subnetIds: network.privateSubnetIds,
      loadBalancer,
      route: { priority, condition },
      containers: [this.gateway(service), this.app(service)],
      size: service.size,
      healthPath: service.healthPath,
      repositoryArns: [images.gateway.repositoryArn, this.image(service).repositoryArn],
      calledSecurityGroupId: service.calls.length > 0 ? network.internalLoadBalancer.securityGroupId : undefined,
      tasks: environment.tasks,
      capacity: environment.capacity,
      requestsPerTargetPerMinute: service.requestsPerTargetPerMinute,
      logRetentionDays: environment.logRetentionDays,
    });
    return { fargate, loadBalancer };
  }

  private addPrivateName(name: string, loadBalancer: LoadBalancer): void {
    const { zone } = this.props.network;
    new Route53Record(this, `${name}-name`, {
      zoneId: zone.id,
      name: `${name}.${zone.name}`,
      type: "A",
      alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
    });
  }

  private gateway(service: Service): Container & { readonly port: number } {
    return {
      name: "gateway",
      image: this.props.images.gateway.reference,
      user: "101:101",
      environment: {
        TEMPLATE: service.gatewayTemplate,
        APP_UPSTREAM: `127.0.0.1:${service.port}`,
        ...this.addressesOf(service.calls),
      },
      writablePaths: ["/tmp"],
      port: gatewayPort,
      startAfter: ["app"],
    };
  }

  private app(service: Service): Container {
    const url = `http://127.0.0.1:${service.port}${service.healthPath}`;
    return {
      name: "app",
      image: this.image(service).reference,
      user: "1000:1000",
      environment: { HOSTNAME: "127.0.0.1", PORT: String(service.port), ...this.addressesOf(service.calls) },
      writablePaths: service.writablePaths,
      healthCommand: ["node", "-e", `fetch('${url}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`],
    };
  }

  private image({ name }: Service) {
    const image = this.props.images.apps.get(name);
    if (!image)
      throw new Error(`No image for service "${name}"; there are ${[...this.props.images.apps.keys()].join(", ")}.`);
    return image;
  }

  private addressesOf(calls: readonly string[]): Record<string, string> {
    const { zone } = this.props.network;
    return Object.fromEntries(calls.map((name) => [`${name.toUpperCase()}_URL`, `http://${name}.${zone.name}`]));
  }
}
