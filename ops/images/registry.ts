import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import type { ImageReference } from "./image";

export type Presence = "present" | "absent" | "no repository";

/** Whether a repository of ECR has an image, as whoever may read settings can tell. */
export async function presenceOf(client: ECRClient, { environment, name, tag }: ImageReference): Promise<Presence> {
  try {
    const repositoryName = `${environment}/${name}`;
    await client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: tag }] }));
    return "present";
  } catch (error) {
    if ((error as Error).name === "ImageNotFoundException") return "absent";
    if ((error as Error).name === "RepositoryNotFoundException") return "no repository";
    throw error;
  }
}

/** Those of the images that a deploy would look for in vain. */
export async function missingImages(client: ECRClient, wanted: readonly ImageReference[]): Promise<ImageReference[]> {
  const found = await Promise.all(wanted.map((image) => presenceOf(client, image)));
  return wanted.filter((_, index) => found[index] !== "present");
}
