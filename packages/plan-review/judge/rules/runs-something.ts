import { withoutKeys } from "../../read/references";
import { eachChange, type Rule } from "../rule";

export const invokesActions: Rule = {
  id: "invokes-actions",
  severity: "medium",
  why: "An action stops, starts or deletes what no change names.",
  check: ({ plans }) =>
    plans.flatMap(({ stack, invocations }) =>
      invocations.length > 0 ? [{ says: `${stack}: actions are invoked: ${invocations.join(", ")}` }] : [],
    ),
};

export const runsProvisioners: Rule = {
  id: "runs-provisioners",
  severity: "medium",
  why: "What a command does, no plan shows.",
  check: eachChange(({ action, address, stack }, { plans }) => {
    if (action !== "create" && action !== "replace") return [];
    const kinds = plans.find((plan) => plan.stack === stack)?.provisioners.get(withoutKeys(address));
    return kinds ? [{ says: `it runs commands that no plan shows: ${kinds.join(", ")}` }] : [];
  }),
};
