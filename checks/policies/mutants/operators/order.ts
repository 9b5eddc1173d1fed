import { orders } from "../../../../stacks/policies/order";
import type { Arguments } from "../../../../stacks/synthesized";
import type { Operator } from "../operator";

/** A resource that does not wait for another: it names what that one names, or writes out its name, and has no `depends_on` for it. */
export const order: readonly Operator[] = orders.map(({ type, after, when }) => ({
  id: `${type}-before-${after}`.replaceAll("aws_", ""),
  mistake: `creates ${type} without waiting for ${after}`,
  type,
  change: (resource, stack) => {
    const others = (stack.resource?.[after] ?? {}) as Record<string, Arguments>;
    const reference = new RegExp(`\\$\\{${after}\\.([\\w-]+)\\.(\\w+)\\}`, "g");
    const written = (_: string, id: string, attribute: string) => String(others[id]?.[attribute] ?? `the ${attribute}`);
    const isOther = (address: string) => address.startsWith(`${after}.`);
    const { depends_on: waitsFor = [], ...args } = resource;
    Object.assign(resource, JSON.parse(replaceIn(JSON.stringify(args), reference, written)), {
      depends_on: waitsFor.filter((address: string) => !isOther(address)),
    });
  },
  applies: (resource) => (when?.(resource) ?? true) && JSON.stringify(resource).includes(`${after}.`),
}));

/** Replaces within JSON; what is put in may hold quotes. */
function replaceIn(json: string, pattern: RegExp, value: (...match: string[]) => string): string {
  return json.replaceAll(pattern, (...match) => JSON.stringify(value(...(match as string[]))).slice(1, -1));
}
