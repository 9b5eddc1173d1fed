import { accountPolicies } from "./account";
import { containerPolicies } from "./containers";
import { dataPolicies } from "./data";
import { deliveryPolicies } from "./delivery";
import { deploymentRightsPolicies } from "./deployment-rights";
import { githubPolicies } from "./github";
import { identityPolicies } from "./identity";
import { imagePolicies } from "./images";
import { networkPolicies } from "./network";
import { observabilityPolicies } from "./observability";
import { orderPolicies } from "./order";
import type { Policy } from "./policy";
import { publishingPolicies } from "./publishing";
import { reachPolicies } from "./reach";
import { replacementPolicies } from "./replacement";
import { rolePolicies } from "./roles";

export const policies: readonly Policy[] = [
  ...accountPolicies,
  ...networkPolicies,
  ...identityPolicies,
  ...dataPolicies,
  ...containerPolicies,
  ...imagePolicies,
  ...deliveryPolicies,
  ...observabilityPolicies,
  ...orderPolicies,
  ...deploymentRightsPolicies,
  ...githubPolicies,
  ...publishingPolicies,
  ...reachPolicies,
  ...replacementPolicies,
  ...rolePolicies,
];
