import type { Environment } from "../environments";
import { audience, issuer, oidcProviderArn } from "./names";
import { policyDocument, type Statement } from "./policy-document";

/** The workflows whose jobs may become a role, by who looks at what they do. */
export const trustedWorkflows = {
  /** A pull request's own code: it may read, and nothing else. */
  pullRequest: ["plan.yml"],
  /** Reads from main. */
  plan: ["plan.yml", "deploy-environment.yml", "scan.yml"],
  deploy: ["service.yml", "apply.yml"],
} as const;

/**
 * What GitHub says of a job in its token. Since 15 July 2026 a subject has the ids of owner and repository for new and renamed repositories:
 * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/. Both forms are trusted, because the
 * claim `repository_id` says whose name it is.
 */
export function githubSubjects(
  { githubRepository, githubIds: { owner, repository } }: Environment,
  job: string,
): string[] {
  const [ownerName, name] = githubRepository.split("/");
  return [`repo:${githubRepository}:${job}`, `repo:${ownerName}@${owner}/${name}@${repository}:${job}`];
}

/** Reads: jobs of pull requests that a person opened in the repository itself, and jobs of main. */
export function trustToPlan(row: Environment): string {
  return policyDocument(
    trust(row, "TrustPullRequests", "pull_request", {
      StringEquals: {},
      StringLike: { job_workflow_ref: refs(row, trustedWorkflows.pullRequest, "refs/pull/*/merge") },
      StringNotEquals: { actor: "dependabot[bot]" },
      // Without this, a token that names no actor would not be equal to Dependabot.
      Null: { actor: "false" },
    }),
    trust(row, "TrustMain", "ref:refs/heads/main", {
      StringEquals: { ref: "refs/heads/main", job_workflow_ref: refs(row, trustedWorkflows.plan) },
    }),
  );
}

/** Deploys: jobs of the GitHub environment of this name, on main, in the two workflows that push and apply. */
export function trustToDeploy(row: Environment): string {
  return policyDocument(
    trust(row, "TrustMain", `environment:${row.name}`, {
      StringEquals: {
        ref: "refs/heads/main",
        environment: row.name,
        job_workflow_ref: refs(row, trustedWorkflows.deploy),
      },
    }),
  );
}

type Claims = Readonly<Record<string, string | readonly string[]>>;

/** STS evaluates these claims since January 2026: https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ */
function trust(
  row: Environment,
  Sid: string,
  job: string,
  conditions: { StringEquals: Claims; [operator: string]: Claims },
) {
  const exact = { aud: audience, sub: githubSubjects(row, job), repository_id: String(row.githubIds.repository) };
  const all = { ...conditions, StringEquals: { ...exact, ...conditions.StringEquals } };
  const keyed = ([operator, claims]: [string, Claims]) =>
    [
      operator,
      Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value])),
    ] as const;
  return {
    Sid,
    Principal: { Federated: oidcProviderArn(row) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: Object.fromEntries(Object.entries(all).map(keyed)),
  } satisfies Statement;
}

function refs({ githubRepository }: Environment, files: readonly string[], ref = "refs/heads/main"): string[] {
  return files.map((file) => `${githubRepository}/.github/workflows/${file}@${ref}`);
}
