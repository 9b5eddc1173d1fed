import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../stacks/environments";
import { stacksOf } from "../../stacks/maximal-environment";
import { services } from "../../stacks/services";
import { Synthesized } from "../../stacks/synthesized";
import { pipelinesFor } from "./changes";
import { type GraphJob, jobsOf, type Outcome, type Trigger } from "./graph";
import { type Scenario, scenarios } from "./scenarios.fixture";

type Claims = Readonly<Record<string, string>>;
const repository = environments[0].githubRepository;
const issuer = "token.actions.githubusercontent.com";
const rows = environments.filter(({ name }) => name !== "dev");

/** The trust policies as they are synthesized. */
const roles = rows.flatMap((row) =>
  Synthesized.of(...Object.values(stacksOf(row, services)))
    .resources("aws_iam_role")
    .filter(([id]) => id.startsWith("github_"))
    .map(([, { name, assume_role_policy }]) => ({
      name: name.replace("github-", "").replace("-", " "),
      policy: JSON.parse(assume_role_policy),
    })),
);

/** What a job carries: https://docs.github.com/en/actions/reference/security/oidc */
function claimsOf({ file, job }: GraphJob, { ref, actor, event }: Trigger): Claims {
  const environment: string | undefined = job.environment?.name ?? job.environment;
  const subject = environment ? `environment:${environment}` : event === "pull_request" ? event : `ref:${ref}`;
  const [owner, name] = repository.split("/");
  return {
    aud: "sts.amazonaws.com",
    sub: `repo:${owner}@1234567/${name}@123456789:${subject}`,
    repository_id: "123456789",
    ref,
    actor,
    job_workflow_ref: `${repository}/.github/workflows/${file}@${ref}`,
    ...(environment && { environment }),
  };
}

/** The operators of conditions that the trust policies have. */
const operators: Readonly<Record<string, (actual: string | undefined, expected: string[]) => boolean>> = {
  StringEquals: (actual, expected) => actual !== undefined && expected.includes(actual),
  StringNotEquals: (actual, expected) => actual === undefined || !expected.includes(actual),
  StringLike: (actual, expected) =>
    actual !== undefined &&
    expected.some((one) =>
      new RegExp(
        `^${one
          .split("*")
          .map((part) => part.replace(/[.[\]]/g, "\\$&"))
          .join(".*")}$`,
      ).test(actual),
    ),
  Null: (actual, [expected]) => (actual === undefined) === (expected === "true"),
};

function rolesFor(claims: Claims): string[] {
  const holds = (condition: Record<string, Record<string, string | string[]>>) =>
    Object.entries(condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) =>
        operators[operator]?.(claims[key.replace(`${issuer}:`, "")], [expected].flat()),
      ),
    );
  const isTrusted = ({ policy }: (typeof roles)[number]) =>
    policy.Statement.some(({ Condition }: { Condition: Parameters<typeof holds>[0] }) => holds(Condition));
  return roles.filter(isTrusted).map(({ name }) => name);
}

function triggerOf({ event, by, on }: Scenario): Trigger {
  const headOf = { member: repository, dependabot: repository, fork: "stranger/portfolio-dashboard" }[by];
  const login = by === "dependabot" ? "dependabot[bot]" : "somebody";
  const vars = on.length > 0 ? { DEPLOY_TO: JSON.stringify(on) } : {};
  const refs = { pull_request: "refs/pull/7/merge", merge_group: "refs/heads/gh-readonly-queue/main/pr-7" } as Record<
    string,
    string
  >;
  const payload =
    event === "pull_request"
      ? { pull_request: { number: 7, user: { login }, head: { repo: { full_name: headOf } } } }
      : {};
  return {
    event,
    ref: refs[event] ?? "refs/heads/main",
    actor: login,
    repository,
    vars,
    payload,
    isReadOnly: by !== "member",
  };
}

function outcomeOf({ files, outcomes = {} }: Scenario, path: string): Outcome {
  const given = outcomes[path];
  if (path === "changes" && !given) {
    const needed = pipelinesFor(files);
    const any = Object.values(needed).includes(true);
    return {
      outputs: Object.fromEntries(Object.entries({ ...needed, any }).map(([name, value]) => [name, String(value)])),
    };
  }
  const usual = /^deploy\/\w+\/plan$/.test(path) ? { outputs: { ready: "true", changes: "2" } } : {};
  // The gate's own verdict is tested beside it.
  const isRed = Object.values(outcomes).some(({ result }) => result === "failure" || result === "cancelled");
  if (path === "gate" && isRed && !Object.keys(outcomes).some((job) => job.startsWith("deploy/")))
    return { result: "failure" };
  return given ?? usual;
}

const short = ({ path }: GraphJob) => path.replace(/^ci\//, "");
const idTokenOf = ({ isReadOnly }: Trigger, { job }: GraphJob) =>
  job.permissions?.["id-token"] === "write" && !isReadOnly;

describe("a run of ci", () => {
  it.each(scenarios.map((each) => [`${each.event} by a ${each.by}: ${each.title}`, each] as const))(
    "%s",
    async (_, scenario) => {
      const trigger = triggerOf(scenario);
      const jobs = await jobsOf("ci.yml", trigger, (path) => outcomeOf(scenario, path.replace(/^ci\//, "")));
      const ran = jobs.filter(({ job, result }) => job.steps && result !== "skipped");
      expect(ran.map(short).sort()).toEqual([...scenario.runs].sort());
      expect(ran.find(({ path }) => path === "ci/gate")?.result).toBe(scenario.gate);
      const becomes = ran
        .filter((job) => idTokenOf(trigger, job))
        .flatMap((job) => named(job, rolesFor(claimsOf(job, trigger))));
      expect([...new Set(becomes)].sort()).toEqual(scenario.roles);
      const environmentOf = ({ job }: GraphJob) => job.environment?.name ?? job.environment;
      const records = ran.filter(({ job }) => job.environment !== undefined && job.environment.deployment !== false);
      expect(records.map(environmentOf).sort()).toEqual(scenario.deployments ?? []);
      expect(ran.map(environmentOf).filter((name) => name === "prod-approval")).toEqual(scenario.asks ?? []);
      // A called workflow may not have more than its caller gives it: GitHub refuses such a run.
      for (const { path, job } of jobs.filter(({ job: { steps } }) => steps)) {
        const caller = jobs.find((each) => each.path === path.split("/").slice(0, -1).join("/"));
        const isGiven = ([scope, level]: [string, unknown]) => !caller || caller.job.permissions?.[scope] === level;
        expect(Object.entries(job.permissions ?? {}).filter((each) => !isGiven(each))).toEqual([]);
      }
    },
  );
});

/** A role is used only where the job asks for it by its environment. */
function named({ job, matrix }: GraphJob, trusted: readonly string[]): readonly string[] {
  const asked = job.steps.find(({ uses }: { uses?: string }) => uses === "./.github/actions/account")?.with;
  const role = asked && `${asked.environment ?? matrix.environment} ${asked.role}`;
  expect(role === undefined || trusted.includes(role)).toBe(true);
  return role === undefined ? [] : [role];
}

describe("an attack", () => {
  const member: Trigger = { event: "push", ref: "refs/heads/main", actor: "somebody", repository, vars: {} };
  /** What a job with this content could become when it runs in a workflow of this name. */
  async function rolesOf(trigger: Trigger, job: string, file = "apply.yml"): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), "attack-"));
    const trunk = `on: [push, pull_request]\njobs:\n  attack:\n    runs-on: ubuntu-24.04\n    permissions: { id-token: write }\n`;
    writeFileSync(join(folder, file), `${trunk}${job}\n    steps: [{ run: make deploy }]\n`);
    const [found] = await jobsOf(file, trigger, () => ({}), folder);
    rmSync(folder, { recursive: true });
    return found && idTokenOf(trigger, found) ? rolesFor(claimsOf(found, trigger)) : [];
  }

  it("that is none: the trusted workflow on main deploys", async () => {
    expect(await rolesOf(member, "    environment: prod")).toEqual(["prod deploy"]);
  });

  it("by a branch that names the production environment is stopped by the claims ref and job_workflow_ref, whatever GitHub's settings are", async () => {
    expect(await rolesOf({ ...member, ref: "refs/heads/mine" }, "    environment: prod")).toEqual([]);
    expect(
      await rolesOf({ ...member, event: "pull_request", ref: "refs/pull/7/merge" }, "    environment: prod"),
    ).toEqual([]);
  });

  it("by another workflow on main that names the environment is stopped by the claim job_workflow_ref", async () => {
    expect(await rolesOf(member, "    environment: prod", "proofs.yml")).toEqual([]);
    expect(await rolesOf(member, "    name: x", "proofs.yml")).toEqual([]);
  });

  it("by a fork that alters workflows is stopped by its token, which GitHub does not give", async () => {
    const fork: Trigger = { ...member, event: "pull_request", ref: "refs/pull/7/merge", isReadOnly: true };
    expect(await rolesOf(fork, "    name: x", "plan.yml")).toEqual([]);
    expect(await rolesOf({ ...fork, isReadOnly: false }, "    name: x", "plan.yml")).toEqual([
      "staging plan",
      "prod plan",
    ]);
  });

  it("by a pull request of Dependabot is stopped by the claim actor, even if GitHub gave it a token", async () => {
    const bot: Trigger = { ...member, event: "pull_request", ref: "refs/pull/7/merge", actor: "dependabot[bot]" };
    expect(await rolesOf(bot, "    name: x", "plan.yml")).toEqual([]);
  });

  it.each([
    ["ref", "refs/heads/mine"],
    ["environment", "staging"],
    ["job_workflow_ref", `${repository}/.github/workflows/apply.yml@refs/heads/mine`],
    ["repository_id", "987654321"],
    ["sub", `repo:${repository}:environment:staging`],
    ["aud", "https://github.com/owner"],
  ])("with a token in which nothing but %s is wrong is stopped by that claim", (claim, value) => {
    const job = { path: "", file: "apply.yml", result: "success", matrix: {}, job: { environment: "prod" } } as const;
    expect(rolesFor(claimsOf(job, member))).toEqual(["prod deploy"]);
    expect(rolesFor({ ...claimsOf(job, member), [claim]: value })).toEqual([]);
  });

  it("by who takes over the name of a renamed repository is stopped by the claim repository_id", () => {
    const job = { path: "", file: "apply.yml", result: "success", matrix: {}, job: { environment: "prod" } } as const;
    const claims = { ...claimsOf(job, member), sub: `repo:${repository}:environment:prod` };
    expect(rolesFor(claims)).toEqual(["prod deploy"]);
    expect(rolesFor({ ...claims, repository_id: "987654321" })).toEqual([]);
  });

  it("with the artifact of another run is stopped by downloads that name no run, except where main's code reads it as data", async () => {
    const on = { ...member, vars: { DEPLOY_TO: '["staging","prod"]' } };
    const outputs = {
      ready: "true",
      changes: "1",
      any: "true",
      backend: "true",
      frontend: "true",
      infra: "true",
      gateway: "true",
      rest: "seen-x",
    };
    const downloads = (await jobsOf("ci.yml", on, () => ({ outputs }))).flatMap(({ job }) =>
      (job.steps ?? []).filter(({ uses }: { uses?: string }) => uses?.startsWith("actions/download-artifact@")),
    );
    expect(downloads.length).toBeGreaterThan(6);
    expect(
      downloads.filter(({ with: given }: { with: object }) => "run-id" in given || "github-token" in given),
    ).toEqual([]);
  });
});
