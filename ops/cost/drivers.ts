import { add, type Estimate, type ResourceCost } from "./estimate";

const lowering: Readonly<Record<string, string>> = {
  aws_ecs_service:
    "fewer tasks.minimum, a smaller size or ARM64 (a fifth less) in stacks/services.ts, a larger spotWeight; a Compute Savings Plan for what always runs",
  aws_nat_gateway: "another egress, see below; fewer log lines, because tasks send their logs through it",
  aws_lb: "one for public and internal services instead of two; smaller or cached answers",
  aws_vpc_endpoint:
    "fewer zones or fewer AWS services that tasks call; five interfaces in a zone cost what a NAT gateway does",
  aws_cloudwatch_log_group:
    "flow logs of REJECT only or into S3 (half the price), health checks less often, fewer lines of logs",
  aws_ecs_cluster: "containerInsights off where nobody reads its metrics; they cost more than the alarms",
  aws_wafv2_web_acl: "fewer rules; fewer requests, for example with more caching in browsers",
};

export interface Driver {
  readonly type: string;
  readonly count: number;
  readonly usd: number;
  readonly percent: number;
  readonly lower: string;
}

/** The types of resource that cost most in a typical month. */
export function drivers({ costs, total }: Estimate, count = 3): Driver[] {
  return byType(costs)
    .map(([type, of]) => ({ type, count: of.length, usd: add(of.map(({ usd }) => usd)).typical }))
    .sort((a, b) => b.usd - a.usd)
    .slice(0, count)
    .map((driver) => ({
      ...driver,
      percent: (driver.usd / total.typical) * 100,
      lower: lowering[driver.type] ?? "fewer of them",
    }));
}

export function byType(costs: readonly ResourceCost[]): [type: string, costs: ResourceCost[]][] {
  const types = new Set(costs.map(({ resource }) => resource.type));
  return [...types].map((type) => [type, costs.filter(({ resource }) => resource.type === type)]);
}
