import type { Operator } from "./operator";
import { account } from "./operators/account";
import { containers } from "./operators/containers";
import { data } from "./operators/data";
import { delivery } from "./operators/delivery";
import { identity } from "./operators/identity";
import { network } from "./operators/network";
import { notifications } from "./operators/notifications";
import { observability } from "./operators/observability";
import { order } from "./operators/order";
import { reach } from "./operators/reach";
import { rights } from "./operators/rights";

/** Decides which of all possible mutants are made. */
export const seed = 20261123;
/** Of one operator, so that no type with many resources outweighs the others. */
export const mutantsPerOperator = 3;

export const operators: readonly Operator[] = [
  ...network,
  ...identity,
  ...notifications,
  ...data,
  ...containers,
  ...order,
  ...reach,
  ...rights,
  ...delivery,
  ...observability,
  ...account,
];
