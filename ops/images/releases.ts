import { GetParameterHistoryCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { releasesParameter } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { SetupError } from "../shell/run";
import type { ImageReference } from "./image";

/** What an environment ran from a deployment on. */
export interface Release {
  /** Of the parameter in which the stack `compute` records it. */
  readonly version: number;
  readonly recordedAt: Date | undefined;
  /** By image: `gateway`, or a service. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The oldest first; none before the first deployment. Parameter Store keeps the newest 100 versions of a parameter. */
export async function releasesOf(client: Pick<SSMClient, "send">, environment: Environment): Promise<Release[]> {
  const Name = releasesParameter(environment);
  const releases: Release[] = [];
  let token: string | undefined;
  do {
    const page = await client
      .send(new GetParameterHistoryCommand({ Name, NextToken: token }))
      .catch((error: Error) =>
        error.name === "ParameterNotFound" ? { Parameters: [], NextToken: undefined } : Promise.reject(error),
      );
    for (const { Version = 0, LastModifiedDate, Value = "" } of page.Parameters ?? []) {
      releases.push({
        version: Version,
        recordedAt: LastModifiedDate,
        tags: tagsIn(Value, `${Name}, version ${Version}`),
      });
    }
    token = page.NextToken || undefined;
  } while (token);
  return releases.sort((a, b) => a.version - b.version);
}

function tagsIn(value: string, where: string): Release["tags"] {
  try {
    const tags: unknown = JSON.parse(value);
    if (tags && typeof tags === "object" && Object.values(tags).every((tag) => typeof tag === "string")) {
      return tags as Release["tags"];
    }
  } catch {
    // Said below.
  }
  throw new SetupError(
    `${where}, has ${value}. It must be a JSON object of tags by image, as the stack compute writes it.`,
  );
}

/** Whether a release has all of these images. Those of an interrupted deployment may be of two releases, and of none. */
export function hasAll({ tags }: Release, images: readonly ImageReference[]): boolean {
  return images.length > 0 && images.every(({ name, tag }) => tags[name] === tag);
}

/**
 * Terraform records a release when the services are steady, also when ECS has rolled one back. Then what ran before is recorded once more:
 * the newest release is what runs, and no rollback chooses the one that failed. The next deployment overwrites it.
 */
export async function recordRolledBack(
  client: Pick<SSMClient, "send">,
  environment: Environment,
  running: readonly ImageReference[],
): Promise<void> {
  const releases = await releasesOf(client, environment);
  const newest = releases.at(-1);
  if (!newest || hasAll(newest, running)) return;
  const before = releases.findLast((release) => hasAll(release, running)) ?? releases.at(-2);
  if (!before) return;
  const Value = JSON.stringify(before.tags);
  await client.send(new PutParameterCommand({ Name: releasesParameter(environment), Value, Overwrite: true }));
}
