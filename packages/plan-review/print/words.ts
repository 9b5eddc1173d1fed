import { clipped } from "../../text/truncate";
import type { Difference } from "../classify/differences";
import type { Json } from "../read/plan";
import { plural, type Review, type ReviewedChange } from "../reviewed";

export const headlines = { safe: "Safe", look: "Look", unknown: "Unknown", dangerous: "Dangerous" } as const;

const verbs = [
  ["delete", "to destroy"],
  ["replace", "to replace"],
  ["update", "to change"],
  ["create", "to create"],
  ["forget", "to forget"],
  ["import", "to import"],
  ["move", "to move"],
  ["unknown", "unknown"],
  ["unchanged", "unchanged"],
] as const;

export function countsInWords(counts: Review["counts"]): string {
  const told = verbs.flatMap(([action, verb]) => (counts[action] ? [`${counts[action]} ${verb}`] : []));
  return told.join(", ") || "nothing";
}

/** What happens to the resource, and why. */
export function actionInWords({
  action,
  isCreatedFirst,
  replacedFor,
  reason,
  movedFrom,
  importedId,
}: ReviewedChange): string {
  const verb = {
    create: "created",
    update: "changed in place",
    replace: isCreatedFirst ? "replaced, the new one first" : "replaced, the old one deleted first",
    delete: "destroyed",
    forget: "forgotten",
    import: "imported",
    move: "moved",
    unknown: "unknown",
  }[action];
  const why =
    replacedFor.length > 0 ? ` because of ${replacedFor.join(", ")}` : reason === undefined ? "" : `: ${reason}`;
  const from = movedFrom === undefined ? "" : `, moved from ${movedFrom}`;
  const imported = importedId === undefined ? "" : `, imported as ${importedId}`;
  return `${verb}${why}${from}${imported}`;
}

export function differenceInWords({ path, before, after }: Difference): string {
  if (before === undefined && after === undefined) return path;
  if (before === undefined) return `${path} = ${short(after)}`;
  if (after === undefined) return `${path}: ${short(before)} → gone`;
  return `${path}: ${short(before)} → ${short(after)}`;
}

function short(value: Json | undefined): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return clipped(text, 300);
}

/** An image and nothing else: the line says it all. */
export function isRelease({ verdict, findings }: ReviewedChange): boolean {
  return verdict === "safe" && findings.length > 0;
}

/** More than a person reads of one resource. */
const mostDifferences = 40;

/** Differences that are shown; of something new, the plan's own text is enough. */
export function shownDifferences(change: ReviewedChange): readonly string[] {
  if (change.action === "create" || isRelease(change)) return [];
  const shown = change.differences.slice(0, mostDifferences).map(differenceInWords);
  const more = change.differences.length - shown.length;
  return more > 0 ? [...shown, `and ${plural(more, "more difference")}, which --format json has`] : shown;
}

/** Undefined where nothing has a price: then there is nothing to say. */
export function costInWords(cost: Review["cost"]): string | undefined {
  if (cost.before.maximum === 0 && cost.after.maximum === 0) return undefined;
  const count = cost.unpriced.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return sumsInWords(cost);
  const without = `${count} more ${count === 1 ? "has" : "have"} no price here: ${typesInWords(cost.unpriced)}`;
  return `${sumsInWords(cost)} for ${plural(cost.priced, "resource")} with a price; ${without}`;
}

function typesInWords(unpriced: Review["cost"]["unpriced"]): string {
  const named = unpriced.slice(0, 5).map(({ type, count }) => `${count} ${type}`);
  const others = unpriced.slice(5).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(others > 0 ? [plural(others, "other")] : [])].join(", ");
}

function sumsInWords({ before, after }: Review["cost"]): string {
  const difference = after.typical - before.typical;
  const usd = (value: number) => `${value < 0 ? "-" : ""}$${Math.abs(value).toFixed(Math.abs(value) < 10 ? 2 : 0)}`;
  const range = `${usd(after.minimum)} to ${usd(after.maximum)}`;
  if (Math.abs(difference) < 0.005 && Math.abs(after.maximum - before.maximum) < 0.005)
    return `unchanged, ${usd(after.typical)} a month (${range})`;
  return `${usd(before.typical)} → ${usd(after.typical)} a month (${difference >= 0 ? "+" : ""}${usd(difference)}); at maximum scaling ${usd(before.maximum)} → ${usd(after.maximum)}`;
}

export const costNote =
  "What stands there, by the project's list prices for us-east-1; traffic, storage and requests come on top.";

/** Of several stacks, which; of a construct, what it is. */
export function wherein({ stack, address, title, type }: ReviewedChange, isOneOfSeveral: boolean): string {
  const facts = [...(isOneOfSeveral ? [stack] : []), ...(title === address ? [] : [type])];
  return facts.length === 0 ? "" : ` (${facts.join(", ")})`;
}

/** What else stops with it, the nearest first. */
export function affectsInWords({ affects }: ReviewedChange): string[] {
  if (affects.length === 0) return [];
  const named = affects.slice(0, mostAffected).map(({ address, by }) => `${address} (${by})`);
  const more = affects.length - named.length;
  return [`also affects: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`];
}

const mostAffected = 5;

/** The same as a tree, where more depends on it than a line says. */
export function affectedTree({ affects }: ReviewedChange): string[] {
  if (affects.every(({ depth }) => depth === 1) && affects.length <= mostAffected) return [];
  return [
    "depends on it:",
    ...affects.map(({ address, by, depth }) => `${"· ".repeat(depth - 1)}└ ${address} (${by})`),
  ];
}

export function driftTitle(review: Review): string {
  return `Changed outside of Terraform (${plural(review.drift.length, "resource")})`;
}
