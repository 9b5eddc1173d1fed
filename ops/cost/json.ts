import { checkedOn, region } from "../../packages/prices/prices";
import { type AssumptionName, assumptions, type Overrides } from "../../packages/prices/usage";
import type { Alternative } from "./alternatives";
import { drivers } from "./drivers";
import type { Estimate } from "./estimate";
import { summary } from "./print";

export function asJson(estimates: readonly Estimate[], others: readonly Alternative[], overrides: Overrides): string {
  const names = Object.keys(assumptions) as AssumptionName[];
  const content = {
    region,
    pricesCheckedOn: checkedOn,
    assumptions: Object.fromEntries(names.map((name) => [name, overrides[name] ?? assumptions[name].values])),
    environments: estimates.map((each) => ({
      name: each.environment.name,
      summary: summary(each),
      total: each.total,
      requestsPerSecond: each.requestsPerSecond,
      unknown: each.unknown,
      drivers: drivers(each),
      resources: each.costs.map(({ resource: { stack, type, path }, usd, typicalCharges }) => ({
        ...{ stack, type, path },
        ...usd,
        typicalCharges,
      })),
    })),
    alternatives: others.map(({ change, estimate: { total, unknown } }) => ({ change, total, unknown })),
  };
  return JSON.stringify(content, null, 2);
}
