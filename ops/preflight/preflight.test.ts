import { servicesWithSecrets } from "../../stacks/maximal-environment";
import { services } from "../../stacks/services";
import { type Answers, absent, clientsWith, denied, machineWithoutDocker } from "./account.fixture";
import type { Result } from "./check";
import { clientsOf } from "./clients";
import { complete, natEnvironment, resolveNs } from "./found.fixture";
import { asJson, preflight, printed } from "./preflight";

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
    region: "us-east-1",
    checks: results,
    ok: 1,
    missing: 1,
    unknown: 1,
  });
});
