import { checkedHow, checkedOn, type Price, type PriceName, prices, region } from "../../packages/prices/prices";
import { type AssumptionName, assumptions, type Overrides, type Range } from "../../packages/prices/usage";
import type { Alternative } from "./alternatives";
import { byType, drivers } from "./drivers";
import { add, type Estimate, type ResourceCost } from "./estimate";
import { signed, table } from "./table";

/** Everything about one environment, as text. */
export function describe(estimate: Estimate, others: readonly Alternative[], overrides: Overrides): string {
  const { environment, costs, total, freeUsd } = estimate;
  return [
    `${environment.name}: USD a month, list prices of ${region}`,
    table(["resource", "which", "stack", "minimum", "typical", "maximum"], [...resourceRows(costs), totalRow(total)]),
    `${summary(estimate)}\nAWS's monthly allowances are not deducted: up to ${Math.round(freeUsd)} USD less, once for all accounts of an organization.`,
    `What drives it\n${driverLines(estimate)}`,
    `What other choices in its row would cost\n${table(["change", "minimum", "typical", "maximum", "difference"], alternativeRows(estimate, others))}`,
    `Assumptions (each can be set, such as --requests-per-second 5)\n${assumptionTable(estimate, overrides)}`,
    priceNote(costs),
    ...unknownNote([estimate, ...others.map((other) => other.estimate)]),
  ].join("\n\n");
}

/** A typical month of each environment, side by side. */
export function compare(estimates: readonly Estimate[]): string {
  const types = [...new Set(estimates.flatMap(({ costs }) => byType(costs).map(([type]) => type)))];
  const typical = ({ costs }: Estimate, type: string) =>
    add(costs.filter(({ resource }) => resource.type === type).map(({ usd }) => usd)).typical;
  const rows = types
    .map((type) => [type, ...estimates.map((estimate) => typical(estimate, type))] as [string, ...number[]])
    .filter(([, ...usd]) => usd.some((amount) => amount > 0))
    .sort((a, b) => (b.at(-1) as number) - (a.at(-1) as number));
  const totals = (["minimum", "typical", "maximum"] as const).map((which) => [
    `total, ${which}`,
    ...estimates.map(({ total }) => total[which]),
  ]);
  return [
    `USD in a typical month, list prices of ${region}`,
    table(["resources", ...estimates.map(({ environment }) => environment.name)], [...rows, ...totals]),
    estimates.map(summary).join("\n"),
    priceNote(estimates.flatMap(({ costs }) => costs)),
    ...unknownNote(estimates),
  ].join("\n\n");
}

/** As it may stand in the comment of the environment's row. */
export function summary({ environment, total }: Estimate): string {
  const [low, typical, high] = [total.minimum, total.typical, total.maximum].map((usd) => Math.round(usd));
  const share = Math.round((total.typical / environment.monthlyBudgetUsd) * 100);
  return `${environment.name}: about ${typical} USD a month, ${low} when idle, ${high} at its limits; typical is ${share} % of its budget of ${environment.monthlyBudgetUsd}.`;
}

/** Equal resources share a row. */
function resourceRows(costs: readonly ResourceCost[]): (string | number)[][] {
  const key = ({ resource, usd }: ResourceCost) =>
    [resource.type, resource.stack, ...Object.values(usd).map((amount) => amount.toFixed(4))].join();
  const groups = [...new Set(costs.map(key))].map((each) => costs.filter((cost) => key(cost) === each));
  return groups
    .filter(([first]) => first !== undefined && first.usd.maximum > 0)
    .map((group) => ({
      first: (group[0] as ResourceCost).resource,
      count: group.length,
      usd: add(group.map(({ usd }) => usd)),
    }))
    .sort((a, b) => b.usd.typical - a.usd.typical || b.usd.maximum - a.usd.maximum)
    .map(({ first, count, usd }) => [
      count === 1 ? first.type : `${count} × ${first.type}`,
      count === 1 ? first.path : `${first.path}, …`,
      first.stack,
      ...amounts(usd),
    ]);
}

function totalRow(total: Range): (string | number)[] {
  return ["total", "", "", ...amounts(total)];
}

function driverLines(estimate: Estimate): string {
  return drivers(estimate)
    .map(
      ({ type, count, usd, percent, lower }) =>
        `${Math.round(percent)} %, ${usd.toFixed(2)}: ${count} × ${type}. To lower it: ${lower}.`,
    )
    .join("\n");
}

function alternativeRows(now: Estimate, others: readonly Alternative[]): (string | number)[][] {
  return others.map(({ change, estimate: { total } }) => [
    change,
    ...amounts(total),
    signed(total.typical - now.total.typical).padStart(10),
  ]);
}

function assumptionTable({ requestsPerSecond }: Estimate, overrides: Overrides): string {
  const text = (value: number) => String(Math.round(value * 100) / 100);
  const traffic = Object.values(requestsPerSecond).map(text);
  const isGiven = overrides.requestsPerSecond !== undefined;
  const rows = (Object.keys(assumptions) as AssumptionName[]).map((name) => {
    const { values, unit, reason } = assumptions[name];
    const given = overrides[name];
    const shown = given !== undefined || new Set(values).size === 1 ? [given ?? values[0]] : values;
    return [name, shown.join(" / "), `${unit}: ${given === undefined ? reason : "from the command line"}`];
  });
  const first = [
    "requestsPerSecond",
    traffic.join(" / "),
    `to the public load balancer: ${isGiven ? "from the command line" : "from taskShare, trafficShare and the autoscaler's targets"}`,
  ];
  return table(["name", "min / typical / max", "what, and why"], [first, ...rows]);
}

function priceNote(costs: readonly ResourceCost[]): string {
  const used = new Set<PriceName>(costs.flatMap(({ typicalCharges }) => typicalCharges.map(({ price }) => price)));
  const unseen = [...used].filter((name) => (prices[name] as Price).seen === null);
  const toVerify = unseen.length === 0 ? "" : ` Not found there, to be verified: ${unseen.join(", ")}.`;
  return `${used.size} prices, checked ${checkedOn} ${checkedHow}; sources in packages/prices/prices.ts.${toVerify}`;
}

function unknownNote(estimates: readonly Estimate[]): string[] {
  const unknown = [...new Set(estimates.flatMap((estimate) => estimate.unknown))];
  return unknown.length === 0
    ? []
    : [
        [
          ...unknown.map((name) => `price unknown: ${name}`),
          "The totals leave these out. Add a rule to ops/cost/rules.",
        ].join("\n"),
      ];
}

function amounts({ minimum, typical, maximum }: Range): number[] {
  return [minimum, typical, maximum];
}
