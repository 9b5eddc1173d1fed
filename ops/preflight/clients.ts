import { ACMClient } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../stacks/environments";
import { clientConfiguration } from "../shell/client-configuration";

/** What is asked; nothing here writes. */
export interface Clients {
  readonly acm: Pick<ACMClient, "send">;
  readonly ec2: Pick<EC2Client, "send">;
  readonly elb: Pick<ElasticLoadBalancingV2Client, "send">;
  readonly iam: Pick<IAMClient, "send">;
  readonly kms: Pick<KMSClient, "send">;
  readonly quotas: Pick<ServiceQuotasClient, "send">;
  readonly route53: Pick<Route53Client, "send">;
  readonly s3: Pick<S3Client, "send">;
  readonly secrets: Pick<SecretsManagerClient, "send">;
  readonly sns: Pick<SNSClient, "send">;
  readonly ssm: Pick<SSMClient, "send">;
  readonly sts: Pick<STSClient, "send">;
}

export function clientsOf({ region }: Environment, env: NodeJS.ProcessEnv): Clients {
  const connection = {
    ...clientConfiguration(env),
    region,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 20_000 },
  };
  return {
    acm: new ACMClient(connection),
    ec2: new EC2Client(connection),
    elb: new ElasticLoadBalancingV2Client(connection),
    iam: new IAMClient(connection),
    kms: new KMSClient(connection),
    quotas: new ServiceQuotasClient(connection),
    route53: new Route53Client(connection),
    s3: new S3Client(connection),
    secrets: new SecretsManagerClient(connection),
    sns: new SNSClient(connection),
    ssm: new SSMClient(connection),
    sts: new STSClient(connection),
  };
}
