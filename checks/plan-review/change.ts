import type { Edit } from "../../ops/shell/copy";

/** A change of the network that changes what stands in it. */
export const oneZoneMore: Edit = {
  file: "stacks/environments.ts",
  from: /\["us-east-1a", "us-east-1b"\](?=,\s+vpcCidr: "10\.20\.)/,
  to: '["us-east-1a", "us-east-1b", "us-east-1c"]',
};
