import type { Arguments } from "../../../stacks/synthesized";

/** Maps of free keys; any other object is a block, and a plan has blocks in lists. */
const maps = ["tags", "dimensions", "options"];
/** What Terraform keeps for itself. */
const metaArguments = ["count", "depends_on", "lifecycle", "provider"];

/** A synthesized stack in the form of `terraform show -json`, for scanners that read plans. What only AWS would know stays an expression. */
export function asPlan(stack: Arguments): Arguments {
  const resources = Object.entries((stack.resource ?? {}) as Record<string, Record<string, Arguments>>).flatMap(
    ([type, siblings]) =>
      Object.entries(siblings).map(([name, resource]) => ({
        ...{ address: `${type}.${name}`, mode: "managed", type, name },
        values: valuesOf(resource),
        expressions: expressionsOf(resource),
      })),
  );
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: resources.map(({ expressions, ...resource }) => resource) } },
    resource_changes: resources.map(({ expressions, values, ...resource }) => ({
      ...resource,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: { root_module: { resources: resources.map(({ values, ...resource }) => resource) } },
  };
}

function valuesOf(resource: Arguments): Arguments {
  const entries = Object.entries(resource).filter(([argument]) => !metaArguments.includes(argument));
  return Object.fromEntries(entries.map(([argument, value]) => [argument, asBlocks(argument, value)]));
}

function asBlocks(argument: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? valuesOf(item) : item));
  if (!isObject(value)) return value;
  return maps.includes(argument) ? value : [valuesOf(value)];
}

/** Which resources an argument names: scanners connect them by it. */
function expressionsOf(resource: Arguments): Arguments {
  return Object.fromEntries(
    Object.entries(resource).map(([argument, value]) => {
      const references = [...JSON.stringify(value).matchAll(/\$\{([\w-]+\.[\w-]+)[^}]*\}/g)].map(
        ([, address]) => address,
      );
      return [argument, references.length > 0 ? { references } : { constant_value: value }];
    }),
  );
}

function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
