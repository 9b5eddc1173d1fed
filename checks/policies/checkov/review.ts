import type { Finding } from "./checkov";

/** A finding that stays, and why. */
export interface Accepted {
  readonly check: string;
  /** Matches the resource's address. */
  readonly resource: RegExp;
  readonly reason: string;
}

export interface Review {
  /** Findings without a reason. */
  readonly open: readonly Finding[];
  /** Reasons that cover nothing. */
  readonly idle: readonly Accepted[];
}

export function review(findings: readonly Finding[], accepted: readonly Accepted[]): Review {
  const covers = (entry: Accepted, { check, resource }: Finding) =>
    entry.check === check && entry.resource.test(resource);
  return {
    open: findings.filter((finding) => !accepted.some((entry) => covers(entry, finding))),
    idle: accepted.filter((entry) => !findings.some((finding) => covers(entry, finding))),
  };
}
