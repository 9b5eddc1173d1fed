import type { Environment } from "../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets } from "../../stacks/maximal-environment";
import { services } from "../../stacks/services";
import {
  type Answers,
  absent,
  clientsWith,
  denied,
  deployedAccount,
  machineWithoutDocker,
  nameServers,
  refusal,
  unreachable,
} from "./account.fixture";
import { type Result, resultOf } from "./check";
import { clientsOf } from "./clients";
import { needsOf } from "./needs";
import { asJson, checksOf, preflight, printed } from "./preflight";

// With NAT gateways, so that each quota is needed by one of the two.
const natEnvironment: Environment = { ...maximalEnvironment, egress: "nat-per-az" };
const needs = {
  ...needsOf(natEnvironment, servicesWithSecrets),
  interfaceEndpoints: needsOf(maximalEnvironment, servicesWithSecrets).interfaceEndpoints,
};
const complete = deployedAccount(natEnvironment);
const resolveNs = async () => nameServers;

/** What a check finds in the complete account, except for some answers. */
async function found(
  title: string,
  answers: Answers,
  dns: () => Promise<readonly string[]> = resolveNs,
): Promise<Result> {
  const given = {
    environment: natEnvironment,
    services: servicesWithSecrets,
    clients: clientsWith({ ...complete, ...answers }),
    machine: machineWithoutDocker,
    resolveNs: dns,
  };
  const check = checksOf(given, needs).find((each) => each.title === title);
  if (!check) throw new Error(`No check ${title}`);
  return resultOf(check);
}

const region = "us-east-1";
const bootstrap = "make bootstrap ENV=full";
const oidc = "arn:aws:iam::444444444444:oidc-provider/token.actions.githubusercontent.com";
const pageTopic = "arn:aws:sns:us-east-1:444444444444:portfolio-dashboard-full-page";

interface Case {
  readonly title: string;
  readonly command: string;
  readonly present: string;
  readonly missing: readonly [answer: () => unknown, found: string, remedy: string];
  readonly permission: string;
}

const certificate = (Status: string) => () => ({
  CertificateSummaryList: [{ DomainName: natEnvironment.domain, Status }],
});
const subscription =
  (SubscriptionArn: string, Endpoint = natEnvironment.alarmEmail) =>
  () => ({
    Subscriptions: [{ Protocol: "email", Endpoint, SubscriptionArn }],
  });
const slr = (service: string) =>
  `${bootstrap} creates it. By itself: aws iam create-service-linked-role --aws-service-name ${service}.amazonaws.com`;

const cases: readonly Case[] = [
  {
    title: `zones of ${region}`,
    command: "DescribeAvailabilityZones",
    present: "us-east-1a, us-east-1b, us-east-1c",
    missing: [
      () => ({ AvailabilityZones: ["c", "a"].map((zone) => ({ ZoneName: region + zone, State: "available" })) }),
      "us-east-1b not available to this account",
      "Choose availabilityZones of the row full in stacks/environments.ts among: us-east-1a, us-east-1c",
    ],
    permission: "ec2:DescribeAvailabilityZones",
  },
  {
    title: "state bucket",
    command: "HeadBucket",
    present: "portfolio-dashboard-444444444444-us-east-1-state",
    missing: [absent("NotFound"), "no bucket portfolio-dashboard-444444444444-us-east-1-state", bootstrap],
    permission: "s3:ListBucket",
  },
  {
    title: "key",
    command: "DescribeKey",
    present: "alias/portfolio-dashboard-full",
    missing: [absent("NotFoundException"), "no key alias/portfolio-dashboard-full", bootstrap],
    permission: "kms:DescribeKey",
  },
  ...["ecs", "elasticloadbalancing", "ecs.application-autoscaling"].map(
    (service): Case => ({
      title: `role of ${service}`,
      command: "ListRoles",
      present: "AWSServiceRole",
      missing: [() => ({ Roles: [] }), "not there yet", slr(service)],
      permission: "iam:ListRoles",
    }),
  ),
  {
    title: "GitHub's OIDC provider",
    command: "GetOpenIDConnectProvider",
    present: "with the audience sts.amazonaws.com",
    missing: [absent("NoSuchEntityException"), "not there yet", `${bootstrap} creates it.`],
    permission: "iam:GetOpenIDConnectProvider",
  },
  {
    title: "zone of dashboard.example.com",
    command: "ListHostedZonesByName",
    present: nameServers.join(", "),
    missing: [
      () => ({ HostedZones: [{ Name: "dashboard.example.com.", Config: { PrivateZone: true } }] }),
      "no public zone in Route 53",
      bootstrap,
    ],
    permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
  },
  {
    title: "delegation of dashboard.example.com",
    command: "GetHostedZone",
    present: "public DNS answers the zone's name servers",
    missing: [
      () => ({ DelegationSet: { NameServers: ["ns-3.awsdns-3.org."] } }),
      `public DNS answers ${nameServers.join(", ")}`,
      "At the registrar of dashboard.example.com, set the name servers to: ns-3.awsdns-3.org",
    ],
    permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
  },
  {
    title: "certificate of dashboard.example.com",
    command: "ListCertificates",
    present: "issued",
    missing: [
      () => ({ CertificateSummaryList: [{ DomainName: "example.com", Status: "ISSUED" }] }),
      "not requested yet",
      "make deploy ENV=full requests it, and waits until it is issued: that needs the delegation.",
    ],
    permission: "acm:ListCertificates",
  },
  {
    title: "secret backend/api-key",
    command: "DescribeSecret",
    present: "has a value",
    missing: [
      absent("ResourceNotFoundException"),
      "not there yet",
      "aws secretsmanager create-secret --region us-east-1 --name backend/api-key --secret-string …",
    ],
    permission: "secretsmanager:DescribeSecret",
  },
  {
    title: "parameter /backend/token",
    command: "DescribeParameters",
    present: "has a value",
    missing: [
      () => ({ Parameters: [] }),
      "not there yet",
      "aws ssm put-parameter --region us-east-1 --type SecureString --name /backend/token --value …",
    ],
    permission: "ssm:DescribeParameters",
  },
  {
    title: "mails of portfolio-dashboard-full-page",
    command: "ListSubscriptionsByTopic",
    present: "full-alarms@example.com is confirmed",
    missing: [
      absent("NotFoundException"),
      "no topic before the first deployment",
      "Confirm it by the mail that AWS sends after the first deployment: make deploy ENV=full",
    ],
    permission: "sns:ListSubscriptionsByTopic",
  },
];

describe.each(cases)("$title", ({ title, command, present, missing, permission }) => {
  it("is there", async () => {
    expect(await found(title, {})).toEqual({ title, state: "ok", found: present });
  });

  it("is missing, and says what to do", async () => {
    const [answer, text, remedy] = missing;
    expect(await found(title, { [command]: answer })).toEqual({ title, state: "missing", found: text, remedy });
  });

  it("is unknown to whoever may not read it", async () => {
    const result = await found(title, { [command]: denied });
    expect(result).toMatchObject({ state: "unknown", remedy: `Ask with credentials that have ${permission}.` });
    expect(result.found).toContain("may not be read: AccessDeniedException: said by AWS");
  });

  it("is unknown where nobody answers", async () => {
    expect(await found(title, { [command]: unreachable })).toEqual({
      title,
      state: "unknown",
      found: "no answer: connect ECONNREFUSED 10.0.0.1:443",
    });
  });
});

it.each<[string, string, Answers, string, string]>([
  [
    "a key that is being deleted",
    "key",
    { DescribeKey: () => ({ KeyMetadata: { KeyId: "1234", KeyState: "PendingDeletion" } }) },
    "alias/portfolio-dashboard-full is PendingDeletion",
    "aws kms cancel-key-deletion --key-id 1234\naws kms enable-key --key-id 1234",
  ],
  [
    "a provider without AWS's audience",
    "GitHub's OIDC provider",
    { GetOpenIDConnectProvider: () => ({ ClientIDList: ["https://github.com/acme"] }) },
    "without the audience sts.amazonaws.com",
    `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${oidc} --client-id sts.amazonaws.com`,
  ],
  [
    "a certificate that waits for the delegation",
    "certificate of dashboard.example.com",
    { ListCertificates: certificate("PENDING_VALIDATION") },
    "PENDING_VALIDATION",
    "It is issued some minutes after the delegation of the domain.",
  ],
  [
    "a certificate that failed",
    "certificate of dashboard.example.com",
    { ListCertificates: certificate("FAILED") },
    "FAILED",
    "See why: https://us-east-1.console.aws.amazon.com/acm/home?region=us-east-1#/certificates/list",
  ],
  [
    "a secret that is being deleted",
    "secret backend/api-key",
    { DescribeSecret: () => ({ DeletedDate: new Date() }) },
    "being deleted",
    "aws secretsmanager restore-secret --region us-east-1 --secret-id backend/api-key",
  ],
  [
    "a secret without a value",
    "secret backend/api-key",
    { DescribeSecret: () => ({}) },
    "has no value",
    "aws secretsmanager put-secret-value --region us-east-1 --secret-id backend/api-key --secret-string …",
  ],
  [
    "a subscription that nobody confirmed",
    "mails of portfolio-dashboard-full-page",
    { ListSubscriptionsByTopic: subscription("PendingConfirmation") },
    "full-alarms@example.com is not confirmed",
    `Follow the link in its mail from AWS. To get another one: aws sns subscribe --region us-east-1 --topic-arn ${pageTopic} --protocol email --notification-endpoint full-alarms@example.com`,
  ],
  [
    "a subscription of somebody else",
    "mails of portfolio-dashboard-full-page",
    { ListSubscriptionsByTopic: subscription(`${pageTopic}:1`, "me@example.com") },
    "full-alarms@example.com is not subscribed",
    "make deploy ENV=full",
  ],
])("finds %s", async (_, title, answers, text, remedy) => {
  expect(await found(title, answers)).toEqual({ title, state: "missing", found: text, remedy });
});

it("looks at all pages of a list", async () => {
  const page = ({ NextToken }: { NextToken?: string }) =>
    NextToken === undefined ? { Subscriptions: [], NextToken: "2" } : subscription(`${pageTopic}:1`)();
  const { state } = await found("mails of portfolio-dashboard-full-page", { ListSubscriptionsByTopic: page });
  expect(state).toBe("ok");
});

it("does not take a bucket of another account for a missing one", async () => {
  const { state, found: text } = await found("state bucket", { HeadBucket: absentFrom });
  expect(state).toBe("unknown");
  expect(text).toContain("or is another account's");
});
const absentFrom = () => {
  throw refusal("Forbidden", 403);
};

describe("delegation", () => {
  const title = "delegation of dashboard.example.com";
  const fails = (code: string) => async () => {
    throw Object.assign(new Error(`queryNs ${code} dashboard.example.com`), { code });
  };

  it("is missing where public DNS knows none", async () => {
    for (const code of ["ENOTFOUND", "ENODATA"]) {
      expect(await found(title, {}, fails(code))).toMatchObject({
        state: "missing",
        found: "public DNS knows no name servers",
        remedy: `At the registrar of dashboard.example.com, set the name servers to: ${nameServers.join(", ")}`,
      });
    }
  });

  it("is unknown where public DNS does not answer", async () => {
    expect(await found(title, {}, fails("ETIMEOUT"))).toMatchObject({
      state: "unknown",
      found: "public DNS does not answer: queryNs ETIMEOUT dashboard.example.com",
    });
  });

  it("does not mind how the names are written", async () => {
    const answered = nameServers.map((name) => `${name.toUpperCase()}.`).toReversed();
    expect((await found(title, {}, async () => answered)).state).toBe("ok");
  });

  it("needs a zone first", async () => {
    expect(await found(title, { ListHostedZonesByName: () => ({}) })).toMatchObject({
      state: "missing",
      remedy: bootstrap,
    });
  });
});

describe("a run", () => {
  const run = (answers: Answers, asked: string[] = []) =>
    preflight({
      environment: natEnvironment,
      services: servicesWithSecrets,
      clients: clientsWith({ ...complete, ...answers }, asked),
      machine: machineWithoutDocker,
      resolveNs,
    });

  it("ends with 0 when all is there", async () => {
    const { results, exitCode } = await run({});
    expect(results.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it("only reads", async () => {
    const asked: string[] = [];
    await run({}, asked);
    expect(asked.filter((name) => !/^(Get|List|Describe|Head)/.test(name))).toEqual([]);
  });

  it("ends with 1 when something is missing, or unknown", async () => {
    expect((await run({ DescribeSecret: absent("ResourceNotFoundException") })).exitCode).toBe(1);
    expect((await run({ DescribeSecret: denied })).exitCode).toBe(1);
  });

  it("asks another account nothing more, and takes nothing there for ok", async () => {
    const asked: string[] = [];
    const other = { Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" };
    const { results, exitCode } = await run({ GetCallerIdentity: () => other }, asked);
    expect(asked).toEqual(["GetCallerIdentity"]);
    expect(exitCode).toBe(1);
    expect(results[0]).toEqual({
      title: "credentials",
      state: "missing",
      found: "arn:aws:iam::999999999999:user/me is of account 999999999999; the row full has 444444444444",
      remedy:
        "Use credentials of account 444444444444, such as: export AWS_PROFILE=full\nOr correct accountId of the row full in stacks/environments.ts.",
    });
    const ok = results.filter(({ state }) => state === "ok");
    expect(ok.map(({ title }) => title)).toEqual(["Docker", "Docker's login to ECR"]);
  });

  it("ends with 2 when AWS refuses the credentials", async () => {
    const { results, exitCode } = await run({ GetCallerIdentity: absent("ExpiredTokenException") });
    expect(exitCode).toBe(2);
    expect(results[0]).toMatchObject({ state: "unknown", found: "refused: ExpiredTokenException: said by AWS" });
  });

  it("ends with 2 without credentials", async () => {
    const none = () => {
      throw Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      });
    };
    const { results, exitCode } = await run({ GetCallerIdentity: none });
    expect(exitCode).toBe(2);
    expect(results[0]?.found).toBe("no credentials: Could not load credentials from any providers");
    expect(results[0]?.remedy).toContain("aws sso login");
  });

  it("ends with 2 where nothing answers at AWS's address", async () => {
    const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const { results, exitCode } = await preflight({
      environment: natEnvironment,
      services,
      clients: clientsOf(natEnvironment, env),
      machine: machineWithoutDocker,
      resolveNs,
    });
    expect(exitCode).toBe(2);
    expect(results[0]).toMatchObject({
      state: "unknown",
      found: expect.stringMatching(/^no answer: .*connect ECONNREFUSED 127.0.0.1:1$/),
      remedy: "Look at this machine's network and proxy, and at AWS_ENDPOINT_URL.",
    });
  });
});

const results: readonly Result[] = [
  { title: "key", state: "ok", found: "alias/one" },
  { title: "state bucket", state: "missing", found: "no bucket", remedy: "first\nsecond" },
  { title: "VPCs", state: "unknown", found: "no answer" },
];

it("prints a line a check, its remedy below, and how many there are of each", () => {
  expect(printed(results)).toBe(
    [
      "✓ key          alias/one",
      "✗ state bucket no bucket",
      "    first",
      "    second",
      "? VPCs         no answer",
      "1 ok, 1 missing, 1 unknown",
    ].join("\n"),
  );
});

it("prints the same as data", () => {
  expect(JSON.parse(asJson(natEnvironment, results))).toEqual({
    environment: "full",
    accountId: "444444444444",
    region,
    checks: results,
    ok: 1,
    missing: 1,
    unknown: 1,
  });
});
