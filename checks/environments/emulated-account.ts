import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { type GithubRole, githubToken, roleArn } from "../../ops/deploy/github-token";
import { taggedResources } from "../../ops/recover/tagged";
import { SetupError } from "../../ops/shell/run";
import { prefixOf } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";

/** What stays after a destroy, and why. */
const staying = [
  // A rollback starts them; they cost nothing.
  /^arn:aws:ecs:[^:]+:\d+:task-definition\//,
  // AWS deletes a key 30 days after it was asked to.
  /^arn:aws:kms:/,
];

/** An emulated account, seen by its owner. */
export class EmulatedAccount {
  private readonly client;

  constructor(
    private readonly environment: Environment,
    private readonly owner: NodeJS.ProcessEnv,
  ) {
    const { AWS_REGION: region, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId } = owner;
    const { AWS_SECRET_ACCESS_KEY: secretAccessKey } = owner;
    if (!region || !endpoint || !accessKeyId || !secretAccessKey) {
      throw new SetupError("The environment of the emulator lacks a region, an endpoint or a key.");
    }
    this.client = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  }

  /**
   * The environment of a job of GitHub Actions that assumed a role with the token of `tokenOf`; null when it was refused.
   * The credentials are fetched here, because Terraform's S3 backend would take a token to AWS itself whatever the endpoint is.
   */
  async asGithub(role: GithubRole, tokenOf = this.environment): Promise<NodeJS.ProcessEnv | null> {
    const body = new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: roleArn(role, this.environment),
      RoleSessionName: "github-actions",
      WebIdentityToken: githubToken(role, tokenOf),
    });
    const response = await fetch(this.client.endpoint, { method: "POST", body });
    const answer = await response.text();
    if (response.status === 403) return null;
    const field = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer)?.[1];
    return {
      ...this.owner,
      AWS_ACCESS_KEY_ID: field("AccessKeyId"),
      AWS_SECRET_ACCESS_KEY: field("SecretAccessKey"),
      AWS_SESSION_TOKEN: field("SessionToken"),
    };
  }

  /** The same of a role that was created a moment ago: AWS may refuse it until it sees the role. */
  async asGithubSoon(role: GithubRole, seconds = 30): Promise<NodeJS.ProcessEnv> {
    for (let second = 0; second < seconds; second++) {
      const env = await this.asGithub(role);
      if (env) return env;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    throw new SetupError(`GitHub's own token was refused for ${seconds} s (${roleArn(role, this.environment)}).`);
  }

  /** A line of a service's log that has this text; null when none comes in time. */
  async logLine(service: string, text: string, seconds: number): Promise<string | null> {
    const logs = new CloudWatchLogsClient(this.client);
    const logGroupName = `/${prefixOf(this.environment)}/${service}`;
    for (let second = 0; second < seconds; second++) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: `"${text}"` }));
      if (events[0]?.message) return events[0].message;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return null;
  }

  /** ARNs of everything that carries the environment's tag and should be gone. */
  async leftOvers(): Promise<string[]> {
    const tagged = await taggedResources(new ResourceGroupsTaggingAPIClient(this.client), this.environment.name);
    const arns = tagged.map(({ arn }) => arn);
    return arns.filter((arn) => !staying.some((pattern) => pattern.test(arn)));
  }
}
