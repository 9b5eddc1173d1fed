import { createHash } from "node:crypto";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html (Priority) */
const highestPriority = 50_000;

/**
 * The priority of a service's listener rule, from its name alone. No two services match one request, so the order does not matter. Numbers of
 * rows would change with each row that is inserted or removed; Terraform changes rule after rule, and AWS refuses a priority that is in use.
 */
export function rulePriority(service: string): number {
  return (createHash("sha256").update(service).digest().readUInt32BE() % highestPriority) + 1;
}
