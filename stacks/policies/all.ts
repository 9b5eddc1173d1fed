import { accountPolicies } from "./account";
import { containerPolicies } from "./containers";
import { dataPolicies } from "./data";
import { deliveryPolicies } from "./delivery";
import { identityPolicies } from "./identity";
import { networkPolicies } from "./network";
import { observabilityPolicies } from "./observability";
import { orderPolicies } from "./order";
import type { Policy } from "./policy";

export const policies: readonly Policy[] = [
  ...accountPolicies,
  ...networkPolicies,
  ...identityPolicies,
  ...dataPolicies,
  ...containerPolicies,
  ...deliveryPolicies,
  ...observabilityPolicies,
  ...orderPolicies,
];
