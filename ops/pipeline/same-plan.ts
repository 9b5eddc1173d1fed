import { differenceInWords } from "../../packages/plan-review/print/words";
import type { Review, ReviewedChange } from "../../packages/plan-review/review";

/**
 * What differs between a plan that people saw and the one that would be applied, in lines; none when they mean the same. An empty plan
 * applies nothing, so it needs no review.
 * Masked values, and those of outputs, are compared by whether they change, not by what they are: a review has no secret, and no way to tell
 * two apart.
 */
export function unreviewed(seen: Review, now: Review): string[] {
  const [before, after] = [inWordsByMeaning(seen), inWordsByMeaning(now)];
  if (after.size === 0) return [];
  const added = [...after].filter(([key]) => !before.has(key)).map(([, words]) => `not reviewed: ${words}`);
  const gone = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, words]) => `reviewed, but no longer planned: ${words}`);
  return [...added, ...gone];
}

function inWordsByMeaning({ changes, outputs }: Review): ReadonlyMap<string, string> {
  return new Map([
    ...changes.map((change) => [meaningOf(change), inWords(change)] as const),
    ...outputs.map((output) => [output, `output ${output}`] as const),
  ]);
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
