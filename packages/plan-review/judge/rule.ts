import type { ClassifiedChange } from "../classify/classify";
import type { Difference } from "../classify/differences";
import { at, type Json, type Plan } from "../read/plan";
import type { Reachability } from "./reach/reachability";

/** high: dangerous. medium: look. low: told, and nothing to worry about. */
export type Severity = "high" | "medium" | "low";

/** What users may notice, from nothing to the worst. */
export const outages = ["none", "connections drain", "downtime", "data loss"] as const;
export type Outage = (typeof outages)[number];

/** What a rule sees: every change of every plan, and what reaches what before and after. */
export interface Subject {
  readonly plans: readonly Plan[];
  readonly changes: readonly ClassifiedChange[];
  readonly reachability: Reachability;
}

/** One small file each: `{ id, severity, why, check }`. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /**
   * What it is about: security has a section of its own.
   * @default "service"
   */
  readonly about?: "security" | "service";
  /**
   * The arguments that it speaks about, for a rule that leans on whole values instead of differences: where it is allowed, the others are judged.
   * @default all
   */
  readonly speaksOf?: RegExp;
  /** For who asks what the rule is good for. */
  readonly why: string;
  readonly check: (subject: Subject) => readonly Flag[];
}

export interface Flag {
  /** Undefined when it is about a whole plan. */
  readonly change?: ClassifiedChange;
  /** A sentence without the resource's name. */
  readonly says: string;
  /** @default "none" */
  readonly outage?: Outage;
  /** What to do instead. */
  readonly instead?: string;
}

/** A rule that looks at one change at a time. */
export function eachChange(
  check: (change: ClassifiedChange, subject: Subject) => readonly Omit<Flag, "change">[],
): Rule["check"] {
  return (subject) => subject.changes.flatMap((change) => check(change, subject).map((flag) => ({ ...flag, change })));
}

export function before(change: ClassifiedChange, ...path: (string | number)[]): Json | undefined {
  return at(change.source.change.before, ...path);
}

export function after(change: ClassifiedChange, ...path: (string | number)[]): Json | undefined {
  return at(change.source.change.after, ...path);
}

export function unknownAfter(change: ClassifiedChange, ...path: (string | number)[]): boolean {
  return at(change.source.change.after_unknown, ...path) === true;
}

export function differencesAt(change: ClassifiedChange, pattern: RegExp): readonly Difference[] {
  return change.differences.filter(({ path }) => pattern.test(path));
}

export function isGoing({ action }: ClassifiedChange): boolean {
  return action === "delete" || action === "replace";
}

export function stays({ action }: ClassifiedChange): boolean {
  return action === "update" || action === "replace" || action === "import" || action === "move";
}

export function words(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
