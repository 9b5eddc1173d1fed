import { type Action, type ClassifiedChange, classified, classify } from "./classify/classify";
import type { Stacks } from "./classify/construct-path";
import type { Difference } from "./classify/differences";
import { Secrets } from "./classify/secrets";
import { type Cost, costOf } from "./cost";
import { type Allowance, expired } from "./judge/allowances";
import { type Finding, judge } from "./judge/judge";
import { Reachability } from "./judge/reach/reachability";
import { type Outage, outages, type Severity } from "./judge/rule";
import type { Plan } from "./read/plan";
import { withoutKeys } from "./read/references";

export type Verdict = "safe" | "look" | "dangerous";

/** All that a printer needs, without a secret in it. */
export interface Review {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly because: string;
  readonly stacks: readonly { readonly name: string; readonly terraform: string; readonly counts: Counts }[];
  readonly counts: Counts;
  /** The worst first. */
  readonly changes: readonly ReviewedChange[];
  /** About whole plans. */
  readonly planFindings: readonly ReviewedFinding[];
  readonly allowed: readonly (ReviewedFinding & {
    readonly address: string;
    readonly reason: string;
    readonly expires: string;
  })[];
  readonly outputs: readonly string[];
  readonly cost: Cost;
  readonly drift: readonly {
    readonly stack: string;
    readonly address: string;
    readonly differences: readonly Difference[];
  }[];
  readonly notes: readonly string[];
}

export type Counts = Readonly<Partial<Record<Action | "unchanged", number>>>;

export interface ReviewedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly about: "security" | "service";
  readonly says: string;
  readonly outage: Outage;
  readonly instead?: string;
}

export interface ReviewedChange extends Omit<ClassifiedChange, "source"> {
  /** The construct's path, or the address. */
  readonly title: string;
  readonly verdict: Verdict;
  readonly outage: Outage;
  readonly findings: readonly ReviewedFinding[];
}

export interface ReviewOptions {
  readonly stacks?: Stacks;
  readonly allowances?: readonly Allowance[];
  /** `2026-11-23` */
  readonly today: string;
}

const noStacks: Stacks = { constructOf: () => undefined };
const verdicts: Readonly<Record<Severity, Verdict>> = { high: "dangerous", medium: "look", low: "safe" };
const order: readonly Verdict[] = ["dangerous", "look", "safe"];

export function reviewPlans(
  plans: readonly Plan[],
  { stacks = noStacks, allowances = [], today }: ReviewOptions,
): Review {
  const secrets = Secrets.of(plans);
  const changes = plans.flatMap((plan) => classify(plan, secrets, stacks));
  const reachability = new Reachability(plans, secrets);
  const { findings } = judge({ plans, changes, reachability }, allowances, today);
  const byChange = byTheirChange(findings);
  const reviewed = changes.map((change) => reviewedChange(change, byChange.get(change) ?? [])).sort(worstFirst);
  const counting = findings.filter(({ allowed }) => allowed === undefined);
  const verdict = order.find((each) => counting.some(({ severity }) => verdicts[severity] === each)) ?? "safe";
  const summaries = plans.map((plan) => summary(plan, changes));
  const outputs = plans.flatMap(changedOutputs);
  const review: Review = {
    verdict,
    because: because(verdict, counting, reviewed, outputs),
    stacks: summaries,
    counts: added(summaries.map(({ counts }) => counts)),
    changes: reviewed,
    planFindings: (byChange.get(undefined) ?? []).filter(({ allowed }) => allowed === undefined).map(reviewedFinding),
    allowed: findings.flatMap(allowedFinding),
    outputs,
    cost: costOf(reachability.resourcesBefore, reachability.resourcesAfter),
    drift: plans.flatMap((plan) => driftOf(plan, secrets)),
    notes: [
      ...plans.flatMap(({ stack, notes }) => notes.map((note) => `${stack}: ${note}`)),
      ...expired(allowances, today).map(
        ({ rule, address, expires }) => `The allowance of ${rule} for ${address} ended on ${expires}: it counts again.`,
      ),
    ],
  };
  return secrets.sweep(review);
}

function byTheirChange(findings: readonly Finding[]): ReadonlyMap<ClassifiedChange | undefined, readonly Finding[]> {
  const found = new Map<ClassifiedChange | undefined, Finding[]>();
  for (const finding of findings) {
    const others = found.get(finding.change);
    if (others) others.push(finding);
    else found.set(finding.change, [finding]);
  }
  return found;
}

function reviewedChange({ source, ...change }: ClassifiedChange, findings: readonly Finding[]): ReviewedChange {
  const counting = findings.filter(({ allowed }) => allowed === undefined);
  return {
    ...change,
    title: change.construct ?? change.address,
    verdict: order.find((verdict) => counting.some(({ severity }) => verdicts[severity] === verdict)) ?? "safe",
    outage: worst(counting.map(({ outage }) => outage)),
    findings: counting.map(reviewedFinding).sort(gravestFirst),
  };
}

/** Of two that are as bad for users, the one about security first. */
function gravestFirst(a: ReviewedFinding, b: ReviewedFinding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    outages.indexOf(b.outage) - outages.indexOf(a.outage) ||
    Number(b.about === "security") - Number(a.about === "security")
  );
}

const severities: readonly Severity[] = ["high", "medium", "low"];

function reviewedFinding({ rule, severity, about, says, outage, instead }: Finding): ReviewedFinding {
  return { rule, severity, about, says, outage, ...(instead !== undefined && { instead }) };
}

function allowedFinding(finding: Finding): Review["allowed"] {
  const { allowed, change } = finding;
  if (allowed === undefined) return [];
  return [
    { ...reviewedFinding(finding), address: change?.address ?? "", reason: allowed.reason, expires: allowed.expires },
  ];
}

function worst(all: readonly Outage[]): Outage {
  return outages[Math.max(0, ...all.map((outage) => outages.indexOf(outage)))] ?? "none";
}

const actions: readonly Action[] = ["delete", "replace", "unknown", "forget", "update", "create", "import", "move"];

function worstFirst(a: ReviewedChange, b: ReviewedChange): number {
  return (
    order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
    outages.indexOf(b.outage) - outages.indexOf(a.outage) ||
    actions.indexOf(a.action) - actions.indexOf(b.action) ||
    (a.stack + a.title < b.stack + b.title ? -1 : 1)
  );
}

function because(
  verdict: Verdict,
  findings: readonly Finding[],
  changes: readonly ReviewedChange[],
  outputs: readonly string[],
): string {
  if (changes.length === 0 && findings.length === 0)
    return outputs.length > 0 ? "Nothing changes but outputs." : "Nothing changes.";
  const telling = findings.filter(({ severity }) => verdicts[severity] === verdict);
  const concerned = new Set(telling.map(({ change, says }) => change ?? says));
  const [first] = changes.filter((change) => change.verdict === verdict);
  if (verdict === "safe") {
    const releases = [...new Set(telling.map(({ says }) => says))];
    return releases.length > 0
      ? `${releases.slice(0, 3).join("; ")}.`
      : `${plural(changes.length, "change")} of a kind that the rules know to be harmless.`;
  }
  const finding = first?.findings[0];
  const what = first && finding ? `${first.title}: ${finding.says}` : (telling[0]?.says ?? "");
  const exposure = telling.find(({ about, severity }) => about === "security" && severity === "high");
  if (first && finding && exposure?.change && exposure.says !== finding.says && finding.about !== "security") {
    const { construct, address } = exposure.change;
    const others = concerned.size - (exposure.change.address === first.address ? 1 : 2);
    return `${what}; ${construct ?? address}: ${exposure.says}${others > 0 ? ` (and ${plural(others, "more dangerous change")})` : ""}.`;
  }
  const more = concerned.size - 1;
  return `${what}${more > 0 ? ` (and ${plural(more, `more ${verdict === "look" ? "change" : "dangerous change"}`)})` : ""}.`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function summary(plan: Plan, changes: readonly ClassifiedChange[]): Review["stacks"][number] {
  const counts: Partial<Record<Action | "unchanged", number>> = {};
  const own = changes.filter(({ stack }) => stack === plan.stack);
  for (const { action } of own) counts[action] = (counts[action] ?? 0) + 1;
  counts.unchanged = plan.changes.filter(({ mode }) => mode !== "data").length - own.length;
  return { name: plan.stack, terraform: plan.terraformVersion, counts };
}

function added(all: readonly Counts[]): Counts {
  const sum: Partial<Record<Action | "unchanged", number>> = {};
  for (const counts of all) {
    for (const [action, count] of Object.entries(counts) as [Action, number][])
      sum[action] = (sum[action] ?? 0) + count;
  }
  return sum;
}

function changedOutputs({ stack, outputs }: Plan): string[] {
  const changed = Object.entries(outputs).filter(([, { actions }]) => actions.join() !== "no-op");
  // CDKTF's own, by which one stack hands values to another.
  const between = changed.filter(([name]) => name.startsWith("cross-stack-output-")).length;
  const told = changed
    .filter(([name]) => !name.startsWith("cross-stack-output-"))
    .map(([name, { actions }]) => `${stack}: ${name} (${actions.join(" and ")})`);
  return between > 0 ? [...told, `${stack}: ${plural(between, "value")} for other stacks`] : told;
}

/** Of what changed outside, only what the configuration sets: the rest is what AWS added by itself, and no apply takes it back. */
function driftOf(plan: Plan, secrets: Secrets): Review["drift"] {
  const { stack, drift, references } = plan;
  return drift
    .flatMap((change) => classified(plan, change, secrets, noStacks))
    .map(({ address, action, differences }) => {
      const configured = references.get(withoutKeys(address));
      const told = differences
        .filter(({ path }) => !configured || (path.split(/[.[]/)[0] ?? "") in configured)
        .filter(({ before, after }) => before !== undefined || (after !== false && after !== 0));
      return { stack, address, differences: action === "delete" ? [{ path: "it is gone" }] : told };
    })
    .filter(({ differences }) => differences.length > 0);
}
