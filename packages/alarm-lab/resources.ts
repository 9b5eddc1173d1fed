import { referencesOf, withoutKeys } from "../plan-review/read/references";
import { LabError } from "./alarm";
import { describedResources, isDescribed } from "./aws-json";
import { isTemplate, templateResources } from "./cloudformation";
import { type Found, isObject, type Json } from "./found";
import { isSynthesized, synthesizedResources } from "./synthesized";

const formats =
  "a plan or state (terraform show -json), terraform.tfstate, cdk.tf.json, an answer of aws cloudwatch describe-alarms, or a CloudFormation template";

/** The resources of files of several tools; references between synthesized stacks are resolved. */
export function readResources(files: ReadonlyMap<string, unknown>): Found[] {
  const contents = [...files].map(([name, content]) => [name, asObject(name, content)] as const);
  const stacks = contents.map(([, content]) => content).filter(isSynthesized);
  return contents.flatMap(([name, content]) => {
    const found = content.format_version ? terraformResources(name, content) : otherResources(content, stacks);
    if (!found) throw new LabError(`${name} is none of these: ${formats}.`);
    return found.map((each) => ({ ...each, values: given(each.values) as Json }));
  });
}

function asObject(name: string, content: unknown): Json {
  if (Array.isArray(content)) return { MetricAlarms: content };
  if (isObject(content)) return content;
  throw new LabError(`${name} is none of these: ${formats}.`);
}

function otherResources(content: Json, stacks: readonly Json[]): Found[] | undefined {
  if (isDescribed(content)) return describedResources(content);
  if (isTemplate(content)) return templateResources(content);
  if (content.version === 4 && Array.isArray(content.resources)) return stateFileResources(content);
  return isSynthesized(content) ? synthesizedResources(content, stacks) : undefined;
}

/** What `terraform show -json` prints for a plan or a state. */
function terraformResources(name: string, shown: Json): Found[] {
  const values = shown.planned_values ?? shown.values;
  if (!values)
    throw new LabError(`${name} has neither planned_values nor values: make it with terraform show -json <plan>.`);
  const unknown = new Map<string, Json>(
    (shown.resource_changes ?? []).map(({ address, change }: Json) => [address, change?.after_unknown ?? {}]),
  );
  const references = referencesOf(shown.configuration);
  const walk = (module: Json): Found[] => [
    ...(module.resources ?? [])
      .filter(({ mode = "managed" }: Json) => mode === "managed")
      .map(({ address, type, values: own }: Json) => ({
        address,
        type,
        values: own ?? {},
        unknown: unknown.get(address) ?? {},
        references: references.get(withoutKeys(address)) ?? {},
      })),
    ...(module.child_modules ?? []).flatMap(walk),
  ];
  return withKnownIds(walk(values.root_module ?? {}));
}

/** The argument that is the id of a resource as soon as it exists. */
const idOf: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_metric_filter: "name",
  aws_cloudwatch_metric_alarm: "alarm_name",
  aws_cloudwatch_composite_alarm: "alarm_name",
};

/** Resolves arguments that are known after the apply, but refer to one id alone that is given as a name. */
function withKnownIds(resources: readonly Found[]): Found[] {
  const byAddress = new Map(resources.map((each) => [withoutKeys(each.address), each]));
  return resources.map((found) => {
    const known = Object.entries(found.unknown).flatMap(([argument, is]) => {
      const ids = (found.references[argument] ?? []).filter((reference) => reference.endsWith(".id"));
      const target = ids.length === 1 ? byAddress.get(withoutKeys((ids[0] ?? "").slice(0, -".id".length))) : undefined;
      const name = target?.values[idOf[target.type] ?? ""];
      return is === true && typeof name === "string" ? [[argument, name] as const] : [];
    });
    if (known.length === 0) return found;
    const unknown = Object.fromEntries(
      Object.entries(found.unknown).filter(([name]) => !known.some(([each]) => each === name)),
    );
    return { ...found, unknown, values: { ...found.values, ...Object.fromEntries(known) } };
  });
}

/** The file `terraform.tfstate`. */
function stateFileResources({ resources }: Json): Found[] {
  return resources
    .filter(({ mode }: Json) => mode === "managed")
    .flatMap(({ module, type, name, instances = [] }: Json) =>
      instances.map(({ attributes, index_key }: Json) => {
        const key = index_key === undefined ? "" : `[${JSON.stringify(index_key)}]`;
        const address = `${module ? `${module}.` : ""}${type}.${name}${key}`;
        return { address, type, values: attributes ?? {}, unknown: {}, references: {} };
      }),
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
