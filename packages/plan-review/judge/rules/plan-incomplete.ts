import type { Flag, Rule } from "../rule";

export const planIncomplete: Rule = {
  id: "plan-incomplete",
  severity: "medium",
  why: "What the plan does not show cannot be reviewed.",
  check: ({ plans }) =>
    plans.flatMap(({ stack, isErrored, isComplete, deferred, failedChecks }): Flag[] => [
      ...(isErrored ? [{ says: `${stack}: planning ended with an error, so changes are missing here` }] : []),
      ...(isComplete && deferred.length === 0
        ? []
        : [
            {
              says: `${stack}: another plan and apply will follow${deferred.length > 0 ? `; deferred: ${deferred.map(({ change, reason }) => `${change.address} (${reason.replaceAll("_", " ")})`).join(", ")}` : ""}`,
            },
          ]),
      ...failedChecks.map((check) => ({ says: `${stack}: a check fails: ${check}` })),
    ]),
};
