import { isObject, type References } from "./plan";

interface Module {
  readonly resources?: readonly {
    readonly address: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: Module }>>;
}

/** Which resources each argument of each resource names, by the address without keys. */
export function referencesOf(configuration: unknown): ReadonlyMap<string, References> {
  const found = new Map<string, References>();
  const root = (configuration as { root_module?: Module } | undefined)?.root_module;
  if (root) collect(root, "", found);
  return found;
}

function collect({ resources = [], module_calls = {} }: Module, prefix: string, found: Map<string, References>): void {
  for (const { address, expressions = {} } of resources) {
    const named = Object.entries(expressions).map(([name, expression]) => [
      name,
      isOfNothing(expression) ? [calculated] : referencesIn(expression).map((reference) => prefix + reference),
    ]);
    found.set(prefix + address, Object.fromEntries(named));
  }
  for (const [name, { module }] of Object.entries(module_calls)) {
    if (module) collect(module, `${prefix}module.${name}.`, found);
  }
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
