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
      /(^retention_in_days|(noncurrent_days|expiration.*days|retention_days|message_retention_seconds|backup_retention_period))$/,
    )
      // 0 days is for ever in a log group.
      .filter(
        (each) =>
          !/abort_incomplete/.test(each.path) &&
          (Number(each.before ?? 0) || Number.POSITIVE_INFINITY) >
            (Number(each.after ?? 0) || Number.POSITIVE_INFINITY),
      )
      .map((each) => ({
        says: `it is kept for less long (${each.path}: ${words(each.before)} → ${words(each.after)})`,
        outage: "data loss" as const,
      }));
    const kept =
      change.type === "aws_ecr_lifecycle_policy" ? fewerImages(before(change, "policy"), after(change, "policy")) : [];
    return [...days, ...kept];
  }),
};

function fewerImages(old: Json | undefined, now: Json | undefined): Omit<Flag, "change">[] {
  const [were, are] = [rulesOf(old), rulesOf(now)];
  if (canonical([...were]) === canonical([...are])) return [];
  const isMore = were.length === are.length && were.every((count, index) => count <= (are[index] ?? 0));
  return isMore
    ? []
    : [{ says: `fewer images are kept to roll back to (${were.join(", ")} → ${are.join(", ")})`, outage: "data loss" }];
}

function rulesOf(policy: Json | undefined): number[] {
  const document = json(policy);
  const rules = isObject(document) && Array.isArray(document.rules) ? document.rules : [];
  return rules.map((rule) => (isObject(rule) && isObject(rule.selection) ? Number(rule.selection.countNumber) : 0));
}
