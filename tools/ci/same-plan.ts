import { differenceInWords } from "../plan-review/print/words";
import type { Review, ReviewedChange } from "../plan-review/review";

/**
 * What differs between a plan that people saw and the one that would be applied, in lines; none when they mean the same. An empty plan
 * applies nothing, so it needs no review.
 * Masked values are compared by whether they change, not by what they are: a review has no secret, and no way to tell two apart.
 */
export function unreviewed(seen: Review, now: Review): string[] {
  if (now.changes.length === 0) return [];
  const [before, after] = [keyed(seen), keyed(now)];
  const added = [...after].filter(([key]) => !before.has(key)).map(([, change]) => `not reviewed: ${inWords(change)}`);
  const gone = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, change]) => `reviewed, but no longer planned: ${inWords(change)}`);
  return [...added, ...gone];
}

function keyed({ changes }: Review): ReadonlyMap<string, ReviewedChange> {
  return new Map(changes.map((change) => [meaningOf(change), change]));
}

/** What Terraform would do; the verdict on it may change from day to day. */
function meaningOf(change: ReviewedChange): string {
  const { stack, address, action, isCreatedFirst, replacedFor, movedFrom, importedId, differences, unknown } = change;
  const sorted = [...differences].sort((a, b) => (a.path < b.path ? -1 : 1));
  const meaning = [
    stack,
    address,
    action,
    isCreatedFirst,
    [...replacedFor].sort(),
    movedFrom,
    importedId,
    sorted,
    [...unknown].sort(),
  ];
  return renumbered(JSON.stringify(meaning));
}

/** Secrets are numbered as they are found in all plans together: what counts is which of them are equal within a change. */
function renumbered(text: string): string {
  const numbers = new Map<string, number>();
  return text.replace(/\(sensitive #(\d+)\)/g, (_, number: string) => {
    if (!numbers.has(number)) numbers.set(number, numbers.size + 1);
    return `(sensitive #${numbers.get(number)})`;
  });
}

function inWords({ stack, address, action, differences }: ReviewedChange): string {
  const shown = differences.slice(0, 3).map((difference) => differenceInWords(difference));
  const more = differences.length > 3 ? [`${differences.length - 3} more`] : [];
  return `${action} ${address} in ${stack}${shown.length > 0 ? ` (${[...shown, ...more].join("; ")})` : ""}`;
}
