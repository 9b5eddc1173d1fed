import { audience, bucketName, keyAlias } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import type { Clients } from "./clients";
import type { Machine } from "./docker";
import { quotas } from "./quotas";

// biome-ignore lint/suspicious/noExplicitAny: the inputs differ for each command
export type Answers = Readonly<Record<string, (input: any) => unknown>>;

/** As the SDK throws it. */
export function refusal(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error("said by AWS"), { name, $metadata: { httpStatusCode } });
}

export const denied = () => {
  throw refusal("AccessDeniedException", 400);
};

export const unreachable = () => {
  throw Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED", $metadata: {} });
};

export const absent = (name: string) => () => {
  throw refusal(name, 404);
};

/** An account that answers commands by their name. What was asked is in `asked`. */
export function clientsWith(answers: Answers, asked: string[] = []): Clients {
  const send = async (command: { constructor: { name: string }; input: unknown }) => {
    const name = command.constructor.name.replace(/Command$/, "");
    asked.push(name);
    const answer = answers[name];
    if (!answer) throw new Error(`${name} has no answer`);
    return answer(command.input);
  };
  const client = { send };
  const names = ["acm", "ec2", "elb", "iam", "kms", "quotas", "route53", "s3", "secrets", "sns", "ssm", "sts"];
  return Object.fromEntries(names.map((name) => [name, client])) as unknown as Clients;
}

export const nameServers = ["ns-1.awsdns-1.com", "ns-2.awsdns-2.net"];

/** In which nothing is missing. */
export function deployedAccount(environment: Environment): Answers {
  const { accountId, availabilityZones, alarmEmail, domain } = environment;
  return {
    GetCallerIdentity: () => ({ Account: accountId, Arn: `arn:aws:iam::${accountId}:user/me` }),
    DescribeAvailabilityZones: () => ({
      AvailabilityZones: availabilityZones.map((ZoneName) => ({ ZoneName, State: "available" })),
    }),
    HeadBucket: ({ Bucket }) => {
      if (Bucket !== bucketName(environment, "state")) throw refusal("NotFound", 404);
      return {};
    },
    DescribeKey: ({ KeyId }) => {
      if (KeyId !== keyAlias(environment)) throw refusal("NotFoundException");
      return { KeyMetadata: { KeyId: "1234", KeyState: "Enabled" } };
    },
    ListRoles: () => ({ Roles: [{ RoleName: "AWSServiceRole" }] }),
    GetOpenIDConnectProvider: () => ({ ClientIDList: [audience] }),
    GetServiceQuota: ({ QuotaCode }) => ({
      Quota: { Value: quotas.find(({ code }) => code === QuotaCode)?.newAccount },
    }),
    DescribeVpcs: () => ({ Vpcs: [{}] }),
    DescribeInternetGateways: () => ({ InternetGateways: [{}] }),
    DescribeVpcEndpoints: () => ({ VpcEndpoints: [] }),
    DescribeAddresses: () => ({ Addresses: [] }),
    DescribeLoadBalancers: () => ({ LoadBalancers: [] }),
    DescribeTargetGroups: () => ({ TargetGroups: [] }),
    ListHostedZonesByName: () => ({
      HostedZones: [
        { Id: "private", Name: `${domain}.`, Config: { PrivateZone: true } },
        { Id: "public", Name: `${domain}.`, Config: { PrivateZone: false } },
      ],
    }),
    GetHostedZone: ({ Id }) => ({ DelegationSet: { NameServers: Id === "public" ? nameServers.toReversed() : [] } }),
    ListCertificates: () => ({ CertificateSummaryList: [{ DomainName: domain, Status: "ISSUED" }] }),
    DescribeSecret: () => ({ VersionIdsToStages: { one: ["AWSPREVIOUS"], two: ["AWSCURRENT"] } }),
    DescribeParameters: ({ ParameterFilters: [{ Values }] }) => ({ Parameters: [{ Name: Values[0] }] }),
    ListSubscriptionsByTopic: ({ TopicArn }) => ({
      Subscriptions: [{ Protocol: "email", Endpoint: alarmEmail, SubscriptionArn: `${TopicArn}:1` }],
    }),
  };
}

/** Whose Docker is not asked to push. */
export const machineWithoutDocker: Machine = {
  env: { TF_VAR_prebuilt: "true" },
  now: () => 0,
  dockerVersion: async () => null,
  dockerConfiguration: () => null,
  loginsOf: async () => null,
};
