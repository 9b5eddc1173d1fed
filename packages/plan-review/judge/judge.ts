import type { ClassifiedChange } from "../classify/classify";
import type { Allowance } from "./allowances";
import { allowanceFor } from "./allowances";
import type { Flag, Outage, Rule, Severity, Subject } from "./rule";
import { rules } from "./rules/all";
import { unjudged } from "./rules/unjudged";
import { unsaid } from "./unsaid";

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
  const rest = unjudgedOf(subject, findings);
  const further = found(unjudged, { ...subject, changes: [...rest.keys()] }, allowances, today);
  const told = further.map((finding) => ({ ...finding, change: finding.change && rest.get(finding.change) }));
  return { findings: [...findings, ...told], ruleCount: rules.length + 1 };
}

/** What no rule has judged, and what is left of a change whose findings are all allowed; each with the whole change. */
function unjudgedOf(subject: Subject, findings: readonly Finding[]): ReadonlyMap<ClassifiedChange, ClassifiedChange> {
  const judging = findings.filter(({ severity }) => severity !== "low");
  const judged = new Set(judging.filter(({ allowed }) => !allowed).map(({ change }) => change));
  const idsOf = new Map<ClassifiedChange | undefined, string[]>();
  for (const { change, rule } of judging) idsOf.set(change, [...(idsOf.get(change) ?? []), rule]);
  const rest = new Map<ClassifiedChange, ClassifiedChange>();
  for (const change of subject.changes.filter((each) => !judged.has(each))) {
    const allowed = rules.filter(({ id }) => idsOf.get(change)?.includes(id));
    const left = allowed.length === 0 ? change : unsaid(change, allowed, subject);
    if (left) rest.set(left, change);
  }
  return rest;
}

function found(rule: Rule, subject: Subject, allowances: readonly Allowance[], today: string): Finding[] {
  const { id, severity, about = "service" } = rule;
  return rule.check(subject).map(({ change, says, outage = "none", instead }: Flag) => ({
    ...{ rule: id, severity, about, change, says, outage, instead },
    allowed: allowanceFor(allowances, id, change?.address, today),
  }));
}
