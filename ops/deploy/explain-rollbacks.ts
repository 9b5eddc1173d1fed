import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Environment } from "../../stacks/environments";
import { recordRolledBack } from "../images/releases";
import { primaryImages } from "../images/task-images";
import { clientConfiguration } from "../shell/client-configuration";
import { SetupError } from "../shell/run";

/** A row of the compute stack's output `services`. */
export interface DeployedService {
  readonly cluster: string;
  readonly service: string;
  /** ARN of the revision that Terraform applied. */
  readonly taskDefinition: string;
}

/** How many of a service's newest events an explanation quotes. */
const quotedEvents = 5;

/** An error when ECS has rolled a service back: what the stack `compute` recorded as a release is not what runs. */
export async function assertNotRolledBack(
  environment: Environment,
  services: readonly DeployedService[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const rollbacks = await explainRollbacks(services, env);
  if (rollbacks.length === 0) return;
  const connection = { ...clientConfiguration(env), region: environment.region };
  const names = services.map(({ service }) => service);
  const problems = await primaryImages(new ECSClient(connection), environment.name, names)
    .then((running) => recordRolledBack(new SSMClient(connection), environment, running))
    .then(
      () => [],
      ({ message }: Error) => [
        `The newest release in the record is the one that failed, because it could not be corrected: ${message}`,
      ],
    );
  throw new SetupError([...rollbacks, ...problems].join("\n"));
}

/**
 * A circuit breaker that rolls back ends well for Terraform: the service is steady, with the old revision.
 * Gives a sentence for each service that does not run what was applied, with ECS's own events.
 */
export async function explainRollbacks(
  services: readonly DeployedService[],
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const client = new ECSClient(clientConfiguration(env));
  const explanations = await Promise.all(services.map((service) => explainRollback(client, service)));
  return explanations.filter((explanation) => explanation !== null);
}

async function explainRollback(client: ECSClient, expected: DeployedService): Promise<string | null> {
  const { cluster, service: name, taskDefinition } = expected;
  const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const service = services?.[0];
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  if (primary?.taskDefinition === taskDefinition) return null;
  const events = service?.events?.slice(0, quotedEvents).map(({ message }) => `  ECS: ${message}`) ?? [];
  const running = primary?.taskDefinition?.split("/").at(-1) ?? "nothing";
  const applied = taskDefinition.split("/").at(-1);
  return [`Service ${name} was rolled back: it runs ${running}, not ${applied}.`, ...events].join("\n");
}
