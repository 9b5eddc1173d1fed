import type { Values } from "./import-ids";

/** A stack as CDKTF writes it: `cdk.tf.json`. */
export interface Configuration {
  readonly terraform: Values;
  readonly provider: Values;
  readonly output?: Values;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
  readonly [block: string]: unknown;
}

export function bodies({ resource = {} }: Configuration): Map<string, Values> {
  const all = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, body]) => [`${type}.${name}`, body] as const),
  );
  return new Map(all);
}

/** The same with these resources, by address. */
export function withBodies(configuration: Configuration, resources: ReadonlyMap<string, Values>): Configuration {
  const resource: Record<string, Record<string, Values>> = {};
  for (const [address, body] of resources) {
    const [type = "", name = ""] = address.split(".");
    resource[type] = { ...resource[type], [name]: body };
  }
  return { ...configuration, resource };
}

/** These read attributes that they refuse as arguments, and what is ignored is taken from what was read. */
const cannotIgnore = new Set(["aws_nat_gateway"]);

/** The same, but nothing that exists would be changed by it. */
export function unchanging(configuration: Configuration): Configuration {
  const resources = [...bodies(configuration)].map(([address, body]) => {
    const lifecycle = { ...body.lifecycle, ignore_changes: "all" };
    return [address, cannotIgnore.has(typeOf(address)) ? body : { ...body, lifecycle }] as const;
  });
  return withBodies(configuration, new Map(resources));
}

export function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}

export function refersTo(body: Values, address: string): boolean {
  return new RegExp(`(?<![\\w.-])${address}(?![\\w-])`).test(JSON.stringify(body));
}

/** Addresses of the resources of which this is true, and of all that refers to them, directly or not. */
export function needing(
  configuration: Configuration,
  isOne: (body: Values, address: string) => boolean,
): ReadonlySet<string> {
  const all = [...bodies(configuration)];
  const found = new Set(all.filter(([address, body]) => isOne(body, address)).map(([address]) => address));
  // What is added is visited, too.
  for (const needed of found) {
    for (const [address, body] of all) if (refersTo(body, needed)) found.add(address);
  }
  return found;
}
