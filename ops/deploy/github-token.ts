import { githubSubjects } from "../../stacks/constructs/github-trust";
import type { Environment } from "../../stacks/environments";

export type GithubRole = "plan" | "deploy";

/** What a job says of itself that may plan, and what one says that may deploy. */
const jobs: Record<GithubRole, (environment: Environment) => Readonly<Record<string, string>>> = {
  plan: ({ githubRepository }) => ({
    sub: "pull_request",
    ref: "refs/pull/7/merge",
    job_workflow_ref: `${githubRepository}/.github/workflows/plan.yml@refs/pull/7/merge`,
  }),
  deploy: ({ name, githubRepository }) => ({
    sub: `environment:${name}`,
    environment: name,
    ref: "refs/heads/main",
    job_workflow_ref: `${githubRepository}/.github/workflows/apply.yml@refs/heads/main`,
  }),
};

/** What a job of GitHub Actions carries. Unsigned: the emulator reads what a token says and has nothing to check a signature with. */
export function githubToken(role: GithubRole, environment: Environment): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const { sub = "", ...job } = jobs[role](environment);
  const claims = {
    iss: "https://token.actions.githubusercontent.com",
    aud: "sts.amazonaws.com",
    ...job,
    sub: githubSubjects(environment, sub).at(-1),
    repository_id: String(environment.githubIds.repository),
    actor: "somebody",
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${Buffer.from("unsigned").toString("base64url")}`;
}

export function roleArn(role: GithubRole, { accountId, name }: Environment): string {
  return `arn:aws:iam::${accountId}:role/github-${name}-${role}`;
}
