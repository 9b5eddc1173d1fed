import { setTimeout as sleep } from "node:timers/promises";
import { DescribeServicesCommand, type ECSClient } from "@aws-sdk/client-ecs";
import { imagesOf } from "../images/task-images";
import { step } from "../shell/progress";
import { SetupError } from "../shell/run";

/** For a task that AWS took away, such as one on Spot, to be replaced. */
const patience = { seconds: 300, pauseSeconds: 15 };

/** What a service runs has not proved itself yet. */
class NotSteadyError extends SetupError {}

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
      throw new NotSteadyError(
        `${name} in ${cluster} is not steady: ${runningCount} of ${desiredCount} tasks, rollout ${deployment.rolloutState}, ${others.length} other deployments.`,
      );
    }
    for (const image of await imagesOf(client, deployment.taskDefinition)) images.add(image);
  }
  return [...images].sort();
}

/** The same after a while, when the services are not steady yet. */
export async function steadyImages(
  client: ECSClient,
  cluster: string,
  services: readonly string[],
  { seconds, pauseSeconds } = patience,
): Promise<string[]> {
  const deadline = Date.now() + seconds * 1000;
  const look = () =>
    runningImages(client, cluster, services).catch((error: Error) => {
      if (error instanceof NotSteadyError && Date.now() < deadline) return undefined;
      throw error;
    });
  const wait = async () => {
    for (;;) {
      await sleep(pauseSeconds * 1000);
      const images = await look();
      if (images) return images;
    }
  };
  return (await look()) ?? step(`Wait until ${cluster} is steady`, wait);
}
