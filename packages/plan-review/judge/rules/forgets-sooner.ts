import { canonical, json } from "../../classify/meaning";
import { isObject, type Json } from "../../read/plan";
import { after, before, differencesAt, eachChange, type Flag, type Rule, words } from "../rule";

export const forgetsSooner: Rule = {
  id: "forgets-sooner",
  severity: "medium",
  why: "What is older than the new limit is deleted for good, soon after the apply.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    if (change.action !== "update" && change.action !== "replace") return [];
    const days = differencesAt(
      change,
      /(^retention_in_days|(noncurrent_days|expiration.*days|retention_days|message_retention_seconds|(backup_)?retention_period|recovery_period_in_days|delete_after))$/,
    )
      .filter(({ path }) => !/abort_incomplete|transition/.test(path))
      .filter(({ path, before: was, after: is }) => daysIn(path, was) > daysIn(path, is))
      .map((each) => ({
        says: `it is kept for less long (${each.path}: ${words(each.before)} → ${words(each.after)})`,
        outage: "data loss" as const,
      }));
    const kept =
      change.type === "aws_ecr_lifecycle_policy" ? fewerImages(before(change, "policy"), after(change, "policy")) : [];
    return [...days, ...kept];
  }),
};

/** 0 days is for ever in a log group, and in a rule that says nothing of it; of a backup it is none. */
function daysIn(path: string, value: Json | undefined): number {
  return Number(value ?? 0) || (/(retention|recovery)_period/.test(path) ? 0 : Number.POSITIVE_INFINITY);
}

interface ImageRule {
  readonly count: number;
  /** All that it says but how many, as canonical JSON. */
  readonly which: string;
}

function fewerImages(old: Json | undefined, now: Json | undefined): Omit<Flag, "change">[] {
  const [were, are] = [imageRulesOf(old), imageRulesOf(now)];
  const isAboutTheSame = were.length === are.length && were.every(({ which }, index) => which === are[index]?.which);
  const isMore = were.every(({ count }, index) => count <= (are[index]?.count ?? 0));
  if (isAboutTheSame && isMore) return [];
  const counts = (rules: readonly ImageRule[]) => rules.map(({ count }) => count).join(", ");
  return [
    {
      says: isAboutTheSame
        ? `fewer images are kept to roll back to (${counts(were)} → ${counts(are)})`
        : "other images are deleted from now on",
      outage: "data loss",
    },
  ];
}

/** In the order in which they apply. */
function imageRulesOf(policy: Json | undefined): ImageRule[] {
  const document = json(policy);
  const rules = isObject(document) && Array.isArray(document.rules) ? document.rules.filter(isObject) : [];
  return [...rules]
    .sort((a, b) => Number(a.rulePriority ?? 0) - Number(b.rulePriority ?? 0))
    .map(({ action, selection }) => {
      const { countNumber, ...images } = isObject(selection) ? selection : {};
      return { count: Number(countNumber ?? 0), which: canonical({ action, images }) };
    });
}
