import { eachChange, type Rule } from "../rule";

export const leftBehind: Rule = {
  id: "left-behind",
  severity: "medium",
  why: "The resource stays, is paid for, and nobody's code says any more what it should be.",
  check: eachChange((change) =>
    change.action === "forget" ? [{ says: "Terraform forgets it: it stays, unmanaged" }] : [],
  ),
};
