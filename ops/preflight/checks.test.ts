import { absent, denied, nameServers, unreachable } from "./account.fixture";
import { found } from "./found.fixture";

const region = "us-east-1";
const bootstrap = "make bootstrap ENV=full";

interface Case {
  readonly title: string;
  readonly command: string;
  readonly present: string;
  readonly missing: readonly [answer: () => unknown, found: string, remedy: string];
  readonly permission: string;
}

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
    title: "zone of dashboard.portfolio.test",
    command: "ListHostedZonesByName",
    present: nameServers.join(", "),
    missing: [
      () => ({ HostedZones: [{ Name: "dashboard.portfolio.test.", Config: { PrivateZone: true } }] }),
      "no public zone in Route 53",
      bootstrap,
    ],
    permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
  },
  {
    title: "delegation of dashboard.portfolio.test",
    command: "GetHostedZone",
    present: "public DNS answers the zone's name servers",
    missing: [
      () => ({ DelegationSet: { NameServers: ["ns-3.awsdns-3.org."] } }),
      `public DNS answers ${nameServers.join(", ")}`,
      "At the registrar of dashboard.portfolio.test, set the name servers to: ns-3.awsdns-3.org",
    ],
    permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
  },
  {
    title: "certificate of dashboard.portfolio.test",
    command: "ListCertificates",
    present: "issued",
    missing: [
      () => ({ CertificateSummaryList: [{ DomainName: "portfolio.test", Status: "ISSUED" }] }),
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
      "aws secretsmanager create-secret --region us-east-1 --kms-key-id alias/portfolio-dashboard-full --name backend/api-key --secret-string …",
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
      "aws ssm put-parameter --region us-east-1 --type SecureString --key-id alias/portfolio-dashboard-full --name /backend/token --value …",
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
