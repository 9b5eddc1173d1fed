import { type TerraformStack, Testing } from "cdktf";
import { BootstrapStack } from "./bootstrap-stack";
import { ComputeStack } from "./compute-stack";
import type { Environment } from "./environments";
import { ImagesStack } from "./images-stack";
import { NetworkStack } from "./network-stack";
import { ObservabilityStack } from "./observability-stack";
import { type Service, services as shippedServices } from "./services";

/** A resource's arguments as Terraform reads them: snake_case keys, JSON strings still strings. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs for each of hundreds of resource types
export type Arguments = Record<string, any>;

/** What a stack (or several) synthesizes to, to ask questions of in tests. */
export class Synthesized {
  constructor(private readonly stacks: readonly Arguments[]) {}

  static of(...stacks: TerraformStack[]): Synthesized {
    return new Synthesized(stacks.map((stack) => JSON.parse(Testing.synth(stack)) as Arguments));
  }

  /** Every resource of a type, by the id it has in the configuration. */
  resources(type: string): [id: string, arguments: Arguments][] {
    return this.stacks.flatMap((stack) => Object.entries((stack.resource?.[type] ?? {}) as Record<string, Arguments>));
  }

  /** The one resource of a type; an error when there are none or several. */
  only(type: string): Arguments {
    const found = this.resources(type);
    if (found.length !== 1) throw new Error(`Expected one ${type}, found ${found.length}: ${found.map(([id]) => id)}`);
    return (found[0] as [string, Arguments])[1];
  }

  count(type: string): number {
    return this.resources(type).length;
  }

  providers(): Arguments[] {
    return this.stacks.flatMap((stack) => Object.values(stack.provider ?? {}).flat() as Arguments[]);
  }

  all(): [id: string, arguments: Arguments][] {
    const types = new Set(this.stacks.flatMap((stack) => Object.keys(stack.resource ?? {})));
    return [...types].flatMap((type) =>
      this.resources(type).map(([id, args]) => [`${type}.${id}`, args] as [string, Arguments]),
    );
  }
}

/** The stacks of one environment, wired as `main.ts` wires them. */
export function stacksOf(environment: Environment, services: readonly Service[] = shippedServices) {
  const app = Testing.app();
  const bootstrap = new BootstrapStack(app, "bootstrap", { environment });
  const network = new NetworkStack(app, "network", { environment });
  const images = new ImagesStack(app, "images", { environment, services });
  const compute = new ComputeStack(app, "compute", { environment, services, network, images });
  const observability = new ObservabilityStack(app, "observability", { environment, compute });
  return { bootstrap, network, images, compute, observability };
}
