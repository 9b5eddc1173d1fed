import { after, differencesAt, eachChange, type Flag, isGoing, type Rule, words } from "../rule";

export const tellsNobody: Rule = {
  id: "tells-nobody",
  severity: "medium",
  why: "Trouble that used to be told to somebody is not told any more.",
  check: eachChange((change): Omit<Flag, "change">[] => {
    if (change.action === "delete" && /(_alarm|_monitor|_alert\w*|aws_budgets_budget)$/.test(change.type))
      return [{ says: "nobody is told of this any more" }];
    if (change.type === "aws_sns_topic_subscription" && isGoing(change)) {
      return [
        {
          says:
            change.action === "replace"
              ? "nobody is told until the new address confirms"
              : "somebody is no longer told",
        },
      ];
    }
    if (change.type === "aws_sns_topic" && isGoing(change))
      return [{ says: "who subscribed to this topic is no longer told" }];
    const mails = change.type === "aws_budgets_budget" ? differencesAt(change, /^notification/) : [];
    if (mails.some((each) => each.after === undefined)) return [{ says: "fewer people are told what is spent" }];
    const gone = differencesAt(change, /^(alarm_actions|ok_actions|actions_enabled|actions_suppressor)/).filter(
      (each) => each.after === undefined || each.after === false,
    );
    if (change.action !== "update") return [];
    if (gone.length > 0) return [{ says: "the alarm tells fewer people" }];
    return differencesAt(change, /^threshold$/)
      .filter((each) =>
        ringsLater(words(after(change, "comparison_operator")), Number(each.before), Number(each.after)),
      )
      .map((each) => ({ says: `the alarm rings later (threshold: ${words(each.before)} → ${words(each.after)})` }));
  }),
};

function ringsLater(operator: string, before: number, after: number): boolean {
  if (operator.startsWith("GreaterThan")) return after > before;
  return operator.startsWith("LessThan") && after < before;
}
