import type { ClassifiedChange } from "../classify/classify";
import type { Allowance } from "./allowances";
import { allowanceFor } from "./allowances";
import type { Flag, Outage, Rule, Severity, Subject } from "./rule";
import { rules } from "./rules/all";
import { unjudged } from "./rules/unjudged";

/** What a rule has to say of a change, or of a whole plan. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly about: "security" | "service";
  readonly change: ClassifiedChange | undefined;
  readonly says: string;
  readonly outage: Outage;
  readonly instead: string | undefined;
  /** Why it does not count. */
  readonly allowed: Allowance | undefined;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly ruleCount: number;
}

export function judge(subject: Subject, allowances: readonly Allowance[], today: string): Judgement {
  const findings = rules.flatMap((rule) => found(rule, subject, allowances, today));
  const judged = new Set(findings.filter(({ severity }) => severity !== "low").map(({ change }) => change));
  const rest = { ...subject, changes: subject.changes.filter((change) => !judged.has(change)) };
  return { findings: [...findings, ...found(unjudged, rest, allowances, today)], ruleCount: rules.length + 1 };
}

function found(rule: Rule, subject: Subject, allowances: readonly Allowance[], today: string): Finding[] {
  const { id, severity, about = "service" } = rule;
  return rule.check(subject).map(({ change, says, outage = "none", instead }: Flag) => ({
    ...{ rule: id, severity, about, change, says, outage, instead },
    allowed: allowanceFor(allowances, id, change?.address, today),
  }));
}
