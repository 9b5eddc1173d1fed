import { differencesAt, eachChange, type Flag, isGoing, type Rule } from "../rule";

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
    if (mails.some(({ after }) => after === undefined)) return [{ says: "fewer people are told what is spent" }];
    const gone = differencesAt(change, /^(alarm_actions|ok_actions|actions_enabled|actions_suppressor)/).filter(
      ({ after }) => after === undefined || after === false,
    );
    return change.action === "update" && gone.length > 0 ? [{ says: "the alarm tells fewer people" }] : [];
  }),
};
