import { clipped } from "../../text/truncate";
import { type ClassifiedChange, isComputed } from "../classify/classify";
import { canonical, hasUnknown, isWrittenOtherwise } from "../classify/meaning";
import { destroysUnknown, type Effect, look, type Subject, unknownType, words } from "../effects/effect";
import { isObject, type Json } from "../read/plan";
import { withoutKeys } from "../read/references";

/** What the form of a change alone says, of a type that no table has. */
export function ofUnknownType(change: ClassifiedChange, subject: Subject): Effect[] {
  const { type, action, replacedFor, differences, unknown } = change;
  switch (action) {
    case "create":
      return [unknownType(`No table has ${type}: a new one may change access, routing or settings of what exists`)];
    case "delete":
      return [
        destroysUnknown(`Deletes this ${type}, of which no table says what it holds`, keyChange(change, subject)),
      ];
    case "replace":
      return [
        destroysUnknown(
          `Deletes this ${type}${replacedFor.length > 0 ? ` for a new ${replacedFor.join(", ")}` : ""}, and no table says what it holds`,
          keyChange(change, subject),
        ),
      ];
    default: {
      const [first, ...more] = differences.filter(({ path }) => !isText(path));
      if (first === undefined && unknown.length === 0) return ofOrder(change);
      const told = first
        ? `${first.path}: ${clipped(words(first.before), 30)} → ${clipped(words(first.after), 30)}${more.length > 0 ? `, and ${more.length} more` : ""}`
        : `${unknown.join(", ")} known after the apply`;
      return [unknownType(`No table has ${type}: check ${told}`)];
    }
  }
}

/** Tags and descriptions are text in whatever type. */
function isText(path: string): boolean {
  return /^(tags|tags_all|description)(\.|$)/.test(path);
}

/** Of an update without any difference: what Terraform must have had a reason for; of another, what is no difference beside it. */
export function ofOrder({ differences, unknown, source }: ClassifiedChange): Effect[] {
  const { before, after, after_unknown: later } = source.change;
  const reordered = look("Changes the order of a list, which may have a meaning");
  if (differences.length + unknown.length > 0) return isReordered(before, after) ? [reordered] : [];
  // Blocks that the configuration makes with `dynamic` are not in the plan's configuration.
  const names = isObject(later)
    ? Object.keys(later).filter((name) => hasUnknown(later[name]) && !isComputed(name))
    : [];
  if (names.length > 0) return [look(`${names.join(", ")} will be known only after the apply, and nothing says why`)];
  return isWrittenOtherwise(before, after) ? [] : [reordered];
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

/** Where only the key of `count` or `for_each` changes, a moved block keeps the resource. */
export function keyChange(
  { address, stack, action, source }: ClassifiedChange,
  { changes }: Subject,
): string | undefined {
  if (action !== "delete") return undefined;
  const own = withoutKeys(address);
  const successor = changes.find(
    (each) =>
      each.action === "create" &&
      each.stack === stack &&
      each.address !== address &&
      withoutKeys(each.address) === own &&
      isSameInConfiguration(source.change.before, each.source.change.after),
  );
  return successor && `only its key changes: a moved block from ${address} to ${successor.address} keeps it`;
}

/** What the new one has is what the old one had; the rest is computed. */
function isSameInConfiguration(before: Json | undefined, after: Json | undefined): boolean {
  if (!isObject(before) || !isObject(after)) return false;
  return Object.entries(after).every(([name, value]) => canonical(value) === canonical(before[name]));
}
