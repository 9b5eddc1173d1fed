import type { ClassifiedChange } from "../../../classify/classify";
import type { Change, Json, Plan } from "../../../read/plan";
import { type Grant, grantsOf, noLongerDenied, policiesIn, summed, widened } from "./policy";

interface Grants {
  /** All that it said before, and says after. */
  readonly had: readonly Grant[];
  readonly has: readonly Grant[];
  readonly allowed: readonly Grant[];
  readonly denied: readonly Grant[];
  readonly undenied: readonly Grant[];
  readonly lost: readonly Grant[];
}

/** What a policy of a change newly allows and denies, and no longer denies and allows. */
export interface ChangedPolicy {
  readonly name: string;
  /** As the plan has it, also where it is marked as sensitive: for the judgement. */
  readonly real: Grants;
  /** Without what is concealed: for the words. */
  readonly told: Grants;
}

/** Several rules ask. */
const known = new WeakMap<ClassifiedChange, readonly ChangedPolicy[]>();

export function changedPolicies(change: ClassifiedChange, plans: readonly Plan[]): readonly ChangedPolicy[] {
  const found = known.get(change) ?? compared(change, plans);
  known.set(change, found);
  return found;
}

function compared(change: ClassifiedChange, plans: readonly Plan[]): ChangedPolicy[] {
  if (change.action === "delete" || change.action === "forget") return [];
  const [real, told] = [sidesOf(plannedChange(change, plans)), sidesOf(change.source.change)];
  return [...real.after.keys()].map((name) => ({
    name,
    real: grantsIn(real, name),
    told: isConcealed(real, told, name) ? nothing : grantsIn(told, name),
  }));
}

/** Some of the grants in words; of what is concealed, that it is there. Undefined where there are none. */
export function inWordsOf(policy: ChangedPolicy, some: (grants: Grants) => readonly Grant[]): string | undefined {
  const told = some(policy.told);
  if (told.length > 0) return summed(told);
  return some(policy.real).length > 0 ? "what the plan marks as sensitive" : undefined;
}

const nothing: Grants = { had: [], has: [], allowed: [], denied: [], undenied: [], lost: [] };

interface Sides {
  readonly before: ReadonlyMap<string, Json>;
  readonly after: ReadonlyMap<string, Json>;
}

function sidesOf({ before, after }: Change): Sides {
  return { before: policiesIn(before), after: policiesIn(after) };
}

function grantsIn({ before, after }: Sides, name: string): Grants {
  const [old, now] = [grantsOf(before.get(name)), grantsOf(after.get(name))];
  return {
    had: old,
    has: now,
    allowed: widened(old, now),
    denied: noLongerDenied(now, old),
    undenied: noLongerDenied(old, now),
    lost: widened(now, old),
  };
}

/** Of a policy that can be read on one side alone nothing can be said but that. */
function isConcealed(real: Sides, told: Sides, name: string): boolean {
  return (["before", "after"] as const).some((side) => real[side].has(name) && !told[side].has(name));
}

const indexes = new WeakMap<readonly Plan[], ReadonlyMap<string, Change>>();

/** What the plan says before anything is concealed. */
function plannedChange({ stack, source }: ClassifiedChange, plans: readonly Plan[]): Change {
  const found = indexes.get(plans) ?? new Map(plans.flatMap(entriesOf));
  indexes.set(plans, found);
  return found.get(keyOf(stack, source)) ?? source.change;
}

function entriesOf({ stack, changes }: Plan): [string, Change][] {
  return changes.map((each) => [keyOf(stack, each), each.change]);
}

function keyOf(stack: string, { address, deposed = "" }: Plan["changes"][number]): string {
  return JSON.stringify([stack, address, deposed]);
}
