import { accessRows } from "../attached/access-rows";
import { saidByRows } from "../attached/attached";
import type { Rule } from "../rule";

export const givesControl: Rule = {
  id: "gives-control",
  severity: "high",
  about: "security",
  why: "It is new, and hands over the whole of what was there before.",
  check: saidByRows(accessRows, "high"),
};

export const givesAccess: Rule = {
  id: "gives-access",
  severity: "medium",
  about: "security",
  why: "It is new, and by it somebody gets at what was there before.",
  check: saidByRows(accessRows, "medium"),
};
