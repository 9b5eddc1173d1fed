import { githubSubject } from "../../stacks/constructs/github-subject";
import type { Environment } from "../../stacks/environments";

export type GithubRole = "plan" | "deploy";

const jobs: Record<GithubRole, (environment: Environment) => string> = {
  plan: () => "pull_request",
  deploy: ({ name }) => `environment:${name}`,
};

/** What a job of GitHub Actions carries. Unsigned: the emulator reads what a token says and has nothing to check a signature with. */
export function githubToken(role: GithubRole, environment: Environment): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const claims = {
    iss: "https://token.actions.githubusercontent.com",
    aud: "sts.amazonaws.com",
    sub: githubSubject(environment, jobs[role](environment)),
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${Buffer.from("unsigned").toString("base64url")}`;
}

export function roleArn(role: GithubRole, { accountId, name }: Environment): string {
  return `arn:aws:iam::${accountId}:role/github-${name}-${role}`;
}
