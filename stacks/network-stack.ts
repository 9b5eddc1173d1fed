import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Annotations, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { createBackend, lookUpKeyArn, useAccount } from "./constructs/account";
import { DomainCertificate } from "./constructs/domain-certificate";
import { LoadBalancer } from "./constructs/load-balancer";
import { bucketName, prefixOf } from "./constructs/names";
import { boundaryArn } from "./constructs/permissions-boundary";
import { PrivateBucket } from "./constructs/private-bucket";
import type { ServiceEgress } from "./constructs/service-security-group";
import { Subnets } from "./constructs/subnets";
import { VpcEndpoints } from "./constructs/vpc-endpoints";
import { VpcFlowLog } from "./constructs/vpc-flow-log";
import { WebAcl } from "./constructs/web-acl";
import type { Environment } from "./environments";
import type { SecretSource, Service } from "./services";

export interface NetworkStackProps {
  readonly environment: Environment;
  readonly services: readonly Service[];
}

/**
 * The VPC with public and private subnets and its flow log, a load balancer for the internet with its certificate and web ACL,
 * one for services among themselves, and the private zone that names them.
 */
export class NetworkStack extends TerraformStack {
  readonly vpcId: string;
  readonly privateSubnetIds: string[];
  /** By availability zone; empty where there is none. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  /** Where tasks may go besides the services that they call. */
  readonly egress: ServiceEgress;
  readonly publicLoadBalancer: LoadBalancer;
  readonly internalLoadBalancer: LoadBalancer;
  readonly zone: { readonly id: string; readonly name: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkStackProps,
  ) {
    super(scope, id);
    const { environment } = props;
    useAccount(this, environment);
    createBackend(this, environment);
    const keyArn = lookUpKeyArn(this, environment);

    const vpc = this.createVpc(keyArn);
    const subnets = new Subnets(this, "subnets", { ...environment, vpcId: vpc.id });
    this.egress = this.createEgress(vpc.id, subnets);
    const { certificate, certificateArn } = this.createCertificate();
    const accessLogs = { bucket: this.createAccessLogs().name };
    const shared = { vpcId: vpc.id, accessLogs, deletionProtection: environment.deletionProtection };
    this.publicLoadBalancer = new LoadBalancer(this, "public", {
      ...shared,
      name: `${environment.name}-public`,
      subnetIds: subnets.publicIds,
      exposure: "public",
      access: environment.access,
      internetGateway: subnets.internetGateway,
      certificateArn,
    });
    this.internalLoadBalancer = new LoadBalancer(this, "internal", {
      ...shared,
      name: `${environment.name}-internal`,
      subnetIds: subnets.privateIds,
      exposure: "internal",
      access: undefined,
      internetGateway: undefined,
      certificateArn: undefined,
    });
    this.attachWebAcl(keyArn);
    if (certificate) this.createDnsRecord(certificate);
    const zone = new Route53Zone(this, "zone", { name: `${environment.name}.internal`, vpc: [{ vpcId: vpc.id }] });

    this.vpcId = vpc.id;
    this.privateSubnetIds = subnets.privateIds;
    this.natGatewayIds = subnets.natGatewayIds;
    this.zone = { id: zone.zoneId, name: zone.name };
    new TerraformOutput(this, "public-address", { value: this.publicAddress() });
  }

  private createVpc(keyArn: string): Vpc {
    const { environment } = this.props;
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: environment.vpcCidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: environment.name },
    });
    // Nothing may lean on the group that AWS hands to resources without one.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, ingress: [], egress: [] });
    new VpcFlowLog(this, "traffic", {
      prefix: prefixOf(environment),
      accountId: environment.accountId,
      vpcId: vpc.id,
      keyArn,
      permissionsBoundary: boundaryArn(environment),
      retentionDays: environment.logRetentionDays,
    });
    return vpc;
  }

  private createEgress(vpcId: string, subnets: Subnets): ServiceEgress {
    const { environment, services } = this.props;
    const { name, region, egress } = environment;
    const endpoints = new VpcEndpoints(this, "endpoints", {
      name,
      vpcId,
      region,
      privateSubnetIds: subnets.privateIds,
      privateRouteTableIds: subnets.privateRouteTableIds,
      interfaces: egress === "vpc-endpoints" ? calledAwsServices(environment, services) : [],
    });
    return { s3PrefixListId: endpoints.s3PrefixListId, endpointsSecurityGroupId: endpoints.securityGroupId };
  }

  private createCertificate(): { certificate?: DomainCertificate; certificateArn: string | undefined } {
    const { domain, certificateArn, deletionProtection } = this.props.environment;
    if (typeof domain !== "string") {
      if (deletionProtection) Annotations.of(this).addWarning(`Plain HTTP, because there is no domain: ${domain.none}`);
      return { certificateArn: undefined };
    }
    if (certificateArn !== null) return { certificateArn };
    const certificate = new DomainCertificate(this, "domain", { domain });
    return { certificate, certificateArn: certificate.arn };
  }

  private createAccessLogs(): PrivateBucket {
    const { environment } = this.props;
    return new PrivateBucket(this, "access-logs", {
      name: bucketName(environment, "access-logs"),
      // Load balancers deliver to buckets under S3's own key only.
      keyArn: null,
      forceDestroy: !environment.deletionProtection,
      expiry: { objectsAfterDays: environment.logRetentionDays },
      statements: (bucketArn) => [
        {
          Sid: "LoadBalancersDeliver",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: ["public", "internal"].map((prefix) => `${bucketArn}/${prefix}/AWSLogs/${environment.accountId}/*`),
        },
      ],
    });
  }

  private attachWebAcl(keyArn: string): void {
    const { webAcl, logRetentionDays } = this.props.environment;
    if ("none" in webAcl) return;
    new WebAcl(this, "web-acl", {
      prefix: prefixOf(this.props.environment),
      loadBalancerArn: this.publicLoadBalancer.arn,
      requestsPerFiveMinutes: webAcl.requestsPerFiveMinutes,
      keyArn,
      retentionDays: logRetentionDays,
    });
  }

  /** A domain whose certificate was given has its DNS elsewhere: there its owner names the load balancer. */
  private createDnsRecord({ zoneId }: DomainCertificate): void {
    const { dnsName, zoneId: loadBalancerZoneId } = this.publicLoadBalancer;
    new Route53Record(this, "public-name", {
      zoneId,
      name: this.props.environment.domain as string,
      type: "A",
      alias: { name: dnsName, zoneId: loadBalancerZoneId, evaluateTargetHealth: true },
    });
  }

  private publicAddress(): string {
    const { domain } = this.props.environment;
    return typeof domain === "string" ? `https://${domain}` : `http://${this.publicLoadBalancer.dnsName}`;
  }
}

/** Whether tasks need an AWS service. */
type Need = (secrets: readonly SecretSource[], environment: Environment) => boolean;

const always: Need = () => true;
const forSessions: Need = (_, { executeCommand }) => executeCommand.length > 0;

/** AWS services that tasks cannot start or work without. S3, where image layers lie, is reached by a gateway in any case. */
const awsServices: Readonly<Record<string, Need>> = {
  // The registry's API, and its images.
  "ecr.api": always,
  "ecr.dkr": always,
  logs: always,
  secretsmanager: (secrets) => secrets.some((source) => "secretsManager" in source),
  // Parameters.
  ssm: (secrets) => secrets.some((source) => "parameter" in source),
  // Channels of execute-command.
  ssmmessages: forSessions,
  // Sessions are encrypted with the environment's key, by an agent inside the container.
  kms: forSessions,
};

function calledAwsServices(environment: Environment, services: readonly Service[]): string[] {
  const secrets = services.flatMap((service): SecretSource[] => Object.values(service.secrets));
  return Object.keys(awsServices).filter((name) => awsServices[name]?.(secrets, environment));
}
