import { type ClassifiedChange, isComputed } from "../../classify/classify";
import { hasUnknown, isWrittenOtherwise } from "../../classify/meaning";
import { isObject } from "../../read/plan";
import { isCalm } from "../calm";
import { eachChange, type Flag, type Rule, words } from "../rule";
import { kindOf } from "../types";

/** Asked about what no other rule has anything against: a change is harmless when somebody has said so, not when nobody knows it. */
export const unjudged: Rule = {
  id: "unjudged",
  severity: "medium",
  why: "No rule knows what this does, so a person has to.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    switch (change.action) {
      case "update":
        return [...changed(change), ...untold(change)];
      case "replace":
        if (["rebuilt", "remade"].includes(kindOf(change.type))) return changed(change);
        return [
          {
            says: `it is deleted and made again${change.replacedFor.length > 0 ? ` for ${change.replacedFor.join(", ")}` : ""}`,
          },
        ];
      case "delete":
        return kindOf(change.type) === "rebuilt" ? [] : [{ says: "it is deleted" }];
      case "unknown":
        return [
          { says: `Terraform would do what this review does not know: ${change.source.change.actions.join(" and ")}` },
        ];
      default:
        return [];
    }
  }),
};

function changed({ type, differences, unknown }: ClassifiedChange): Omit<Flag, "change">[] {
  const known = differences.filter((each) => !isCalm(type, each));
  const later = unknown.filter((path) => !isCalm(type, { path }));
  const [first] = known;
  if (first) {
    const more = known.length + later.length - 1;
    return [
      {
        says: `${first.path}: ${short(words(first.before))} → ${short(words(first.after))}${more > 0 ? `, and ${more} more` : ""}`,
      },
    ];
  }
  return later.length > 0 ? [{ says: `${later.join(", ")} will be known after the apply` }] : [];
}

/** Of an update without any difference: what Terraform must have had a reason for. */
function untold({ differences, unknown, source }: ClassifiedChange): Omit<Flag, "change">[] {
  const { before, after, after_unknown: later } = source.change;
  if (differences.length + unknown.length > 0) return [];
  const names = isObject(later)
    ? Object.keys(later).filter((name) => hasUnknown(later[name]) && !isComputed(name))
    : [];
  // Blocks that the configuration makes with `dynamic` are not in the plan's configuration.
  if (names.length > 0) return [{ says: `${names.join(", ")} will be known after the apply, and nothing says why` }];
  return isWrittenOtherwise(before, after) ? [] : [{ says: "a list has another order, which may have a meaning" }];
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
