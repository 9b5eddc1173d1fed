import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type ECSClient } from "@aws-sdk/client-ecs";
import { SetupError } from "../setup/run";

/** The images of an environment's services, each once. An error when a service is not steady: what it runs has not proved itself. */
export async function runningImages(
  client: ECSClient,
  cluster: string,
  services: readonly string[],
): Promise<string[]> {
  const answer = await client.send(new DescribeServicesCommand({ cluster, services: [...services] }));
  const images = new Set<string>();
  for (const name of services) {
    const service = answer.services?.find(({ serviceName, status }) => serviceName === name && status === "ACTIVE");
    const [deployment, ...others] = service?.deployments ?? [];
    if (!service || !deployment) throw new SetupError(`${cluster} has no service ${name}.`);
    const { runningCount = 0, desiredCount = 0 } = service;
    if (
      others.length > 0 ||
      deployment.rolloutState !== "COMPLETED" ||
      runningCount < desiredCount ||
      runningCount < 1
    ) {
      throw new SetupError(
        `${name} in ${cluster} is not steady: ${runningCount} of ${desiredCount} tasks, rollout ${deployment.rolloutState}, ${others.length} other deployments.`,
      );
    }
    for (const image of await imagesOf(client, deployment.taskDefinition)) images.add(image);
  }
  return [...images].sort();
}

async function imagesOf(client: ECSClient, taskDefinition: string | undefined): Promise<string[]> {
  const described = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return described.taskDefinition?.containerDefinitions?.map(({ image = "" }) => image) ?? [];
}
