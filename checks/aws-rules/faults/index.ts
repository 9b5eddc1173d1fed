import { blocks, expiry, idleEndpoints, priorities, sessionLogs } from "./changes";
import { capabilityLists, images, logMode, volumes } from "./containers";
import type { Fault } from "./fault";
import { capacityProviders, internetGateway, rolePolicies, targetGroups } from "./order";
import { endpoints, flowLogs, targetTracking } from "./permissions";
import { groupsOfVpc, scalingRoles, webAcls } from "./rights";

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
  groupsOfVpc,
  scalingRoles,
  webAcls,
  priorities,
  blocks,
  expiry,
  sessionLogs,
  idleEndpoints,
];
