import type { Edit } from "../setup/copy";

/** A change of the network that changes what stands in it. */
export const oneZoneMore: Edit = {
  file: "stacks/environments.ts",
  from: /(?<=name: "staging",[^}]{0,300}availabilityZones: )\["us-east-1a", "us-east-1b"\]/,
  to: '["us-east-1a", "us-east-1b", "us-east-1c"]',
};
