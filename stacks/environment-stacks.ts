import type { App } from "cdktf";
import type { Construct } from "constructs";
import { BootstrapStack } from "./bootstrap-stack";
import { ComputeStack } from "./compute-stack";
import type { Environment } from "./environments";
import { ImagesStack } from "./images-stack";
import { NetworkStack } from "./network-stack";
import { ObservabilityStack } from "./observability-stack";
import { brokenPolicies, type Policy, type PolicyException } from "./policies/policy";
import type { Service } from "./services";
import { Synthesized } from "./synthesized";
import { ConfigurationError, checkTables } from "./tables";

export interface ComposeProps {
  readonly environments: readonly Environment[];
  readonly services: readonly Service[];
  /** What every resource must keep; a synthesis that breaks one stops before anything is written. */
  readonly policies: readonly Policy[];
  /** Resources that may break one. */
  readonly exceptions: readonly PolicyException[];
}

/** All stacks of all environments. Stops with every problem of the tables, or every policy that is broken, a line each. */
export function composeStacks(app: App, { environments, services, policies, exceptions }: ComposeProps): void {
  checkTables(environments, services);
  const namesByLine = new Map<string, string[]>();
  for (const environment of environments) {
    const stacks = Object.values(environmentStacks(app, environment, services));
    if (policies.length === 0) continue;
    for (const line of brokenPolicies(Synthesized.of(...stacks), environment, policies, exceptions)) {
      namesByLine.set(line, [...(namesByLine.get(line) ?? []), environment.name]);
    }
  }
  const problems = [...namesByLine].map(([line, names]) => `policies: ${names.join(", ")}: ${line}`);
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** The stacks of one environment. `bootstrap` stands apart: it makes what the others keep their state in. */
export function environmentStacks(scope: Construct, environment: Environment, services: readonly Service[]) {
  const { name } = environment;
  const bootstrap = new BootstrapStack(scope, `bootstrap-${name}`, { environment });
  const network = new NetworkStack(scope, `${name}-network`, { environment, services });
  const images = new ImagesStack(scope, `${name}-images`, { environment, services });
  const compute = new ComputeStack(scope, `${name}-compute`, { environment, services, network, images });
  const observability = new ObservabilityStack(scope, `${name}-observability`, {
    environment,
    services,
    network,
    compute,
  });
  return { bootstrap, network, images, compute, observability };
}
