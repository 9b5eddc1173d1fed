import { saidByRows } from "../attached/attached";
import { networkRows } from "../attached/network-rows";
import { serviceRows } from "../attached/service-rows";
import type { Rule } from "../rule";

const rows = [...serviceRows, ...networkRows];

export const breaksWhatExists: Rule = {
  id: "breaks-what-exists",
  severity: "high",
  why: "It is new, and what it is attached to was there before and stops serving.",
  check: saidByRows(rows, "high"),
};

export const changesWhatExists: Rule = {
  id: "changes-what-exists",
  severity: "medium",
  why: "It is new, and what it is attached to was there before.",
  check: saidByRows(rows, "medium"),
};
