import type { ClassifiedChange } from "../classify/classify";
import { at, type Json, type Plan } from "../read/plan";
import type { Resources } from "./resources";

export const verdicts = ["dangerous", "unknown", "look", "safe"] as const;
/**
 * dangerous: an outage, a loss of data, an exposure, or the loss of a protection. unknown: no table has the type or the argument.
 * look: read it before you approve. safe: known, and harms nobody.
 */
export type Verdict = (typeof verdicts)[number];

/** What users may notice, from nothing to the worst. */
export const outages = ["none", "connections drain", "downtime", "data loss"] as const;
export type Outage = (typeof outages)[number];

/** Kinds of effects, each the id by which it can be allowed, and why it is told. */
export const kinds = {
  "loses-data": "What a resource holds is gone when it is deleted, and a replacement starts empty.",
  interrupts: "What traffic passes through, or runs on, stops.",
  "cuts-off": "Somebody who had access, or a way, is refused from now on.",
  exposes: "What was reached from inside is reached by everybody.",
  "gives-access": "Somebody may do something that they could not before.",
  weakens: "Nothing happens now: the next mistake, or the next attack, is no longer stopped, or not recorded.",
  restarts: "It is down for a moment.",
  drains: "Open connections are cut, or requests go elsewhere.",
  "less-capacity": "What is left may not carry the load, or the loss of one.",
  "deletes-sooner": "What is older than the new limit is deleted for good.",
  "alerts-less": "Trouble that used to be reported to somebody is not reported any more.",
  changes: "A change that a person should read.",
  deploys: "A new version of an app, and nothing else.",
  "unknown-type": "No table has this type, so a person has to judge.",
  "unknown-argument": "No table has this argument, so a person has to judge.",
  "destroys-unknown": "No table says that the type is without state, so its deletion may lose some.",
  "destroys-everything":
    "A plan that deletes all it has is a terraform destroy, or a configuration that could not be read.",
  "own-rule": "What the configuration says of a type of one's own.",
  "left-behind": "The resource stays, is paid for, and no configuration says any more what it should be.",
  "plan-incomplete": "What the plan does not show cannot be reviewed.",
  "runs-commands": "What a command or an action does, no plan shows.",
  "output-shown": "Terraform prints such an output, and logs keep it.",
} as const;
export type Kind = keyof typeof kinds;

/** What a reader has to know first: what is lost for good, then who gets in, then what stops. */
const gravest: readonly Kind[] = [
  "loses-data",
  "destroys-everything",
  "exposes",
  "gives-access",
  "interrupts",
  "cuts-off",
  "destroys-unknown",
  "weakens",
];

export function gravity(kind: Kind): number {
  const place = gravest.indexOf(kind);
  return place === -1 ? gravest.length : place;
}

/** Kinds that have a section of their own. */
const ofSecurity: readonly Kind[] = ["exposes", "gives-access", "weakens", "output-shown"];

export function isAboutSecurity(kind: Kind): boolean {
  return ofSecurity.includes(kind);
}

export interface Effect {
  readonly verdict: Verdict;
  readonly kind: Kind;
  /** A sentence without the resource's name and without a period, the harm first. */
  readonly says: string;
  readonly outage: Outage;
  /** What to do instead. */
  readonly instead?: string;
  /** The argument that no table has. */
  readonly argument?: string;
}

/** Who reaches something, or whom it reaches, before and after. */
export interface ReachRow {
  readonly direction: "in" | "out";
  readonly target: string;
  readonly ports: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What is judged: every change of every plan, and what there is before and after. */
export interface Subject {
  readonly plans: readonly Plan[];
  readonly changes: readonly ClassifiedChange[];
  readonly resourcesBefore: Resources;
  readonly resourcesAfter: Resources;
}

/** An effect, and the change that has it; none for what is about a whole plan. */
export interface Flag {
  readonly change?: ClassifiedChange;
  readonly effect: Effect;
}

function effect(verdict: Verdict, kind: Kind, outage: Outage) {
  return (says: string, instead?: string): Effect => ({
    ...{ verdict, kind, says, outage },
    ...(instead !== undefined && { instead }),
  });
}

export const losesData = effect("dangerous", "loses-data", "data loss");
export const interrupts = effect("dangerous", "interrupts", "downtime");
export const cutsOff = effect("dangerous", "cuts-off", "downtime");
export const exposes = effect("dangerous", "exposes", "none");
export const givesControl = effect("dangerous", "gives-access", "none");
export const weakens = effect("dangerous", "weakens", "none");
export const givesAccess = effect("look", "gives-access", "none");
export const weakensABit = effect("look", "weakens", "none");
export const restarts = effect("look", "restarts", "downtime");
export const drains = effect("look", "drains", "connections drain");
export const lessCapacity = effect("look", "less-capacity", "none");
export const deletesSooner = effect("look", "deletes-sooner", "data loss");
export const alertsLess = effect("look", "alerts-less", "none");
export const look = effect("look", "changes", "none");
export const deploys = effect("safe", "deploys", "none");
export const unknownType = effect("unknown", "unknown-type", "none");
export const unknownArgument = effect("unknown", "unknown-argument", "none");
export const destroysUnknown = effect("dangerous", "destroys-unknown", "data loss");
export const destroysEverything = effect("dangerous", "destroys-everything", "downtime");
export const leftBehind = effect("look", "left-behind", "none");
export const planIncomplete = effect("look", "plan-incomplete", "none");
export const runsCommands = effect("look", "runs-commands", "none");
export const outputShown = effect("look", "output-shown", "none");

export function before(change: ClassifiedChange, ...path: (string | number)[]): Json | undefined {
  return at(change.source.change.before, ...path);
}

export function after(change: ClassifiedChange, ...path: (string | number)[]): Json | undefined {
  return at(change.source.change.after, ...path);
}

export function unknownAfter(change: ClassifiedChange, ...path: (string | number)[]): boolean {
  return at(change.source.change.after_unknown, ...path) === true;
}

export function words(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
