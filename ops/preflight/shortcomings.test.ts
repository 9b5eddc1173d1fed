import { type Answers, nameServers, refusal } from "./account.fixture";
import { found, natEnvironment } from "./found.fixture";

const bootstrap = "make bootstrap ENV=full";
const oidc = "arn:aws:iam::444444444444:oidc-provider/token.actions.githubusercontent.com";
const pageTopic = "arn:aws:sns:us-east-1:444444444444:portfolio-dashboard-full-page";

const certificate = (Status: string) => () => ({
  CertificateSummaryList: [{ DomainName: natEnvironment.domain, Status }],
});
const subscription =
  (SubscriptionArn: string, Endpoint = natEnvironment.alarmEmail) =>
  () => ({
    Subscriptions: [{ Protocol: "email", Endpoint, SubscriptionArn }],
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
    "certificate of dashboard.portfolio.test",
    { ListCertificates: certificate("PENDING_VALIDATION") },
    "PENDING_VALIDATION",
    "It is issued some minutes after the delegation of the domain.",
  ],
  [
    "a certificate that failed",
    "certificate of dashboard.portfolio.test",
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

const forbidden = () => {
  throw refusal("Forbidden", 403);
};

it("does not take a bucket of another account for a missing one", async () => {
  const { state, found: text } = await found("state bucket", { HeadBucket: forbidden });
  expect(state).toBe("unknown");
  expect(text).toContain("or is another account's");
});

describe("delegation", () => {
  const title = "delegation of dashboard.portfolio.test";
  const fails = (code: string) => async () => {
    throw Object.assign(new Error(`queryNs ${code} dashboard.portfolio.test`), { code });
  };

  it("is missing where public DNS knows none", async () => {
    for (const code of ["ENOTFOUND", "ENODATA"]) {
      expect(await found(title, {}, fails(code))).toMatchObject({
        state: "missing",
        found: "public DNS knows no name servers",
        remedy: `At the registrar of dashboard.portfolio.test, set the name servers to: ${nameServers.join(", ")}`,
      });
    }
  });

  it("is unknown where public DNS does not answer", async () => {
    expect(await found(title, {}, fails("ETIMEOUT"))).toMatchObject({
      state: "unknown",
      found: "public DNS does not answer: queryNs ETIMEOUT dashboard.portfolio.test",
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
