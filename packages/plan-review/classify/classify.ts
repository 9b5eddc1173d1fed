import { at, isObject, type Json, type Plan, type References, type ResourceChange } from "../read/plan";
import { withoutKeys } from "../read/references";
import { constructPath, type Stacks } from "./construct-path";
import { compare, type Difference } from "./differences";
import type { Secrets } from "./secrets";

export type Action = "create" | "update" | "replace" | "delete" | "forget" | "import" | "move" | "unknown";

/** A change of one resource, in the review's words. Its values hold no secret any more. */
export interface ClassifiedChange {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Where it is made: `backend-service/task`; undefined where no CDKTF made it. */
  readonly construct: string | undefined;
  readonly action: Action;
  /** For a replacement: the new one is made before the old one goes. */
  readonly isCreatedFirst: boolean;
  /** Why Terraform does so, in words. */
  readonly reason: string | undefined;
  /** The arguments that cannot be changed in place. */
  readonly replacedFor: readonly string[];
  readonly movedFrom: string | undefined;
  readonly importedId: string | undefined;
  readonly differences: readonly Difference[];
  readonly unknown: readonly string[];
  readonly source: ResourceChange;
}

const reasons = new Map(
  Object.entries({
    replace_because_cannot_update: "an argument that cannot be changed in place",
    replace_because_tainted: "it is tainted: its last creation failed half-way",
    replace_by_request: "-replace was asked for",
    replace_by_triggers: "replace_triggered_by",
    delete_because_no_resource_config: "it is no longer in the configuration",
    delete_because_wrong_repetition: "count or for_each was added or removed",
    delete_because_count_index: "count became smaller",
    delete_because_each_key: "its key is no longer in for_each",
    delete_because_no_module: "its module is no longer in the configuration",
    delete_because_no_move_target: "it was moved to where nothing is configured",
    read_because_config_unknown: "its arguments are known after the apply",
    read_because_dependency_pending: "what it depends on changes",
  }),
);

export function classify(plan: Plan, secrets: Secrets, stacks: Stacks): ClassifiedChange[] {
  return plan.changes
    .filter(({ mode, change }) => mode !== "data" && change.actions.join() !== "read")
    .flatMap((change) => classified(plan, change, secrets, stacks));
}

/** Nothing for a resource that stays as it is. */
export function classified(
  { stack, references }: Pick<Plan, "stack" | "references">,
  source: ResourceChange,
  secrets: Secrets,
  stacks: Stacks,
): ClassifiedChange[] {
  const action = actionOf(source);
  if (action === undefined) return [];
  const change = secrets.conceal(source.change);
  const { address, type, name, previous_address, action_reason } = source;
  const { differences, unknown: notKnown } =
    action === "delete" || action === "forget"
      ? { differences: [], unknown: [] }
      : compare(change.before, change.after, change.after_unknown);
  const configured = references.get(withoutKeys(address));
  const unknown = notKnown.filter(
    (path) => !isProviders(path, configured, action === "update" ? change.before : undefined),
  );
  return [
    {
      ...{ stack, address, type, name, action, unknown },
      differences: action === "replace" ? differences.filter((each) => !isDefaultOfOld(each)) : differences,
      construct: stacks.constructOf(stack, address) ?? constructPath(source),
      isCreatedFirst: change.actions.join() === "create,delete",
      reason: action_reason === undefined ? undefined : (reasons.get(action_reason) ?? action_reason),
      replacedFor: (change.replace_paths ?? []).map((path) => path.filter((part) => part !== 0).join(".")),
      movedFrom: previous_address,
      importedId: change.importing?.id,
      source: { ...source, change },
    },
  ];
}

/** What the provider had written for the old object; the new one has none yet. */
function isDefaultOfOld({ before, after }: Difference): boolean {
  return after === undefined && (before === false || before === 0);
}

/** For plans without their configuration. */
const computed =
  /^(id|arn|arn_suffix|revision|version|etag|last_modified\w*|unique_id|fingerprint|self_link|generation|tags_all)$/;

export function isComputed(path: string): boolean {
  return computed.test(path);
}

/** Whether an unknown value is the provider's own affair: neither does the configuration give it, nor does it take it from elsewhere. */
function isProviders(path: string, configured: References | undefined, updated: Json | undefined): boolean {
  if (configured === undefined) return isComputed(path);
  const [argument = ""] = path.split(/[.[]/);
  return (configured[argument] ?? []).length === 0 && !(argument === path && isListOfBlocks(at(updated, path)));
}

/** Blocks that the configuration makes with `dynamic` are not in the plan's configuration. */
function isListOfBlocks(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every(isObject);
}

function actionOf({ change, previous_address, deposed }: ResourceChange): Action | undefined {
  switch (change.actions.join()) {
    case "no-op":
      if (change.importing) return "import";
      return previous_address === undefined ? undefined : "move";
    case "create":
    case "update":
    case "delete":
    case "forget":
      return change.actions[0] as Action;
    case "delete,create":
    case "create,delete":
      return "replace";
    // Terraform forgets the old object and makes a new one.
    case "create,forget":
    case "forget,create":
      return "replace";
    case "read":
      return undefined;
    default:
      return deposed === undefined ? "unknown" : "delete";
  }
}
