import type { PriceName } from "../../packages/prices/prices";
import type { Month } from "./month";
import type { Resource } from "./resources";

/** So much of what has this price. */
export interface Charge {
  readonly price: PriceName;
  readonly quantity: number;
}

/** What a resource is charged in a month; undefined when its arguments are of a kind whose price is not known. */
export type PricingRule = (resource: Resource, month: Month) => Charge[] | undefined;

export type PricingRules = Readonly<Record<string, PricingRule>>;
