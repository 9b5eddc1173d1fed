import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Annotations, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { createBackend, lookUpKeyArn, useAccount } from "./constructs/account";
import type { Container } from "./constructs/container-definition";
import { FargateService, type ServiceEnvironment, type ServiceTraffic } from "./constructs/fargate-service";
import { ImageTags } from "./constructs/image-tags";
import type { LoadBalancer } from "./constructs/load-balancer";
import { bucketName, prefixOf, releasesParameter } from "./constructs/names";
import { boundaryArn } from "./constructs/permissions-boundary";
import { PrivateBucket } from "./constructs/private-bucket";
import { rulePriority } from "./constructs/rule-priority";
import type { ServicePermissions } from "./constructs/service-roles";
import { appTimeoutVariables, gatewayTimeoutVariables } from "./constructs/timeouts";
import type { Environment } from "./environments";
import type { ImagesStack } from "./images-stack";
import type { NetworkStack } from "./network-stack";
import type { SecretSource, Service, WebService } from "./services";

export interface ComputeStackProps {
  readonly environment: Environment;
  readonly services: readonly Service[];
  readonly network: NetworkStack;
  readonly images: ImagesStack;
}

/** What a row became. */
export interface DeployedService {
  readonly fargate: FargateService;
  /** Undefined for a worker. */
  readonly loadBalancer: LoadBalancer | undefined;
}

const gatewayPort = 8080;
/** As `nginx/templates/frontend.conf.template` has it. */
const staticPath = "/srv/static";

/** The cluster, the bucket from which services read objects, and one Fargate service with its private name for each row of the services table. */
export class ComputeStack extends TerraformStack {
  readonly clusterName: string;
  readonly services: ReadonlyMap<string, DeployedService>;
  private readonly keyArn: string;
  private readonly cluster: EcsCluster;
  private readonly capacityProviders: EcsClusterCapacityProviders;
  /** Records what is done by `aws ecs execute-command`; undefined where no service allows it. */
  private readonly sessions: CloudwatchLogGroup | undefined;
  /** Undefined where no service reads any. */
  private readonly objects: PrivateBucket | undefined;
  private readonly tags: ImageTags;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ComputeStackProps,
  ) {
    super(scope, id);
    const { environment, services } = props;
    useAccount(this, environment);
    createBackend(this, environment);

    this.keyArn = lookUpKeyArn(this, environment);
    this.sessions = this.recordSessions();
    this.cluster = this.createCluster();
    this.clusterName = this.cluster.name;
    this.capacityProviders = this.associateCapacityProviders();
    this.objects = this.createObjects();
    this.tags = new ImageTags(this, "images", { images: props.images.all });
    this.services = new Map(services.map((service) => [service.name, this.addService(service)]));
    const deployed = [...this.services.values()].map(({ fargate }) => fargate.service);
    this.tags.record(releasesParameter(environment), deployed);
    // What a deploy meant to run; `ops/deploy/explain-rollbacks.ts` compares it with what runs.
    new TerraformOutput(this, "services", {
      value: [...this.services.values()].map(({ fargate }) => ({
        cluster: this.clusterName,
        service: fargate.serviceName,
        taskDefinition: fargate.taskDefinitionArn,
      })),
    });
  }

  service(name: string): DeployedService {
    const service = this.services.get(name);
    if (!service) throw new Error(`No service "${name}"; there are ${[...this.services.keys()].join(", ")}.`);
    return service;
  }

  private recordSessions(): CloudwatchLogGroup | undefined {
    const { executeCommand, logRetentionDays } = this.props.environment;
    if (executeCommand.length === 0) return undefined;
    Annotations.of(this).addWarning(
      `execute-command is allowed into ${executeCommand.join(", ")}: their containers lose the read-only root file system.`,
    );
    return new CloudwatchLogGroup(this, "sessions", {
      name: `/${prefixOf(this.props.environment)}/execute-command`,
      retentionInDays: logRetentionDays,
      kmsKeyId: this.keyArn,
    });
  }

  private createCluster(): EcsCluster {
    const { environment } = this.props;
    return new EcsCluster(this, "cluster", {
      name: environment.name,
      setting: [{ name: "containerInsights", value: "enabled" }],
      configuration: { executeCommandConfiguration: sessionSettings(this.sessions, this.keyArn) },
    });
  }

  private associateCapacityProviders(): EcsClusterCapacityProviders {
    return new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: this.clusterName,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
  }

  private createObjects(): PrivateBucket | undefined {
    const { environment, services } = this.props;
    if (services.every(({ objects }) => objects.length === 0)) return undefined;
    return new PrivateBucket(this, "objects", {
      name: bucketName(environment, "objects"),
      keyArn: this.keyArn,
      forceDestroy: !environment.deletionProtection,
      expiry: { oldVersionsAfterDays: 90 },
    });
  }

  private addService(service: Service): DeployedService {
    const { network } = this.props;
    const isWorker = service.exposure === "none";
    const isPublic = service.exposure === "public";
    const loadBalancer = isPublic ? network.publicLoadBalancer : network.internalLoadBalancer;
    if (service.exposure === "private") this.addPrivateName(service.name);
    const secrets = this.secretArns(service);

    const fargate = new FargateService(this, `${service.name}-service`, {
      name: service.name,
      environment: this.serviceEnvironment(),
      traffic: isWorker ? undefined : this.traffic(service, loadBalancer),
      containers: isWorker ? [this.app(service, secrets)] : [this.gateway(service), this.app(service, secrets)],
      size: service.size,
      architecture: service.architecture,
      permissions: this.permissions(service, Object.values(secrets)),
      calledSecurityGroupId: service.calls.length > 0 ? network.internalLoadBalancer.securityGroupId : undefined,
    });
    return { fargate, loadBalancer: isWorker ? undefined : loadBalancer };
  }

  private serviceEnvironment(): ServiceEnvironment {
    const { environment, network } = this.props;
    return {
      ...environment,
      prefix: prefixOf(environment),
      permissionsBoundary: boundaryArn(environment),
      cluster: this.cluster,
      capacityProviders: this.capacityProviders,
      vpcId: network.vpcId,
      subnetIds: network.privateSubnetIds,
      egress: network.egress,
    };
  }

  private traffic(service: WebService, loadBalancer: LoadBalancer): ServiceTraffic {
    const { healthPath, requestsPerTargetPerMinute } = service;
    const isPublic = service.exposure === "public";
    const condition = isPublic
      ? { pathPattern: { values: ["/*"] } }
      : { hostHeader: { values: [`${service.name}.${this.props.network.zone.name}`] } };
    const signIn = isPublic ? this.signIn() : undefined;
    const route = { priority: rulePriority(service.name), condition, signIn };
    return { loadBalancer, route, port: gatewayPort, healthPath, requestsPerTargetPerMinute };
  }

  private signIn() {
    const { access } = this.props.environment;
    if (!("signIn" in access)) return undefined;
    const { clientSecret: secretId, ...client } = access.signIn;
    const { secretString } = new DataAwsSecretsmanagerSecretVersion(this, "sign-in", { secretId });
    return { ...client, clientSecret: secretString };
  }

  private addPrivateName(name: string): void {
    const { zone, internalLoadBalancer } = this.props.network;
    const { dnsName, zoneId } = internalLoadBalancer;
    new Route53Record(this, `${name}-name`, {
      zoneId: zone.id,
      name: `${name}.${zone.name}`,
      type: "A",
      alias: { name: dnsName, zoneId, evaluateTargetHealth: true },
    });
  }

  private permissions(service: Service, secretArns: string[]): ServicePermissions {
    const { environment, images } = this.props;
    const appRepository = this.image(service).repositoryArn;
    const mayExecute = environment.executeCommand.includes(service.name);
    return {
      repositoryArns: service.exposure === "none" ? [appRepository] : [images.gateway.repositoryArn, appRepository],
      secretArns,
      objectArns: service.objects.map((key) => `${this.objects?.arn}/${service.name}/${key}`),
      sessionLogGroupArn: mayExecute ? this.sessions?.arn : undefined,
      keyArn: this.keyArn,
    };
  }

  private gateway(service: WebService): Container {
    return {
      name: "gateway",
      image: this.tags.reference(this.props.images.gateway),
      user: "101:101",
      environment: {
        TEMPLATE: service.gatewayTemplate,
        APP_UPSTREAM: `127.0.0.1:${service.port}`,
        ANSWER_SECONDS: String(service.answerSeconds),
        ...gatewayTimeoutVariables,
        ...this.addressesOf(service.calls),
      },
      secrets: {},
      writablePaths: ["/tmp"],
      port: gatewayPort,
      ...(service.staticFiles && { reads: { container: "app", paths: [staticPath] } }),
      startAfter: ["app"],
    };
  }

  private app(service: Service, secrets: Record<string, string>): Container {
    const web = service.exposure === "none" ? {} : { HOSTNAME: "127.0.0.1", PORT: String(service.port) };
    return {
      name: "app",
      image: this.tags.reference(this.image(service)),
      user: "1000:1000",
      environment: {
        ...web,
        ...appTimeoutVariables,
        ...this.objectsUrl(service),
        ...this.addressesOf(service.calls),
        ...this.timeoutsOf(service.calls),
      },
      secrets,
      writablePaths: service.writablePaths,
      sharedPaths: service.exposure !== "none" && service.staticFiles ? [staticPath] : [],
      healthCommand: service.exposure === "none" ? service.healthCommand : healthCheckCommand(service),
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
    return Object.fromEntries(calls.map((name) => [variable(name, "URL"), `http://${name}.${zone.name}`]));
  }

  /** Seconds that an app waits for what it calls: longer than that one's gateway, whose 504 then says whose fault it is. */
  private timeoutsOf(calls: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      this.props.services.flatMap((called) =>
        called.exposure !== "none" && calls.includes(called.name)
          ? [[variable(called.name, "TIMEOUT"), String(called.answerSeconds + 1)]]
          : [],
      ),
    );
  }

  private objectsUrl({ name, objects }: Service): Record<string, string> {
    if (objects.length === 0 || !this.objects) return {};
    return { OBJECTS_URL: `s3://${this.objects.name}/${name}/`, AWS_REGION: this.props.environment.region };
  }

  private secretArns({ name, secrets }: Service): Record<string, string> {
    const { region, accountId } = this.props.environment;
    const arn = (variable: string, source: SecretSource) =>
      "parameter" in source
        ? // Composed, not looked up: a look-up would put the value into the state.
          `arn:aws:ssm:${region}:${accountId}:parameter${source.parameter}`
        : new DataAwsSecretsmanagerSecret(this, `${name}-${variable}`, { name: source.secretsManager }).arn;
    return Object.fromEntries(Object.entries(secrets).map(([variable, source]) => [variable, arn(variable, source)]));
  }
}

/** `BACKEND_URL` for `backend`. */
function variable(service: string, what: "URL" | "TIMEOUT"): string {
  return `${service.toUpperCase().replaceAll("-", "_")}_${what}`;
}

/** Without sessions they are ECS's own, which must be written out: an argument that is left out stays as it was in AWS. */
function sessionSettings(sessions: CloudwatchLogGroup | undefined, kmsKeyId: string) {
  if (!sessions) return { logging: "DEFAULT" };
  return {
    kmsKeyId,
    logging: "OVERRIDE",
    logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: sessions.name },
  };
}

function healthCheckCommand({ port, healthPath }: WebService): string[] {
  const url = `http://127.0.0.1:${port}${healthPath}`;
  return ["node", "-e", `fetch('${url}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`];
}
