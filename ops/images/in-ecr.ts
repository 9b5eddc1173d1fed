import { ECRClient } from "@aws-sdk/client-ecr";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../stacks/environments";
import { clientConfiguration } from "../shell/client-configuration";
import { formatImage, type ImageReference } from "./image";
import { presenceOf } from "./registry";
import { synthesizedBackend, wantedImages } from "./wanted";

/**
 * Tags (`<environment>/<name>:<tag>`) that a deploy must not push: they are in ECR, whose tags are immutable, and the state of the images
 * stack does not have them, because a pipeline or another checkout pushed them. A tag that is in the state stays there.
 */
export async function imagesInEcr(environment: Environment, env: NodeJS.ProcessEnv): Promise<string[]> {
  const connection = { ...clientConfiguration(env), region: environment.region };
  return imagesToLeave(wantedImages(environment), new ECRClient(connection), () =>
    pushedByState(new S3Client(connection), environment),
  );
}

export async function imagesToLeave(
  wanted: readonly ImageReference[],
  client: ECRClient,
  pushed: () => Promise<ReadonlySet<string>>,
): Promise<string[]> {
  const found = await Promise.all(wanted.map((image) => presenceOf(client, image)));
  const present = wanted.filter((_, index) => found[index] === "present");
  if (present.length === 0) return [];
  const inState = await pushed();
  return present
    .filter((image) => !inState.has(formatImage(image)))
    .map(({ environment, name, tag }) => `${environment}/${name}:${tag}`);
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly name?: string } }[];
  }[];
}

/** The images that the state of the images stack says were pushed; none where there is no state yet. */
async function pushedByState(client: S3Client, { name }: Environment): Promise<ReadonlySet<string>> {
  const { bucket: Bucket, key: Key } = synthesizedBackend(`${name}-images`);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return pushedImages(JSON.parse((await Body?.transformToString()) ?? "{}"));
  } catch (error) {
    if (["NoSuchKey", "NoSuchBucket"].includes((error as Error).name)) return new Set();
    throw error;
  }
}

export function pushedImages({ resources = [] }: Partial<State>): ReadonlySet<string> {
  const pushed = resources.filter(({ type }) => type === "docker_registry_image");
  return new Set(pushed.flatMap(({ instances }) => instances.flatMap(({ attributes }) => attributes.name ?? [])));
}
