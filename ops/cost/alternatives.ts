import type { Overrides } from "../../packages/prices/usage";
import type { Egress, Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { type Estimate, estimate } from "./estimate";

const egresses: readonly Egress[] = ["nat-per-az", "single-nat", "vpc-endpoints"];
const capacities: readonly Environment["capacity"][] = [
  { fargateWeight: 1, spotWeight: 0 },
  { fargateWeight: 1, spotWeight: 1 },
  { fargateWeight: 1, spotWeight: 3 },
  { fargateWeight: 0, spotWeight: 1 },
];

export interface Alternative {
  /** As it would stand in the environment's row. */
  readonly change: string;
  readonly estimate: Estimate;
}

/** The same environment with each other way out, and each other share of Spot. */
export function alternatives(row: Environment, services: readonly Service[], overrides: Overrides): Alternative[] {
  const price = (change: string, changes: Partial<Environment>) => ({
    change,
    estimate: estimate({ ...row, ...changes }, services, overrides),
  });
  return [
    ...egresses.filter((egress) => egress !== row.egress).map((egress) => price(`egress: "${egress}"`, { egress })),
    ...capacities
      .filter((capacity) => spotShare(capacity) !== spotShare(row.capacity))
      .map((capacity) => price(`${Math.round(spotShare(capacity) * 100)} % Spot`, { capacity })),
  ];
}

function spotShare({ fargateWeight, spotWeight }: Environment["capacity"]): number {
  return spotWeight / (fargateWeight + spotWeight);
}
