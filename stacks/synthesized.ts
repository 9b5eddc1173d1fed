import { type TerraformStack, Testing } from "cdktf";

/** A resource's arguments as Terraform reads them: snake_case keys, JSON strings still strings. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs for each of hundreds of resource types
export type Arguments = Record<string, any>;

/** What a stack (or several) synthesizes to, to ask questions of in tests. */
export class Synthesized {
  /** Worked out for the first question about order. */
  private addresses: readonly string[] | undefined;
  private dependencies: ReadonlyMap<string, readonly string[]> | undefined;

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

  /**
   * The addresses of all resources that exist before Terraform creates this one, and that it removes after it: what it refers to and its
   * `depends_on`, directly or not, and everything of the stacks whose outputs its stack reads.
   */
  createdBefore(address: string): ReadonlySet<string> {
    this.dependencies ??= dependenciesOf(this.stacks);
    const found = new Set<string>();
    const waiting = [address];
    for (let of = waiting.pop(); of !== undefined; of = waiting.pop()) {
      const direct = (this.dependencies.get(of) ?? []).filter((next) => !found.has(next));
      for (const next of direct) found.add(next);
      waiting.push(...direct);
    }
    return found;
  }

  /**
   * An argument with each output of another stack replaced by the reference that it gives out, and each tag of an image by that of its
   * sources.
   */
  resolved<Value>(argument: Value): Value {
    const text = JSON.stringify(argument);
    if (text === undefined) return argument;
    const remote = /\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.cross-stack-output-([\w-]+)\}/g;
    const tag = /\$\{local\.deployed_tags\.([\w-]+)\}/g;
    return JSON.parse(
      text
        .replaceAll(remote, (_, name: string) => this.referenceOf(name))
        .replaceAll(tag, (reference, name: string) => this.builtTags()[name] ?? reference),
    );
  }

  private builtTags(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.stacks.map((stack) => stack.locals?.built_tags));
  }

  /** An output is named after its reference, without the dots: `aws_lbpublic_1A989577arn`. */
  private referenceOf(output: string): string {
    this.addresses ??= this.stacks.flatMap(addressesOf);
    const address = this.addresses.find((each) => output.startsWith(each.replace(".", ""))) ?? "";
    return `\${${address}.${output.slice(address.replace(".", "").length)}}`;
  }

  /** The stacks that a pipeline deploys; `bootstrap` is a person's, and keeps its state on disk. */
  deployed(): Synthesized {
    return new Synthesized(this.stacks.filter(({ terraform }) => terraform?.backend?.s3 !== undefined));
  }

  all(): [id: string, arguments: Arguments][] {
    const types = new Set(this.stacks.flatMap((stack) => Object.keys(stack.resource ?? {})));
    return [...types].flatMap((type) =>
      this.resources(type).map(([id, args]) => [`${type}.${id}`, args] as [string, Arguments]),
    );
  }
}

/** By address, the addresses of the resources that a resource waits for. */
function dependenciesOf(stacks: readonly Arguments[]): ReadonlyMap<string, readonly string[]> {
  const addresses = stacks.map((stack) => new Set(addressesOf(stack)));
  return new Map(
    stacks.flatMap((stack, index) => {
      const resources = resourcesOf(stack).map(([address, args]) => ({ address, named: referredTo(args) }));
      const named = new Set(resources.flatMap((resource) => resource.named));
      const states = statesReadBy(stack);
      const upstream = stacks.flatMap((other, at) => {
        const isRead = states.includes(stateOf(other)) || [...(addresses[at] ?? [])].some((each) => named.has(each));
        return at !== index && isRead ? [...(addresses[at] ?? [])] : [];
      });
      return resources.map((resource): [string, string[]] => [
        resource.address,
        [...resource.named.filter((each) => addresses[index]?.has(each)), ...upstream],
      ]);
    }),
  );
}

function resourcesOf({ resource = {} }: Arguments): [address: string, arguments: Arguments][] {
  return Object.entries(resource as Record<string, Record<string, Arguments>>).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, args]): [string, Arguments] => [`${type}.${id}`, args]),
  );
}

function addressesOf(stack: Arguments): string[] {
  return resourcesOf(stack).map(([address]) => address);
}

/** Where a stack keeps its state; the bootstrap stack's is on disk. */
function stateOf({ terraform }: Arguments): string | undefined {
  return terraform?.backend?.s3?.key;
}

/** The states whose outputs a stack reads. A stack that is synthesized by itself names the resources of others as its own. */
function statesReadBy({ data = {} }: Arguments): (string | undefined)[] {
  const states = Object.values(data.terraform_remote_state ?? {}) as Arguments[];
  return states.map(({ config }) => config.key);
}

/** What Terraform takes for a reference: addresses within `${}`, and the entries of `depends_on`. */
function referredTo(resource: Arguments): string[] {
  const expressions = [...JSON.stringify(resource).matchAll(/\$\{([^}]*)\}/g)].map(([, expression = ""]) => expression);
  const named = expressions.flatMap((expression) => expression.match(/(?<!data\.)\b[a-z]\w+\.[\w-]+/g) ?? []);
  return [...named, ...((resource.depends_on ?? []) as string[])];
}
