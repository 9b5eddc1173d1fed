import { clipped } from "../../text/truncate";
import type { ClassifiedChange } from "../classify/classify";
import { type Effect, type Flag, leftBehind, look, type Subject, unknownArgument, words } from "../effects/effect";
import { analyses, knowledgeOf } from "../knowledge/all";
import { isWithNew } from "../knowledge/arguments";
import type { ArgumentMeaning, Arguments, Meaning, Place, TypeKnowledge } from "../knowledge/knowledge";
import { type Allowance, allowanceFor } from "./allowances";
import type { OwnTypes } from "./own-types";
import { ofPlans, ofProvisioners } from "./plans";
import { ofOrder, ofUnknownType } from "./structure";

export interface Finding extends Flag {
  /** Why it does not count. */
  readonly allowed: Allowance | undefined;
}

/** All that can be said of some plans. */
export function judge(
  subject: Subject,
  { allowances, own, today }: { allowances: readonly Allowance[]; own: OwnTypes; today: string },
): Finding[] {
  const flags = [
    ...ofPlans(subject),
    ...analyses.flatMap((analysis) => analysis(subject)),
    ...subject.changes.flatMap((change) =>
      unique(effectsOf(change, subject, own)).map((effect) => ({ change, effect })),
    ),
  ];
  return flags.map((flag) => ({
    ...flag,
    allowed: allowanceFor(allowances, flag.effect.kind, flag.change?.address, today),
  }));
}

function effectsOf(change: ClassifiedChange, subject: Subject, own: OwnTypes): Effect[] {
  const known = own.get(change.type) ?? knowledgeOf(change.type);
  const run = ofProvisioners(change, subject);
  switch (change.action) {
    case "forget":
      return [leftBehind("Terraform forgets it: it stays, unmanaged")];
    case "unknown":
      return [look(`Terraform's action is ${change.source.change.actions.join(" and ")}`)];
    case "import":
    case "move":
      return [];
    default:
      return [...run, ...(known === undefined ? ofUnknownType(change, subject) : ofKnownType(known, change, subject))];
  }
}

function ofKnownType(known: TypeKnowledge, change: ClassifiedChange, subject: Subject): Effect[] {
  switch (change.action) {
    case "create":
      return [...meant(known.created, change, subject), ...ofNew(known.arguments, change, subject)];
    case "delete":
      return meant(known.deleted, change, subject);
    case "replace": {
      const whole = meant(change.isCreatedFirst ? known.replacedNewFirst : known.replaced, change, subject);
      // What is gone anyway needs no word about arguments that nobody knows.
      const changed = ofArguments(known.arguments, change, subject);
      return [...whole, ...changed.filter(({ verdict }) => whole.length === 0 || verdict === "dangerous")];
    }
    default:
      return [...ofArguments(known.arguments, change, subject), ...ofOrder(change)];
  }
}

function meant(meaning: Meaning, change: ClassifiedChange, subject: Subject): Effect[] {
  const effect = typeof meaning === "function" ? meaning(change, subject) : meaning;
  return effect === undefined ? [] : [effect];
}

function ofArguments(known: Arguments, change: ClassifiedChange, subject: Subject): Effect[] {
  return placesOf(change, subject).flatMap((place) => {
    const found = find(known, place.path);
    return found === undefined ? [unknownAt(place)] : meantBy(found.meaning, place, "changed");
  });
}

function ofNew(known: Arguments, change: ClassifiedChange, subject: Subject): Effect[] {
  return placesOf(change, subject).flatMap((place) => {
    const found = find(known, place.path);
    return found === undefined ? [] : meantBy(found.meaning, place, "whenNew");
  });
}

function placesOf(change: ClassifiedChange, subject: Subject): Place[] {
  const shared = { change, subject };
  return [
    ...change.differences.map((each) => ({ ...each, ...shared, isLater: false })),
    ...change.unknown.map((path) => ({ path, ...shared, isLater: true })),
  ];
}

function meantBy(meaning: ArgumentMeaning, place: Place, time: "changed" | "whenNew"): readonly Effect[] {
  const own = isWithNew(meaning) ? meaning[time] : time === "changed" ? meaning : undefined;
  const found = typeof own === "function" ? own(place) : own;
  return found === undefined ? [] : [found].flat();
}

/** `a[x].b[].c` is `a.b.c`, and what a table says of `a.b` or `a` holds for it, too. */
function find(known: Arguments, path: string): { readonly meaning: ArgumentMeaning } | undefined {
  for (let name = withoutKeys(path); name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
    if (Object.hasOwn(known, name)) return { meaning: known[name] };
  }
  return Object.hasOwn(known, "*") ? { meaning: known["*"] } : undefined;
}

function withoutKeys(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "");
}

function unknownAt({ path, before, after, isLater, change }: Place): Effect {
  const [old, now] = [before, after].map((value) => clipped(words(value), 40));
  const argument = withoutKeys(path);
  const says = `No table has ${argument} of ${change.type}: ${isLater ? "known after the apply" : `${old} → ${now}`}`;
  return { ...unknownArgument(says), argument };
}

/** The same sentence with other values is said once: `… (rule.a: 1 → 2, and 3 more)`. */
function unique(effects: readonly Effect[]): Effect[] {
  const groups = new Map<string, Effect[]>();
  for (const effect of effects) {
    const key = `${effect.verdict} ${effect.kind} ${effect.argument ?? effect.says.replace(values, "")}`;
    groups.set(key, [...(groups.get(key) ?? []), effect]);
  }
  return [...groups.values()].flatMap((group) => {
    const all = [...new Map(group.map((effect) => [effect.says, effect])).values()];
    const [first] = all as [Effect];
    const more = all.length - 1;
    return more > 0 && values.test(first.says)
      ? [{ ...first, says: first.says.replace(/\)$/, `, and ${more} more)`) }]
      : all;
  });
}

const values = / \([^()]* → [^()]*\)$/;
