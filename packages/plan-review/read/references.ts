import { isObject, type References } from "./plan";

interface Resource {
  readonly address: string;
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly provisioners?: readonly { readonly type?: string }[];
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: Module }>>;
}

/** Which resources each argument of each resource names, by the address without keys. */
export function referencesOf(configuration: unknown): ReadonlyMap<string, References> {
  const found = resourcesIn(configuration).map(({ address, prefix, expressions = {} }) => {
    const named = Object.entries(expressions).map(([name, expression]) => [
      name,
      isOfNothing(expression) ? [calculated] : referencesIn(expression).map((reference) => prefix + reference),
    ]);
    return [prefix + address, Object.fromEntries(named)] as const;
  });
  return new Map(found);
}

/** What resources run beside what their provider does: the kinds of their provisioners, by the address without keys. */
export function provisionersOf(configuration: unknown): ReadonlyMap<string, readonly string[]> {
  const found = resourcesIn(configuration).map(({ address, prefix, provisioners = [] }) => {
    return [prefix + address, provisioners.map(({ type = "provisioner" }) => type)] as const;
  });
  return new Map(found.filter(([, kinds]) => kinds.length > 0));
}

/** All resources of a configuration, each with the address of its module. */
function resourcesIn(configuration: unknown): (Resource & { readonly prefix: string })[] {
  const root = (configuration as { root_module?: Module } | undefined)?.root_module;
  return root ? inModule(root, "") : [];
}

function inModule({ resources = [], module_calls = {} }: Module, prefix: string): ReturnType<typeof resourcesIn> {
  const own = resources.map((resource) => ({ ...resource, prefix }));
  const called = Object.entries(module_calls).flatMap(([name, { module }]) =>
    module ? inModule(module, `${prefix}module.${name}.`) : [],
  );
  return [...own, ...called];
}

/** What stands for what an expression names that names nothing, and is not constant: `jsonencode(timestamp())`. */
const calculated = "(calculated)";

function isOfNothing(expression: unknown): boolean {
  return isObject(expression) && Object.keys(expression).length === 0;
}

/** Terraform lists `aws_vpc.main.id` and then `aws_vpc.main`. */
function referencesIn(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null) return [];
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  const { references, ...nested } = expression as { references?: unknown };
  const own = Array.isArray(references) ? references.filter((each): each is string => typeof each === "string") : [];
  return [...own, ...Object.values(nested).flatMap(referencesIn)];
}

/** `module.web["a"].aws_lb.this[0]` is `module.web.aws_lb.this`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}
