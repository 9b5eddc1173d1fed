import { sum } from "simple-statistics";
import type { Close, Holding, Portfolio } from "./portfolio";

/** A holding with what it is worth. Amounts are in the portfolio's currency, ratios are parts of 1. */
export interface Asset extends Omit<Holding, "currency"> {
  /** Latest close. */
  readonly price: number;
  /** quantity × price */
  readonly value: number;
  /** value − quantity × costPerUnit */
  readonly gain: number;
  /** gain ÷ cost */
  readonly gainRatio: number;
  /** value ÷ value of the portfolio */
  readonly weight: number;
  /** price ÷ previous close − 1; 0 when there is one close only */
  readonly dayChangeRatio: number;
}

export interface Totals {
  readonly value: number;
  readonly cost: number;
  readonly gain: number;
  readonly gainRatio: number;
  /** Value now less the value of the same quantities at the previous closes. */
  readonly dayChange: number;
  readonly dayChangeRatio: number;
}

export interface Allocation {
  readonly assetClass: string;
  readonly value: number;
  readonly weight: number;
}

/** Assets, most valuable first. */
export function valueAssets({ holdings, closes }: Portfolio): Asset[] {
  const priced = holdings.map((holding) => ({ holding, ...latestPrices(closes.get(holding.symbol) ?? []) }));
  const total = sum(priced.map(({ holding, price }) => holding.quantity * price));
  return priced
    .map(({ holding, price, previous }) => {
      const { currency: _, ...rest } = holding;
      const value = holding.quantity * price;
      const cost = holding.quantity * holding.costPerUnit;
      const gain = value - cost;
      return {
        ...rest,
        price,
        value,
        gain,
        gainRatio: gain / cost,
        weight: value / total,
        dayChangeRatio: price / previous - 1,
      };
    })
    .sort((a, b) => b.value - a.value);
}

export function totalOf(assets: readonly Asset[]): Totals {
  const value = sum(assets.map((asset) => asset.value));
  const cost = sum(assets.map((asset) => asset.quantity * asset.costPerUnit));
  const previousValue = sum(assets.map((asset) => asset.value / (1 + asset.dayChangeRatio)));
  const gain = value - cost;
  const dayChange = value - previousValue;
  return {
    value,
    cost,
    gain,
    gainRatio: ratio(gain, cost),
    dayChange,
    dayChangeRatio: ratio(dayChange, previousValue),
  };
}

/** Value by asset class, largest first. */
export function allocate(assets: readonly Asset[]): Allocation[] {
  const total = sum(assets.map(({ value }) => value));
  const classes = new Map<string, number>();
  for (const { assetClass, value } of assets) classes.set(assetClass, (classes.get(assetClass) ?? 0) + value);
  return [...classes]
    .map(([assetClass, value]) => ({ assetClass, value, weight: ratio(value, total) }))
    .sort((a, b) => b.value - a.value);
}

/** The latest date for which any holding has a close; null without holdings. */
export function latestDate({ holdings, closes }: Portfolio): string | null {
  const dates = holdings.flatMap(({ symbol }) => closes.get(symbol)?.at(-1)?.date ?? []);
  return dates.sort().at(-1) ?? null;
}

function latestPrices(closes: readonly Close[]): { price: number; previous: number } {
  const price = closes.at(-1)?.close ?? Number.NaN;
  return { price, previous: closes.at(-2)?.close ?? price };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
