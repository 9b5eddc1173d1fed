import { clipped } from "../../../text/truncate";
import { type ClassifiedChange, isComputed } from "../../classify/classify";
import { canonical, hasUnknown, isWrittenOtherwise } from "../../classify/meaning";
import { isObject, type Json } from "../../read/plan";
import { isCalm } from "../calm";
import { unknownOfNew } from "../created/known";
import { eachChange, type Rule, type Subject, words } from "../rule";
import { isChosenByTag } from "../tags";
import { kindOf } from "../types";
import { isRecordOfRelease } from "./release-record";

/** Asked about what no other rule has judged: a change is harmless when a row says so, and unknown when no row knows it. */
export const unjudged: Rule = {
  id: "unjudged",
  severity: "medium",
  why: "No rule knows what this does, so a person has to.",
  check: eachChange((change, subject) =>
    unknownsOf(change, subject).map((what) => ({ says: `unknown: please check (${what})` })),
  ),
};

function unknownsOf(change: ClassifiedChange, subject: Subject): string[] {
  switch (change.action) {
    case "create":
      return [unknownOfNew(change, subject) ?? []].flat();
    case "update":
      return isRecordOfRelease(change, subject) ? [] : [...changed(change, subject), ...untold(change)];
    case "replace":
      if (["rebuilt", "remade"].includes(kindOf(change.type))) return changed(change, subject);
      return [
        `it is deleted and created again${change.replacedFor.length > 0 ? ` because of ${change.replacedFor.join(", ")}` : ""}`,
      ];
    case "delete":
      return kindOf(change.type) === "rebuilt" ? [] : ["it is deleted"];
    case "unknown":
      return [`Terraform's action is ${change.source.change.actions.join(" and ")}`];
    default:
      return [];
  }
}

function changed({ type, differences, unknown }: ClassifiedChange, subject: Subject): string[] {
  const known = differences.filter((each) => !isCalm(type, each) || isChosenByTag(each.path, subject));
  const later = unknown.filter((path) => !isCalm(type, { path }));
  const [first] = known;
  if (first) {
    const more = known.length + later.length - 1;
    const [was, is] = [first.before, first.after].map((value) => clipped(words(value), 60));
    return [`${first.path}: ${was} → ${is}${more > 0 ? `, and ${more} more` : ""}`];
  }
  return later.length > 0 ? [`${later.join(", ")} will be known after the apply`] : [];
}

const anotherOrder = "a list has another order, which may have a meaning";

/** Of an update without any difference: what Terraform must have had a reason for; of another, what is no difference beside it. */
function untold({ differences, unknown, source }: ClassifiedChange): string[] {
  const { before, after, after_unknown: later } = source.change;
  if (differences.length + unknown.length > 0) return isReordered(before, after) ? [anotherOrder] : [];
  const names = isObject(later)
    ? Object.keys(later).filter((name) => hasUnknown(later[name]) && !isComputed(name))
    : [];
  // Blocks that the configuration makes with `dynamic` are not in the plan's configuration.
  if (names.length > 0) return [`${names.join(", ")} will be known after the apply, and nothing says why`];
  return isWrittenOtherwise(before, after) ? [] : [anotherOrder];
}

/** Providers sort their sets: where a list has the same entries in another order, somebody has changed it. */
function isReordered(before: Json | undefined, after: Json | undefined): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [before.map(canonical), after.map(canonical)];
    const hasMoved = old.join() !== now.join() && old.sort().join() === now.sort().join();
    return hasMoved || before.some((each, index) => isReordered(each, after[index]));
  }
  return (
    isObject(before) && isObject(after) && Object.keys(before).some((name) => isReordered(before[name], after[name]))
  );
}
