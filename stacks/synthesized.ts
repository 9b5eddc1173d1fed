import { type TerraformStack, Testing } from "cdktf";

/** A resource's arguments as Terraform reads them: snake_case keys, JSON strings still strings. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs for each of hundreds of resource types
export type Arguments = Record<string, any>;

/** What a stack (or several) synthesizes to, to ask questions of in tests. */
export class Synthesized {
  /** Worked out for the first question about order. */
  private dependencies: readonly Map<string, string[]>[] | undefined;

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

  awsProviders(): Arguments[] {
    return this.stacks.flatMap((stack) => stack.provider?.aws ?? []) as Arguments[];
  }

  /** Where the stacks that share a bucket keep their state. */
  backends(): Arguments[] {
    return this.stacks.flatMap((stack) => stack.terraform.backend.s3 ?? []) as Arguments[];
  }

  /** The addresses of all resources that Terraform creates before this one, and removes after it: by reference or `depends_on`, directly or not. */
  createdBefore(address: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (of: string, stack: Map<string, string[]>) => {
      for (const next of stack.get(of) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        visit(next, stack);
      }
    };
    this.dependencies ??= this.stacks.map(dependenciesIn);
    for (const stack of this.dependencies) visit(address, stack);
    return found;
  }

  all(): [id: string, arguments: Arguments][] {
    const types = new Set(this.stacks.flatMap((stack) => Object.keys(stack.resource ?? {})));
    return [...types].flatMap((type) =>
      this.resources(type).map(([id, args]) => [`${type}.${id}`, args] as [string, Arguments]),
    );
  }
}

/** By address, the addresses of the resources of the same stack that a resource names. */
function dependenciesIn({ resource = {} }: Arguments): Map<string, string[]> {
  const addresses = Object.entries(resource as Record<string, Record<string, Arguments>>).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, args]) => [`${type}.${id}`, JSON.stringify(args)] as const),
  );
  const known = new Set<string>(addresses.map(([address]) => address));
  const namedIn = (text: string): string[] => text.match(/(?<!data\.)\b[a-z]\w+\.[\w-]+/g) ?? [];
  return new Map(addresses.map(([address, text]) => [address, namedIn(text).filter((named) => known.has(named))]));
}
