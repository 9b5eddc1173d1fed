import { readFileSync } from "node:fs";
import { Synthesized } from "../../stacks/synthesized";
import { synthesizedStack } from "../shell/paths";

/** Addresses of the resources of a synthesized stack that need nothing of another stack, directly or not. */
export function independentResources(stack: string, folder: string): string[] {
  const synthesized = new Synthesized([JSON.parse(readFileSync(synthesizedStack(stack, folder), "utf8"))]);
  const resources = synthesized.all();
  // A local value may be made of an output.
  const reading = ([, body]: (typeof resources)[number]) =>
    /terraform_remote_state|\blocal\./.test(JSON.stringify(body));
  const needing = new Set(resources.filter(reading).map(([address]) => address));
  const needs = (address: string) => [address, ...synthesized.createdBefore(address)].some((each) => needing.has(each));
  return resources.map(([address]) => address).filter((address) => !needs(address));
}
