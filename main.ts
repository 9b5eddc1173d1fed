import { App } from "cdktf";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { ComputeStack } from "./stacks/compute-stack";
import { environments } from "./stacks/environments";
import { ImagesStack } from "./stacks/images-stack";
import { NetworkStack } from "./stacks/network-stack";
import { ObservabilityStack } from "./stacks/observability-stack";
import { services } from "./stacks/services";

const app = new App();
for (const environment of environments) {
  const { name } = environment;
  new BootstrapStack(app, `bootstrap-${name}`, { environment });
  const network = new NetworkStack(app, `${name}-network`, { environment });
  const images = new ImagesStack(app, `${name}-images`, { environment, services });
  const compute = new ComputeStack(app, `${name}-compute`, { environment, services, network, images });
  new ObservabilityStack(app, `${name}-observability`, { environment, compute });
}
app.synth();
