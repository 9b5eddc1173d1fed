import type { Secrets } from "../classify/secrets";
import { isObject, type Json, type JsonObject, type Plan, type ResourceChange } from "../read/plan";
import { withoutKeys } from "../read/references";

export type Time = "before" | "after";

/** A resource as it is before or after, with its connections to others resolved as far as the plans tell. */
export interface Resource {
  /** What others call it: AWS's id, or the address while that is unknown. */
  readonly id: string;
  readonly arn: string;
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly values: JsonObject;
  /** For words: the values without what is concealed. */
  readonly told: () => JsonObject;
  /** What of it only the apply will tell; before, nothing. */
  readonly unknown: Json | undefined;
  readonly change: ResourceChange;
}

export class Resources {
  readonly all: readonly Resource[];
  private readonly byAddress: ReadonlyMap<string, Resource>;
  private readonly plans: ReadonlyMap<string, Plan>;
  /** Made when first asked for: most reviews need none. */
  private byName: ReadonlyMap<string, Resource[]> | undefined;

  constructor(plans: readonly Plan[], time: Time, secrets: Secrets) {
    this.all = plans.flatMap((plan) => plan.changes.flatMap((change) => resourceOf(plan, change, time, secrets)));
    this.byAddress = new Map(
      this.all.map((resource) => [`${resource.stack} ${withoutKeys(resource.address)}`, resource]),
    );
    this.plans = new Map(plans.map((plan) => [plan.stack, plan]));
  }

  ofType(...types: readonly string[]): Resource[] {
    return this.all.filter(({ type }) => types.includes(type));
  }

  at({ stack, address }: Pick<Resource, "stack" | "address">): Resource | undefined {
    return this.byAddress.get(`${stack} ${withoutKeys(address)}`);
  }

  /** Those that are called so by what is attached to them: by an id, an ARN or a name. */
  called(name: Json | undefined): readonly Resource[] {
    if (typeof name !== "string") return [];
    this.byName ??= indexByName(this.all);
    return this.byName.get(name) ?? [];
  }

  /** What an argument names: the values that are known, and for the others the resources that its expression names. */
  named(resource: Resource, argument: string, value: Json | undefined = resource.values[argument]): string[] {
    const values = (Array.isArray(value) ? value : [value]).filter(
      (each): each is string => typeof each === "string" && each !== "",
    );
    return values.length > 0 ? values : this.referred(resource, argument).map(({ id }) => id);
  }

  referred({ stack, address }: Resource, argument: string): Resource[] {
    const references = this.plans.get(stack)?.references.get(withoutKeys(address))?.[argument] ?? [];
    return [...new Set(references.flatMap((reference) => this.byAddress.get(`${stack} ${reference}`) ?? []))];
  }
}

function indexByName(resources: readonly Resource[]): ReadonlyMap<string, Resource[]> {
  const byName = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { id, arn, values } = resource;
    for (const name of new Set([id, arn, values.bucket, values.name, values.function_name, values.url])) {
      if (typeof name !== "string" || name === "") continue;
      const others = byName.get(name);
      if (others) others.push(resource);
      else byName.set(name, [resource]);
    }
  }
  return byName;
}

export function isCreated({ change }: Resource): boolean {
  return change.change.actions.join() === "create";
}

function resourceOf({ stack }: Plan, change: ResourceChange, time: Time, secrets: Secrets): Resource[] {
  const { address, type, mode, deposed } = change;
  const values = change.change[time];
  if (mode === "data" || deposed !== undefined || !isObject(values)) return [];
  const text = (value: Json | undefined) => (typeof value === "string" && value !== "" ? value : `${stack} ${address}`);
  const unknown = time === "after" ? change.change.after_unknown : undefined;
  const told = () => {
    const concealed = secrets.conceal(change.change)[time];
    return isObject(concealed) ? concealed : {};
  };
  return [{ id: text(values.id), arn: text(values.arn), stack, address, type, values, told, unknown, change }];
}
