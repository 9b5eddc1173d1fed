import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { clientConfiguration } from "../shell/client-configuration";

/** A row of the compute stack's output `services`. */
export interface DeployedService {
  readonly cluster: string;
  readonly service: string;
  /** ARN of the revision that Terraform applied. */
  readonly taskDefinition: string;
}

/** How many of a service's newest events an explanation quotes. */
const quotedEvents = 5;

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
