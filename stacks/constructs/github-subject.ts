import type { Environment } from "../environments";

/**
 * What GitHub says of a job of the row's repository in its token. Since 15 July 2026 that has the ids, so that nobody who takes over a name
 * is trusted: https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 */
export function githubSubject(
  { githubRepository, githubIds }: Pick<Environment, "githubRepository" | "githubIds">,
  job: string,
): string {
  const [owner, name] = githubRepository.split("/");
  const repository = githubIds ? `${owner}@${githubIds.owner}/${name}@${githubIds.repository}` : githubRepository;
  return `repo:${repository}:${job}`;
}
