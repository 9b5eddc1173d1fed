import type { Construct } from "constructs";
import { BootstrapStack } from "./bootstrap-stack";
import { ComputeStack } from "./compute-stack";
import type { Environment } from "./environments";
import { ImagesStack } from "./images-stack";
import { NetworkStack } from "./network-stack";
import { ObservabilityStack } from "./observability-stack";
import type { Service } from "./services";

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
