import { Dependents } from "./affects";
import { type Action, type ClassifiedChange, classified, classify } from "./classify/classify";
import type { Stacks } from "./classify/construct-path";
import { Secrets } from "./classify/secrets";
import { costOf } from "./cost";
import { gravity, isAboutSecurity, type Kind, type Outage, outages, type Verdict, verdicts } from "./effects/effect";
import { Resources } from "./effects/resources";
import { type Allowance, expired } from "./judge/allowances";
import { type Finding, judge } from "./judge/judge";
import type { OwnTypes } from "./judge/own-types";
import { reachOf } from "./knowledge/all";
import type { Plan } from "./read/plan";
import { withoutKeys } from "./read/references";
import { type Counts, plural, type Review, type ReviewedChange, type ReviewedFinding } from "./reviewed";
import { sentenceOf } from "./sentence";

export type { Verdict } from "./effects/effect";
export type { Review, ReviewedChange } from "./reviewed";

export interface ReviewOptions {
  readonly stacks?: Stacks;
  readonly allowances?: readonly Allowance[];
  readonly own?: OwnTypes;
  /** `2026-11-23` */
  readonly today: string;
}

const noStacks: Stacks = { constructOf: () => undefined };

export function reviewPlans(
  plans: readonly Plan[],
  { stacks = noStacks, allowances = [], own = new Map(), today }: ReviewOptions,
): Review {
  const secrets = Secrets.of(plans);
  const changes = plans.flatMap((plan) => classify(plan, secrets, stacks));
  const [resourcesBefore, resourcesAfter] = [
    new Resources(plans, "before", secrets),
    new Resources(plans, "after", secrets),
  ];
  const subject = { plans, changes, resourcesBefore, resourcesAfter };
  const findings = judge(subject, { allowances, own, today });
  const byChange = byTheirChange(findings);
  const dependents = new Map(plans.map((plan) => [plan.stack, new Dependents(plan)]));
  const reviewed = changes
    .map((change) => reviewedChange(change, byChange.get(change) ?? [], dependents.get(change.stack)))
    .sort(worstFirst);
  const counting = findings.filter(({ allowed }) => allowed === undefined);
  const verdict = worstOf(counting.map(({ effect }) => effect.verdict));
  const summaries = plans.map((plan) => summary(plan, changes));
  const outputs = plans.flatMap(changedOutputs);
  const review: Review = {
    verdict,
    because: sentenceOf(
      verdict,
      reviewed,
      counting.filter(({ change }) => change === undefined).map(reviewedFinding),
      outputs,
    ),
    stacks: summaries,
    counts: added(summaries.map(({ counts }) => counts)),
    changes: reviewed,
    planFindings: (byChange.get(undefined) ?? []).filter(({ allowed }) => allowed === undefined).map(reviewedFinding),
    allowed: findings.flatMap(allowedFinding),
    reach: reachOf(subject),
    outputs,
    cost: costOf(resourcesBefore, resourcesAfter),
    drift: plans.flatMap((plan) => driftOf(plan, secrets)),
    unknown: unknownIn(counting),
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

function reviewedChange(
  { source, ...change }: ClassifiedChange,
  findings: readonly Finding[],
  dependents: Dependents | undefined,
): ReviewedChange {
  const counting = findings.filter(({ allowed }) => allowed === undefined);
  const isFelt = counting.some(({ effect }) => effect.verdict === "dangerous" || effect.outage !== "none");
  return {
    ...change,
    title: change.construct ?? change.address,
    verdict: worstOf(counting.map(({ effect }) => effect.verdict)),
    outage: worst(counting.map(({ effect }) => effect.outage)),
    findings: counting.map(reviewedFinding).sort(gravestFirst),
    affects: isFelt ? (dependents?.of(change.address) ?? []) : [],
  };
}

function worstOf(all: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => all.includes(verdict)) ?? "safe";
}

function gravestFirst(a: ReviewedFinding, b: ReviewedFinding): number {
  return (
    verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
    gravity(a.rule) - gravity(b.rule) ||
    outages.indexOf(b.outage) - outages.indexOf(a.outage) ||
    Number(b.about === "security") - Number(a.about === "security")
  );
}

function reviewedFinding({ effect }: Finding): ReviewedFinding {
  const { kind, verdict, says, outage, instead } = effect;
  const about = isAboutSecurity(kind) ? "security" : "service";
  return { rule: kind, verdict, about, says, outage, ...(instead !== undefined && { instead }) };
}

function allowedFinding(finding: Finding): Review["allowed"] {
  const { allowed, change } = finding;
  if (allowed === undefined) return [];
  return [
    { ...reviewedFinding(finding), address: change?.address ?? "", reason: allowed.reason, expires: allowed.expires },
  ];
}

function unknownIn(findings: readonly Finding[]): Review["unknown"] {
  const ofKind = (...kinds: readonly Kind[]) =>
    findings.flatMap(({ effect, change }) =>
      change && kinds.includes(effect.kind) ? [{ effect, type: change.type }] : [],
    );
  const types = counted(ofKind("unknown-type", "destroys-unknown").map(({ type }) => type));
  const places = ofKind("unknown-argument").map(({ type, effect }) => JSON.stringify([type, effect.argument]));
  return {
    types: types.map(([type, count]) => ({ type, count })),
    arguments: counted(places).map(([place, count]) => {
      const [type, argument] = JSON.parse(place) as [string, string];
      return { type, argument, count };
    }),
  };
}

/** The most frequent first. */
function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

function gravityOf({ findings: [first] }: ReviewedChange): number {
  return first === undefined ? Number.POSITIVE_INFINITY : gravity(first.rule);
}

function worst(all: readonly Outage[]): Outage {
  return outages[Math.max(0, ...all.map((outage) => outages.indexOf(outage)))] ?? "none";
}

const actions: readonly Action[] = ["delete", "replace", "unknown", "forget", "update", "create", "import", "move"];

function worstFirst(a: ReviewedChange, b: ReviewedChange): number {
  return (
    verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
    gravityOf(a) - gravityOf(b) ||
    outages.indexOf(b.outage) - outages.indexOf(a.outage) ||
    actions.indexOf(a.action) - actions.indexOf(b.action) ||
    (a.stack + a.title).localeCompare(b.stack + b.title, "en", { numeric: true })
  );
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
