import type { Environment } from "../environments";
import { bucketName } from "./names";

/** The buckets of an environment that its stacks make. */
export function buckets(environment: Environment): string[] {
  return (["access-logs", "objects"] as const).map((purpose) => `arn:aws:s3:::${bucketName(environment, purpose)}`);
}

/** Holds what has no resource to name to the region of its environment. */
export function inRegion({ region }: Environment) {
  return { StringEquals: { "aws:RequestedRegion": region } };
}
