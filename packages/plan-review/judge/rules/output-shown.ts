import type { Rule } from "../rule";

export const outputShown: Rule = {
  id: "output-shown",
  severity: "medium",
  about: "security",
  why: "Terraform prints such an output, and logs keep it.",
  check: ({ plans }) =>
    plans.flatMap(({ stack, outputs }) =>
      Object.entries(outputs)
        .filter(([, change]) => change.before_sensitive === true && change.after_sensitive !== true)
        .filter(([, { actions }]) => actions.join() !== "delete")
        .map(([name]) => ({ says: `${stack}: the output ${name} is no longer sensitive` })),
    ),
};
