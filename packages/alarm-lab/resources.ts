import { referencesOf, withoutKeys } from "../plan-review/read/references";
import { LabError } from "./alarm";

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, whose shape is checked field by field
export type Json = Record<string, any>;

export interface Found {
  readonly address: string;
  readonly type: string;
  /** Without what nobody gave. */
  readonly values: Json;
  /** What only the apply will tell. */
  readonly unknown: Json;
  /** What each argument refers to in the configuration of a plan. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** The resources of plans and synthesized stacks, with references between the stacks resolved. */
export function readResources(files: ReadonlyMap<string, unknown>): Found[] {
  const contents = [...files].map(([name, content]) => [name, asObject(name, content)] as const);
  const stacks = contents.filter(([, content]) => content.terraform && !content.format_version);
  const resolve = resolver(new Map(stacks.map(([, content]) => [stackName(content), content])));
  return contents.flatMap(([name, content]) =>
    content.format_version ? plannedResources(name, content) : synthesized(content, resolve),
  );
}

function asObject(name: string, content: unknown): Json {
  const known =
    content !== null && typeof content === "object" && ("format_version" in content || "resource" in content);
  if (known) return content as Json;
  throw new LabError(`${name} is neither a plan (terraform show -json) nor a synthesized stack (cdk.tf.json).`);
}

function stackName(content: Json): string {
  return content["//"]?.metadata?.stackName ?? "";
}

function plannedResources(name: string, plan: Json): Found[] {
  if (!plan.planned_values)
    throw new LabError(`${name} has no planned_values: make it with terraform show -json <plan>.`);
  const unknown = new Map<string, Json>(
    (plan.resource_changes ?? []).map(({ address, change }: Json) => [address, change?.after_unknown ?? {}]),
  );
  const references = referencesOf(plan.configuration);
  const walk = (module: Json): Found[] => [
    ...(module.resources ?? []).map(({ address, type, values }: Json) => ({
      address,
      type,
      values: given(values ?? {}) as Json,
      unknown: unknown.get(address) ?? {},
      references: references.get(withoutKeys(address)) ?? {},
    })),
    ...(module.child_modules ?? []).flatMap(walk),
  ];
  return walk(plan.planned_values.root_module ?? {});
}

function synthesized(stack: Json, resolve: (text: string) => string): Found[] {
  const resolved = JSON.parse(resolve(JSON.stringify(stack.resource ?? {}))) as Json;
  return Object.entries(resolved).flatMap(([type, byName]) =>
    Object.entries(byName as Json).map(([name, values]) => ({
      ...{ address: `${type}.${name}`, type, values: given(values) as Json },
      ...{ unknown: {}, references: {} },
    })),
  );
}

/** Of which 0 is no value: after an apply the state has it where nobody gave one. A threshold may be 0. */
const zeroIsAbsent = new Set(["datapoints_to_alarm", "period"]);

/**
 * What somebody gave. The provider's state cannot tell an argument that is absent from an empty text, list or map, nor from 0:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm
 */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, given(each)] as const);
  return Object.fromEntries(entries.filter(([name, each]) => !isAbsent(name, each)));
}

function isAbsent(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (value === 0) return zeroIsAbsent.has(name);
  return typeof value === "object" && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const reference = /\$\{([A-Za-z0-9_.-]+)\}/g;

/** Replaces `${…}` by what it stands for, where a stack says so literally; what AWS will decide stays a reference. */
function resolver(stacks: ReadonlyMap<string, Json>): (text: string) => string {
  const lookUp = (path: string): string | undefined => {
    const remote = /^data\.terraform_remote_state\.(.+)\.outputs\.(.+)$/.exec(path);
    if (remote) {
      const [, source = "", output = ""] = remote;
      const stack = [...stacks].find(([name]) => source.endsWith(name))?.[1];
      const value = stack?.output?.[output]?.value;
      return typeof value === "string" ? value : undefined;
    }
    const [type = "", name = "", attribute = ""] = path.split(".");
    const values = [...stacks.values()].map((stack) => stack.resource?.[type]?.[name]?.[attribute]);
    return values.find((value) => typeof value === "string");
  };
  const resolve = (text: string, depth = 0): string =>
    text.replace(reference, (whole, path: string) => {
      const value = depth < 10 ? lookUp(path) : undefined;
      // It goes into a JSON string.
      return value === undefined ? whole : resolve(JSON.stringify(value).slice(1, -1), depth + 1);
    });
  return resolve;
}
