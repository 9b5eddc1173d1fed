import { basename } from "node:path";
import { marksIn } from "./marks";
import type { Change, Json, Plan, ResourceChange } from "./plan";
import { provisionersOf, referencesOf } from "./references";
import { kindOf, misshapen } from "./shape";

/** Something wrong with a file, in words for who gave it. */
export class PlanError extends Error {}

/** Of Terraform 0.12 to 1.0: the same form, without reasons and replace_paths. https://developer.hashicorp.com/terraform/internals/json-format */
const old = ["0.1", "0.2"];
const known = { major: 1, minor: 2 };
const howTo = "Make one with: terraform plan -out=plan && terraform show -json plan > plan.json";

/** Of these every plan has some; schemas, validations and empty states, which have a format version, too, have none. */
const planParts = ["planned_values", "resource_changes", "output_changes", "configuration", "applyable"];

/** Checks as much of a plan's form as the review leans on. */
export function readPlan(file: string, text: string): Plan {
  const json = parse(file, text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new PlanError(`${file} is JSON, but not a plan: it is ${kindOf(json)}. ${howTo}`);
  }
  const plan = json as Record<string, unknown>;
  const { version, notes } = checkVersion(file, plan);
  const problem = misshapen(plan);
  if (problem !== undefined) throw new PlanError(`${file} is broken: ${problem}.`);
  const changes = resourceChanges(file, "resource_changes", plan.resource_changes);
  return {
    stack: stackOf(file),
    formatVersion: version,
    terraformVersion: String(plan.terraform_version ?? "unknown"),
    changes,
    drift: resourceChanges(file, "resource_drift", plan.resource_drift),
    outputs: outputChanges(file, plan.output_changes),
    deferred: deferredChanges(file, plan.deferred_changes),
    failedChecks: failedChecks(plan.checks),
    invocations: invocations(plan),
    marked: marksIn(plan),
    variables: variables(plan),
    references: referencesOf(plan.configuration),
    provisioners: provisionersOf(plan.configuration),
    isErrored: plan.errored === true,
    isComplete: plan.complete !== false,
    notes,
  };
}

function stackOf(file: string): string {
  return basename(file).replace(/(\.(plan|tfplan|json|gz))+$/, "");
}

function parse(file: string, text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw new PlanError(`${file} is empty. ${howTo}`);
  if (trimmed.startsWith("PK")) throw new PlanError(`${file} is a plan in Terraform's own form. ${howTo}`);
  const json = parsed(trimmed) ?? parsed(withoutWrapper(trimmed));
  // The parser's own message may quote the text, and so a secret.
  if (json === undefined) throw new PlanError(`${file} ${whyNotJson(trimmed)} ${howTo}`);
  return json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Actions that wrap Terraform print their command line before its output, and their own lines after it. */
function withoutWrapper(text: string): string {
  const lines = text.split("\n");
  const last = lines.findLastIndex((line) => line.trimEnd().endsWith("}"));
  const first = lines.findIndex((line) => line.startsWith("{"));
  return first === -1 ? text : lines.slice(first, last + 1).join("\n");
}

function whyNotJson(text: string): string {
  const [first = "", ...rest] = text.split("\n", 2);
  if (rest.length > 0 && /"@level"|"@message"/.test(first))
    return "has the messages of terraform plan -json, not a plan.";
  if (!/^[[{]/.test(text)) return "is not JSON: it does not start with {.";
  return isCutOff(text)
    ? `is cut off: its JSON is still open after ${text.length} characters.`
    : "is broken: it is not valid JSON.";
}

/** Whether brackets or a string are open at the end. */
function isCutOff(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
  }
  return depth > 0 || isInString;
}

function checkVersion(file: string, plan: Record<string, unknown>): { version: string; notes: string[] } {
  const version = plan.format_version;
  if (typeof version !== "string")
    throw new PlanError(`${file} is JSON, but not a plan: it has no format_version. ${howTo}`);
  const [major = Number.NaN, minor = 0] = version.split(".").map(Number);
  if (major !== known.major && !old.includes(version)) {
    // Whatever stands there must not steer the terminal.
    const told = /^[\d.]{1,20}$/.test(version) ? version : "that is no number";
    throw new PlanError(
      `${file} has the format version ${told}; known are ${old.join(", ")} and ${known.major}.0 to ${known.major}.${known.minor}. Nothing was reviewed. Make the plan with Terraform 0.12 or later, or a newer plan-review.`,
    );
  }
  const isState = plan.resource_changes === undefined && (plan.values !== undefined || plan.lineage !== undefined);
  if (isState) throw new PlanError(`${file} is a state, not a plan. ${howTo}`);
  if (!planParts.some((part) => part in plan))
    throw new PlanError(`${file} is JSON, but not a plan: it has neither changes nor a configuration. ${howTo}`);
  return { version, notes: [...notesOf(version, major, minor)] };
}

function notesOf(version: string, major: number, minor: number): string[] {
  if (old.includes(version)) {
    return [
      `The plan's format version ${version} is that of an old Terraform: it does not say why something is replaced.`,
    ];
  }
  return major === known.major && minor > known.minor
    ? [
        `The plan's format version ${version} is newer than ${known.major}.${known.minor}: what is new in it was not read.`,
      ]
    : [];
}

function resourceChanges(file: string, part: string, list: unknown): ResourceChange[] {
  return (Array.isArray(list) ? list : []).map((each, index) => checked(file, `${part}[${index}]`, each));
}

function checked(file: string, where: string, each: unknown): ResourceChange {
  const { address, type, change } = (each ?? {}) as Partial<ResourceChange>;
  const missing = [
    ...(typeof address === "string" ? [] : ["an address"]),
    ...(typeof type === "string" ? [] : ["a type"]),
    ...(Array.isArray(change?.actions) ? [] : ["actions"]),
  ];
  if (missing.length > 0) throw new PlanError(`${file} is broken: ${where} lacks ${missing.join(", ")}.`);
  // Some wrappers write null for what is absent.
  return Object.fromEntries(
    Object.entries(each as object).filter(([, value]) => value !== null),
  ) as unknown as ResourceChange;
}

function outputChanges(file: string, outputs: unknown): Record<string, Change> {
  const changes = (outputs ?? {}) as Record<string, Change>;
  const [broken] = Object.entries(changes).find(([, { actions }]) => !Array.isArray(actions)) ?? [];
  if (broken !== undefined) throw new PlanError(`${file} is broken: output_changes.${broken} lacks actions.`);
  return changes;
}

function deferredChanges(file: string, list: unknown): Plan["deferred"] {
  if (!Array.isArray(list)) return [];
  return list.map((each, index) => ({
    reason: String(each?.reason ?? "unknown"),
    change: checked(file, `deferred_changes[${index}].resource_change`, each?.resource_change),
  }));
}

function failedChecks(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list
    .filter((check) => ["fail", "error"].includes(check?.status))
    .map((check) => String(check?.address?.to_display ?? "a check"));
}

/** Of Terraform 1.14 and later. */
function invocations({
  action_invocations: now,
  deferred_action_invocations: later,
}: Record<string, unknown>): string[] {
  const all = [
    ...(Array.isArray(now) ? now : []),
    ...(Array.isArray(later) ? later : []).map((each) => each?.action_invocation),
  ];
  return all.map((each) => String(each?.address ?? "an action without a name"));
}

function variables(plan: Record<string, unknown>): Plan["variables"] {
  const declared = (
    plan.configuration as { root_module?: { variables?: Record<string, { sensitive?: boolean }> } } | undefined
  )?.root_module?.variables;
  return Object.fromEntries(
    Object.entries((plan.variables ?? {}) as Record<string, { value?: Json }>).map(([name, { value }]) => [
      name,
      { value: value ?? null, sensitive: declared?.[name]?.sensitive === true },
    ]),
  );
}
