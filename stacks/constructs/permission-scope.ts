import type { Environment } from "../environments";
import { bucketName, releasesParameter } from "./names";

/** The buckets of an environment that its stacks make. */
export function buckets(environment: Environment): string[] {
  return (["access-logs", "objects"] as const).map((purpose) => `arn:aws:s3:::${bucketName(environment, purpose)}`);
}

/** The parameter that records the releases of an environment. */
export function parameterArn(environment: Environment): string {
  const { region, accountId } = environment;
  return `arn:aws:ssm:${region}:${accountId}:parameter${releasesParameter(environment)}`;
}

/** Holds what has no resource to name to the region of its environment. */
export function inRegion({ region }: Environment) {
  return { StringEquals: { "aws:RequestedRegion": region } };
}
