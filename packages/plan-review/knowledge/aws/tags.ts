import { look } from "../../effects/effect";
import { isObject, type Json, type Plan } from "../../read/plan";
import type { Place } from "../knowledge";

/** Keys by which controllers in clusters find their subnets and nodes. */
const ofControllers = /(^|\.)(kubernetes\.io|k8s\.io|karpenter\.sh|k8s\.aws)\//;
/** Keys that AWS documents for Systems Manager's patches and for its Instance Scheduler, and that people give to backups. */
const ofTools = /^(patch ?group|schedule)$|backup|snapshot/i;
/** Arguments that choose by tags: of backups, snapshots, deploys and commands. */
const choosing = ["selection_tag", "target_tags", "ec2_tag_filter", "ec2_tag_set", "tag_filter", "condition"];

/** A tag is only text, unless something selects by it: a backup, a policy, a controller. */
export function tag({ path, subject }: Place) {
  const [, key] = /^tags(?:_all)?\.(.+)$/.exec(path) ?? [];
  const isChosen =
    key !== undefined && (ofControllers.test(key) || ofTools.test(key) || keysAskedFor(subject.plans).has(key));
  return isChosen ? look(`Changes the tag ${key}, by which something may select it`) : undefined;
}

const known = new WeakMap<readonly Plan[], ReadonlySet<string>>();

function keysAskedFor(plans: readonly Plan[]): ReadonlySet<string> {
  const found =
    known.get(plans) ?? new Set(plans.flatMap(({ changes }) => changes.flatMap(({ change }) => keysIn(change.after))));
  known.set(plans, found);
  return found;
}
function keysIn(value: Json | undefined): string[] {
  const inPolicies = [...JSON.stringify(value ?? null).matchAll(/(?:Resource|Principal|Request)Tag\/([\w:./@+-]+)/g)];
  const chosen = isObject(value) ? choosing.flatMap((name) => keysOfBlock(value[name])) : [];
  const targets = isObject(value) && Array.isArray(value.targets) ? value.targets.filter(isObject) : [];
  const ofTargets = targets.flatMap(({ key }) =>
    typeof key === "string" && key.startsWith("tag:") ? [key.slice(4)] : [],
  );
  return [...inPolicies.map(([, key = ""]) => key), ...chosen, ...ofTargets];
}

/** `[{ key, value }]`, and a map of keys. */
function keysOfBlock(block: Json | undefined): string[] {
  if (Array.isArray(block)) {
    return block
      .filter(isObject)
      .flatMap(({ key }) => (typeof key === "string" ? [key.replace(/^aws:ResourceTag\//, "")] : []));
  }
  return isObject(block) ? Object.keys(block) : [];
}
