import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateOpenIDConnectProviderCommand,
  CreateServiceLinkedRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  GetHostedZoneCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { audience, bucketName, issuer, keyAlias, oidcProviderArn, prefixOf } from "../../stacks/constructs/names";
import { environments } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets } from "../../stacks/maximal-environment";
import { servicesWithRoles } from "../deploy/account";
import { clientConfiguration } from "../shell/client-configuration";
import { root } from "../shell/paths";
import { machineWithoutDocker } from "./account.fixture";
import { clientsOf } from "./clients";
import { preflight } from "./preflight";

/** An account in which nobody has made anything, also where the test has run before. */
const accountId = `9${String(Date.now()).slice(-11)}`;
/** AWS makes no zone below example.com. */
const domain = `dashboard-${accountId}.net`;
const row = { ...maximalEnvironment, accountId, domain };
const topics = ["page", "ticket"].map((severity) => `${prefixOf(row)}-${severity}`);
const env = { ...process.env, AWS_ACCESS_KEY_ID: accountId, AWS_SECRET_ACCESS_KEY: "test" };
const connection = { ...clientConfiguration(env), region: row.region };
const s3 = new S3Client(connection);
const kms = new KMSClient(connection);
const iam = new IAMClient(connection);
const route53 = new Route53Client(connection);
const acm = new ACMClient(connection);
const secrets = new SecretsManagerClient(connection);
const ssm = new SSMClient(connection);
const sns = new SNSClient(connection);

/** What public DNS answers. */
let delegatedTo: readonly string[] = ["ns.registrar.example"];

/** What is not ok, by its title. */
async function shortcomings(): Promise<Record<string, string>> {
  const { results, exitCode } = await preflight({
    environment: row,
    services: servicesWithSecrets,
    clients: clientsOf(row, env),
    machine: machineWithoutDocker,
    resolveNs: async () => delegatedTo,
  });
  expect(exitCode).toBe(1);
  const left = results.filter(({ state }) => state !== "ok");
  return Object.fromEntries(left.map(({ title, state, found }) => [title, `${state}: ${found}`]));
}

const unanswered = (needed: string, newAccount: number) =>
  `unknown: quota not known: AWS answers 400. ${needed}; a new account has ${newAccount}`;
const atMost = "3 needed while every service is deployed with its most tasks";

/** What an emulator without Service Quotas leaves unknown. */
const quotas = {
  "vCPU on Fargate": unanswered(atMost, 6),
  "vCPU on Fargate Spot": unanswered(atMost, 6),
  VPCs: unanswered("1 needed", 5),
  "internet gateways": unanswered("1 needed", 5),
  "interface endpoints in a VPC": unanswered("7 needed", 50),
  "gateway endpoints": unanswered("1 needed", 20),
  "application load balancers": unanswered("2 needed", 50),
  "target groups": unanswered("2 needed", 3000),
};

interface Step {
  readonly what: string;
  readonly add: () => Promise<unknown>;
  /** Lines that are other than before; null for one that is ok. */
  readonly changes: Readonly<Record<string, string | null>>;
}

let zoneId: string | undefined;
let certificateArn: string | undefined;

const steps: readonly Step[] = [
  {
    what: "the state bucket",
    add: () => s3.send(new CreateBucketCommand({ Bucket: bucketName(row, "state") })),
    changes: { "state bucket": null },
  },
  {
    what: "the key",
    add: async () => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      await kms.send(new CreateAliasCommand({ AliasName: keyAlias(row), TargetKeyId: KeyMetadata?.KeyId }));
    },
    changes: { key: null },
  },
  ...servicesWithRoles.map((AWSServiceName) => ({
    what: `the role of ${AWSServiceName}`,
    add: () => iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName })),
    changes: { [`role of ${AWSServiceName.replace(".amazonaws.com", "")}`]: null },
  })),
  {
    what: "a provider for others",
    add: () =>
      iam.send(
        new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: ["https://github.com/acme"] }),
      ),
    changes: { "GitHub's OIDC provider": "missing: without the audience sts.amazonaws.com" },
  },
  {
    what: "its audience",
    // MiniStack cannot add it to the provider that is there.
    add: async () => {
      const OpenIDConnectProviderArn = oidcProviderArn(row);
      await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: [audience] }));
    },
    changes: { "GitHub's OIDC provider": null },
  },
  {
    what: "the zone",
    add: async () => {
      const created = await route53.send(new CreateHostedZoneCommand({ Name: domain, CallerReference: accountId }));
      zoneId = created.HostedZone?.Id;
    },
    changes: {
      [`zone of ${domain}`]: null,
      [`delegation of ${domain}`]: "missing: public DNS answers ns.registrar.example",
    },
  },
  {
    what: "the delegation",
    add: async () => {
      const { DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id: zoneId }));
      delegatedTo = DelegationSet?.NameServers ?? [];
    },
    changes: { [`delegation of ${domain}`]: null },
  },
  {
    what: "a certificate",
    add: async () => {
      const request = new RequestCertificateCommand({ DomainName: domain, ValidationMethod: "DNS" });
      certificateArn = (await acm.send(request)).CertificateArn;
    },
    changes: { [`certificate of ${domain}`]: "missing: PENDING_VALIDATION" },
  },
  {
    what: "its proof",
    add: async () => {
      const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: certificateArn }));
      const { Name, Type, Value } = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord ?? {};
      const record = { Name, Type, TTL: 300, ResourceRecords: [{ Value }] };
      const Changes = [{ Action: "CREATE" as const, ResourceRecordSet: record }];
      await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes } }));
    },
    changes: { [`certificate of ${domain}`]: null },
  },
  {
    what: "a secret",
    add: () => secrets.send(new CreateSecretCommand({ Name: "backend/api-key" })),
    changes: { "secret backend/api-key": "missing: has no value" },
  },
  {
    what: "its value",
    add: () => secrets.send(new PutSecretValueCommand({ SecretId: "backend/api-key", SecretString: "secret" })),
    changes: { "secret backend/api-key": null },
  },
  {
    what: "the parameter",
    add: () => ssm.send(new PutParameterCommand({ Name: "/backend/token", Type: "SecureString", Value: "secret" })),
    changes: { "parameter /backend/token": null },
  },
  ...topics.flatMap((Name) => [
    {
      what: `the topic ${Name}`,
      add: () => sns.send(new CreateTopicCommand({ Name })),
      changes: { [`mails of ${Name}`]: `missing: ${row.alarmEmail} is not subscribed` },
    },
    {
      what: `the subscription of ${Name}, which only its mail can confirm`,
      add: () =>
        sns.send(
          new SubscribeCommand({
            TopicArn: `arn:aws:sns:${row.region}:${accountId}:${Name}`,
            Protocol: "email",
            Endpoint: row.alarmEmail,
          }),
        ),
      changes: { [`mails of ${Name}`]: `missing: ${row.alarmEmail} is not confirmed` },
    },
  ]),
];
describe("an account of its own", () => {
  let left: Record<string, string>;

  it("lacks everything at first", async () => {
    left = await shortcomings();
    expect(left).toEqual({
      "state bucket": `missing: no bucket ${bucketName(row, "state")}`,
      key: `missing: no key ${keyAlias(row)}`,
      "role of ecs": "missing: not there yet",
      "role of elasticloadbalancing": "missing: not there yet",
      "role of ecs.application-autoscaling": "missing: not there yet",
      "GitHub's OIDC provider": "missing: not there yet",
      ...quotas,
      [`zone of ${domain}`]: "missing: no public zone in Route 53",
      [`delegation of ${domain}`]: "missing: no public zone in Route 53",
      [`certificate of ${domain}`]: "missing: not requested yet",
      "secret backend/api-key": "missing: not there yet",
      "parameter /backend/token": "missing: not there yet",
      ...Object.fromEntries(
        topics.map((topic) => [`mails of ${topic}`, "missing: no topic before the first deployment"]),
      ),
    });
  });

  it.each(steps)("has $what, and other lines are as before", async ({ add, changes }) => {
    await add();
    const changed = Object.entries({ ...left, ...changes }).filter(([, text]) => text !== null);
    left = await shortcomings();
    expect(left).toEqual(Object.fromEntries(changed));
  });

  it("does not know in the end what the emulator does not tell", () => {
    const unconfirmed = topics.map((topic) => [`mails of ${topic}`, `missing: ${row.alarmEmail} is not confirmed`]);
    expect(left).toEqual({ ...quotas, ...Object.fromEntries(unconfirmed) });
  });
});

describe("the command", () => {
  const [dev] = environments;
  const run = async (...args: readonly string[]) => {
    const given = { ...env, AWS_ACCESS_KEY_ID: dev.accountId };
    const program = join(root, "node_modules/.bin/tsx");
    const ended = promisify(execFile)(program, ["ops/cli.ts", "preflight", ...args], { cwd: root, env: given });
    return ended.then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  };

  it("prints a line for each check, and ends with 1 where something cannot be known", async () => {
    const { code, stdout } = await run("--environment", "dev");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✓ credentials +\S+, account 111111111111\n/);
    expect(stdout).toMatch(/^\? vCPU on Fargate Spot +quota not known: AWS answers 400\./m);
    expect(stdout).toMatch(/\n\d+ ok, \d+ missing, \d+ unknown\n$/);
  });

  it("asks nothing of an account that is not the row's", async () => {
    const { code, stdout } = await run("--environment", "prod");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ credentials +\S+ is of account 111111111111; the row prod has 333333333333\n/);
    expect(stdout).toContain("? state bucket");
  });
});
