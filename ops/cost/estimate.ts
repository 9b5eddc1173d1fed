import { free } from "../../packages/prices/free";
import { type Price, type PriceName, prices, region, usdOf } from "../../packages/prices/prices";
import { type Case, cases, type Overrides, type Range, usageIn } from "../../packages/prices/usage";
import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import type { Charge, PricingRules } from "./charge";
import { Month } from "./month";
import { type Resource, Resources } from "./resources";
import { computeRules } from "./rules/compute";
import { networkRules } from "./rules/network";
import { observabilityRules } from "./rules/observability";
import { storageRules } from "./rules/storage";

export const pricingRules: PricingRules = { ...computeRules, ...networkRules, ...storageRules, ...observabilityRules };

/** What a resource costs in a month, and what the typical month is made of. */
export interface ResourceCost {
  readonly resource: Resource;
  readonly usd: Range;
  readonly typicalCharges: readonly Charge[];
}

export interface Estimate {
  readonly environment: Environment;
  readonly costs: readonly ResourceCost[];
  readonly total: Range;
  /** `aws_x.y`: resources whose price is not known, and which `total` leaves out. */
  readonly unknown: readonly string[];
  /** At most so much less in a typical month, where AWS's monthly allowances are not used up elsewhere. */
  readonly freeUsd: number;
  readonly requestsPerSecond: Range;
}

export function estimate(environment: Environment, services: readonly Service[], overrides: Overrides = {}): Estimate {
  return estimateResources(environment, Resources.of(environment, services), overrides);
}

export function estimateResources(environment: Environment, resources: Resources, overrides: Overrides): Estimate {
  if (environment.region !== region) return withoutPrices(environment);
  const months = inEachCase((which) => new Month(resources, which, usageIn(which, overrides)));
  const costs: ResourceCost[] = [];
  const unknown: string[] = [];
  for (const resource of resources.all.filter(({ type }) => !(type in free))) {
    const charges = inEachCase((which) => pricingRules[resource.type]?.(resource, months[which]));
    const { typical } = charges;
    if (!typical) unknown.push(`${resource.type}.${resource.id}`);
    else costs.push({ resource, usd: inEachCase((which) => sum(charges[which], which)), typicalCharges: typical });
  }
  return {
    environment,
    costs,
    total: add(costs.map(({ usd }) => usd)),
    unknown,
    freeUsd: allowances(costs.flatMap(({ typicalCharges }) => typicalCharges)),
    requestsPerSecond: inEachCase((which) => months[which].requestsPerSecond),
  };
}

function withoutPrices(environment: Environment): Estimate {
  const zero = inEachCase(() => 0);
  const unknown = [
    `everything in ${environment.name}: it is in ${environment.region}, and the prices are those of ${region}`,
  ];
  return { environment, costs: [], total: zero, unknown, freeUsd: 0, requestsPerSecond: zero };
}

export function add(ranges: readonly Range[]): Range {
  return inEachCase((which) => ranges.reduce((total, range) => total + range[which], 0));
}

function inEachCase<T>(value: (which: Case) => T): Record<Case, T> {
  return Object.fromEntries(cases.map((which) => [which, value(which)])) as Record<Case, T>;
}

function sum(charges: readonly Charge[] = [], which: Case): number {
  return charges.reduce((total, { price, quantity }) => total + quantity * usdOf(price, which), 0);
}

function allowances(charges: readonly Charge[]): number {
  const used = new Map<PriceName, number>();
  for (const { price, quantity } of charges) used.set(price, (used.get(price) ?? 0) + quantity);
  return [...used].reduce((total, [name, quantity]) => {
    const { freeEachMonth = 0 }: Price = prices[name];
    return total + Math.min(quantity, freeEachMonth) * usdOf(name, "typical");
  }, 0);
}
