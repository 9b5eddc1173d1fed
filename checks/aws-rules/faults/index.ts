import { capabilityLists, images, logMode, volumes } from "./containers";
import type { Fault } from "./fault";
import { capacityProviders, internetGateway, rolePolicies, targetGroups } from "./order";
import { endpoints, flowLogs, targetTracking } from "./permissions";

/** Mistakes that our stacks once had. */
export const faults: readonly Fault[] = [
  capacityProviders,
  targetTracking,
  internetGateway,
  capabilityLists,
  images,
  endpoints,
  flowLogs,
  rolePolicies,
  volumes,
  logMode,
  targetGroups,
];
