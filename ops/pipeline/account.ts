import type { Environment } from "../../stacks/environments";
import { type GithubRole, roleArn } from "../deploy/github-token";

/** What a job needs to ask AWS for credentials: from the environment's row, so that nothing of it is kept in GitHub's settings. */
export function accountOutputs(role: GithubRole, environment: Environment) {
  return { role: roleArn(role, environment), region: environment.region, account: environment.accountId };
}
