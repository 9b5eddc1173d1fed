import type { Affected } from "./affects";
import type { Action, ClassifiedChange } from "./classify/classify";
import type { Difference } from "./classify/differences";
import type { Cost } from "./cost";
import type { Kind, Outage, ReachRow, Verdict } from "./effects/effect";

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
  readonly reach: readonly ReachRow[];
  readonly outputs: readonly string[];
  readonly cost: Cost;
  readonly drift: readonly {
    readonly stack: string;
    readonly address: string;
    readonly differences: readonly Difference[];
  }[];
  readonly notes: readonly string[];
  /** What no table has, and so nobody has judged: the most frequent first. */
  readonly unknown: {
    readonly types: readonly { readonly type: string; readonly count: number }[];
    readonly arguments: readonly { readonly type: string; readonly argument: string; readonly count: number }[];
  };
}

export type Counts = Readonly<Partial<Record<Action | "unchanged", number>>>;

export interface ReviewedFinding {
  readonly rule: Kind;
  readonly verdict: Verdict;
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
  /** What depends on it, where it stops, goes or is another one. */
  readonly affects: readonly Affected[];
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
