import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type ECSClient } from "@aws-sdk/client-ecs";
import { type ImageReference, parseImage } from "./image";

/** The images of a task definition's containers. */
export async function imagesOf(client: Pick<ECSClient, "send">, taskDefinition: string | undefined): Promise<string[]> {
  const described = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return described.taskDefinition?.containerDefinitions?.map(({ image = "" }) => image) ?? [];
}

/** The images that ECS runs, or deploys now, of those of these services that exist; each once. */
export async function primaryImages(
  client: Pick<ECSClient, "send">,
  cluster: string,
  services: readonly string[],
): Promise<ImageReference[]> {
  const images = await Promise.all(services.map((service) => imagesOfService(client, cluster, service)));
  return [...new Set(images.flat())].sort().map(parseImage);
}

async function imagesOfService(client: Pick<ECSClient, "send">, cluster: string, service: string): Promise<string[]> {
  try {
    const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const found = services.find(({ status }) => status === "ACTIVE");
    const primary = found?.deployments?.find(({ status }) => status === "PRIMARY");
    return primary ? imagesOf(client, primary.taskDefinition) : [];
  } catch (error) {
    if ((error as Error).name === "ClusterNotFoundException") return [];
    throw error;
  }
}
