import type { Arguments } from "../../../stacks/synthesized";
import type { Stacks } from "../../policies/mutants/generate";

type Change = (resource: Arguments, id: string) => void;
type Which = (resource: Arguments, id: string) => boolean;

/** What Terraform reads of all stacks of an environment, to be edited in place. */
export class Configuration {
  readonly stacks: Stacks;

  constructor(stacks: Stacks) {
    this.stacks = structuredClone(stacks);
  }

  /** The resources of a type in all stacks, by id. */
  resources(type: string, which: Which = () => true): [id: string, resource: Arguments][] {
    return Object.values(this.stacks)
      .flatMap((stack) => Object.entries((stack.resource?.[type] ?? {}) as Record<string, Arguments>))
      .filter(([id, resource]) => which(resource, id));
  }

  change(type: string, change: Change, which?: Which): void {
    for (const [id, resource] of this.resources(type, which)) change(resource, id);
  }

  /** Takes resources away, and what waits for them in `depends_on`. */
  remove(type: string, which: Which = () => true): void {
    for (const stack of Object.values(this.stacks)) {
      const siblings = (stack.resource?.[type] ?? {}) as Record<string, Arguments>;
      for (const [id, resource] of Object.entries(siblings)) {
        if (!which(resource, id)) continue;
        delete siblings[id];
        this.forget(`${type}.${id}`);
      }
    }
  }

  /** Replaces references to an attribute of a type by what that resource has in the argument of the same name. */
  writeOut(resource: Arguments, type: string, attribute: string): void {
    const values = new Map(this.resources(type).map(([id, { [attribute]: value }]) => [id, value]));
    const reference = new RegExp(`\\$\\{${type}\\.([\\w-]+)\\.${attribute}\\}`, "g");
    const written = JSON.stringify(resource).replaceAll(reference, (whole, id: string) =>
      JSON.stringify(values.get(id) ?? whole).slice(1, -1),
    );
    Object.assign(resource, JSON.parse(written));
  }

  /** Whether a resource of one of these types names the address. */
  isNamedBy(types: readonly string[], address: string): boolean {
    return types.some((type) =>
      this.resources(type).some(([, resource]) => JSON.stringify(resource).includes(`{${address}.`)),
    );
  }

  private forget(address: string): void {
    for (const stack of Object.values(this.stacks)) {
      for (const siblings of Object.values((stack.resource ?? {}) as Record<string, Record<string, Arguments>>)) {
        for (const resource of Object.values(siblings)) unwait(resource, (each) => each === address);
      }
    }
  }
}

/** Takes addresses out of `depends_on`. */
export function unwait(resource: Arguments, which: (address: string) => boolean): void {
  if (resource.depends_on) resource.depends_on = resource.depends_on.filter((address: string) => !which(address));
}

/** Takes the resources of some types out of `depends_on`. */
export function unwaitFor(...types: readonly string[]): (resource: Arguments) => void {
  return (resource) => unwait(resource, (address) => types.includes(address.split(".")[0] ?? ""));
}

export function destroyFirst(resource: Arguments): void {
  if (resource.lifecycle) delete resource.lifecycle.create_before_destroy;
}
