import { isObject } from "./plan";

/** As much of a plan's form as the review leans on. What is absent is well. */
type Shape =
  | "anything"
  | "text"
  | { readonly list: Shape }
  | { readonly each: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> }
  /** For a shape that has itself in it. */
  | (() => Shape);

const change: Shape = {
  fields: {
    actions: { list: "text" },
    replace_paths: { list: { list: "anything" } },
    importing: { fields: { id: "text" } },
  },
};

const resourceChange: Shape = {
  fields: {
    ...{ address: "text", type: "text", name: "text", module_address: "text", deposed: "text" },
    ...{ previous_address: "text", action_reason: "text" },
    change,
  },
};

const moduleShape: Shape = {
  fields: {
    resources: {
      list: {
        fields: {
          address: "text",
          expressions: { each: "anything" },
          provisioners: { list: { fields: { type: "text" } } },
        },
      },
    },
    module_calls: { each: { fields: { module: () => moduleShape } } },
    variables: { each: { fields: {} } },
  },
};

const invocation: Shape = { fields: { address: "text" } };

const parts: Readonly<Record<string, Shape>> = {
  resource_changes: { list: resourceChange },
  resource_drift: { list: resourceChange },
  output_changes: { each: change },
  variables: { each: { fields: {} } },
  deferred_changes: { list: { fields: { resource_change: resourceChange } } },
  action_invocations: { list: invocation },
  deferred_action_invocations: { list: { fields: { action_invocation: invocation } } },
  checks: { list: { fields: { address: { fields: {} } } } },
  configuration: { fields: { root_module: moduleShape } },
};

/** The first part of a plan that is not what it should be, in words without its value. */
export function misshapen(plan: Readonly<Record<string, unknown>>): string | undefined {
  return first(Object.entries(parts), ([name, shape]) => problem(plan[name] ?? undefined, shape, name));
}

function problem(value: unknown, shape: Shape, path: string): string | undefined {
  // Some tools write null for a text that is absent.
  if (value === undefined || shape === "anything" || (shape === "text" && value === null)) return undefined;
  if (typeof shape === "function") return problem(value, shape(), path);
  if (shape === "text") return typeof value === "string" ? undefined : `${path} is not a text: it is ${kindOf(value)}`;
  if ("list" in shape) {
    if (!Array.isArray(value)) return `${path} is not a list: it is ${kindOf(value)}`;
    return first([...value.entries()], ([index, each]) => problem(each, shape.list, `${path}[${index}]`));
  }
  if (!isObject(value)) return `${path} is not an object: it is ${kindOf(value)}`;
  const inner =
    "each" in shape ? Object.keys(value).map((key) => [key, shape.each] as const) : Object.entries(shape.fields);
  return first(inner, ([key, each]) => problem(value[key], each, `${path}.${key}`));
}

/** Never the value itself, which may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function first<T>(all: readonly T[], find: (each: T) => string | undefined): string | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
