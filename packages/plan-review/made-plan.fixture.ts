import type { Change, Json, Plan } from "./read/plan";
import { readPlan } from "./read/read";
import { type Review, reviewPlans } from "./review";

/** A change as `terraform show -json` writes it. Of what is left out, the usual is taken. */
export interface MadeChange extends Partial<Change> {
  readonly address: string;
  readonly previous_address?: string;
  readonly action_reason?: string;
  readonly mode?: "managed" | "data";
}

export interface MadePlan {
  readonly changes?: readonly MadeChange[];
  /** Anything else that a plan has. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The text of a plan, for tests: what Terraform 1.11 would write. */
export function planText({ changes = [], more = {} }: MadePlan): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: changes.map(resourceChange),
    applyable: true,
    complete: true,
    errored: false,
    ...more,
  });
}

export function madePlan(plan: MadePlan, file = "web.plan.json"): Plan {
  return readPlan(file, planText(plan));
}

export function reviewOf(...changes: MadeChange[]): Review {
  return reviewPlans([madePlan({ changes })], { today: "2026-01-01" });
}

/** `rule severity`, for each finding. */
export function rulesOf(review: Review): string[] {
  return [...review.planFindings, ...review.changes.flatMap(({ findings }) => findings)].map(({ rule }) => rule);
}

export function resourceChange({ address, previous_address, action_reason, mode = "managed", ...change }: MadeChange) {
  const [type = "", name = ""] = address.replace(/^(module\.[^.]+\.)+/, "").split(".");
  const actions =
    change.actions ?? (change.before === undefined ? ["create"] : change.after === undefined ? ["delete"] : ["update"]);
  return {
    ...{ address, mode, type, name: name.replace(/\[.*$/, ""), provider_name: "registry.terraform.io/hashicorp/aws" },
    ...(previous_address !== undefined && { previous_address }),
    ...(action_reason !== undefined && { action_reason }),
    change: {
      before: null,
      after: null,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
      actions,
    },
  };
}

/** Before and after of a resource that is changed in place. */
export function updated(address: string, before: Record<string, Json>, after: Record<string, Json>): MadeChange {
  return { address, actions: ["update"], before, after: { ...before, ...after } };
}

/** What providers compute of anything new, whatever it is: `after_unknown` of a real plan always has it. */
const computed: readonly (readonly [type: RegExp, unknown: Record<string, Json>])[] = [
  [/^aws_/, { id: true, arn: true, tags_all: {} }],
  [/^google_/, { id: true, project: true, self_link: true, etag: true, effective_labels: {}, terraform_labels: {} }],
  [/^azuread_/, { id: true, object_id: true }],
  [/^kubernetes_/, { id: true, metadata: [{ generation: true, resource_version: true, uid: true }] }],
  [/./, { id: true }],
];

export function created(address: string, after: Record<string, Json>): MadeChange {
  const type = address.replace(/^(module\.[^.]+\.)+/, "");
  const [, unknown = {}] = computed.find(([types]) => types.test(type)) ?? [];
  const after_unknown = Object.fromEntries(
    Object.entries(unknown).filter(([name, value]) => typeof value === "object" || !(name in after)),
  );
  return { address, actions: ["create"], after, after_unknown };
}

export function deleted(address: string, before: Record<string, Json> = {}): MadeChange {
  return { address, actions: ["delete"], before };
}

export function unchanged(address: string, values: Record<string, Json>): MadeChange {
  return { address, actions: ["no-op"], before: values, after: values };
}

export function replaced(
  address: string,
  before: Record<string, Json>,
  after: Record<string, Json>,
  options: { readonly first?: boolean; readonly paths?: string[][] } = {},
): MadeChange {
  const { first = false, paths = [] } = options;
  return {
    address,
    actions: first ? ["create", "delete"] : ["delete", "create"],
    before,
    after: { ...before, ...after },
    replace_paths: paths,
    action_reason: "replace_because_cannot_update",
  };
}
