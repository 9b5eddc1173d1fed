import { sum } from "simple-statistics";
import type { Holding, Portfolio } from "../portfolio/portfolio";
import { at, type HoldingTrack, pricesOf, type Timeline } from "./timeline";

/** A holding with what it is worth. Prices are in its own currency, amounts in the base currency, ratios are parts of 1. */
export interface Asset extends Holding {
  /** Latest close, or the price of a later transaction, and its day. */
  readonly price: number;
  readonly priceDate: string;
  /** Base currency for one unit of `currency`. */
  readonly rate: number;
  /** quantity × price × rate */
  readonly value: number;
  /** quantity × costPerUnit × costRate, or × rate when what was paid for the currency is not known. */
  readonly cost: number;
  /** value − cost */
  readonly gain: number;
  /** gain ÷ |cost|; null without a cost */
  readonly gainRatio: number | null;
  /** value ÷ gross value of the portfolio: of what is held and what is owed. */
  readonly weight: number;
  /** Change of the price since the day of the history before; 0 when it had none then, null when it was 0. */
  readonly dayChangeRatio: number | null;
}

export interface Totals {
  readonly value: number;
  readonly cost: number;
  readonly gain: number;
  readonly gainRatio: number | null;
  /** Value now less the value of the same quantities at the prices and rates of the day of the history before. */
  readonly dayChange: number;
  readonly dayChangeRatio: number | null;
  /** The day of the history before the last, which may be a month ago; null when there is none. */
  readonly dayBefore: string | null;
}

/** What a part of the portfolio is worth. */
export interface Share {
  readonly value: number;
  readonly weight: number;
}

/** Assets, most valuable first. */
export function valueAssets(portfolio: Portfolio, timeline: Timeline): Asset[] {
  const { holdings } = portfolio;
  const last = timeline.dates.length - 1;
  const asOf = timeline.dates[last] ?? "";
  const valued = holdings.map((holding, index) => {
    const track = timeline.holdings[index] as HoldingTrack;
    const [price, rate, before] = [at(track.price, last), at(track.rate, last), at(track.price, last - 1)];
    const value = holding.quantity * price * rate;
    const cost = holding.quantity * holding.costPerUnit * (holding.costRate ?? rate);
    return {
      ...holding,
      price,
      priceDate: pricesOf(portfolio, holding.symbol, asOf).findLast(({ date }) => date <= asOf)?.date ?? "",
      rate,
      value,
      cost,
      gain: value - cost,
      gainRatio: ratio(value - cost, Math.abs(cost)),
      dayChangeRatio: Number.isNaN(before) ? 0 : ratio(price - before, before),
    };
  });
  const gross = sum(valued.map(({ value }) => Math.abs(value)));
  return valued
    .map((asset) => ({ ...asset, weight: ratio(asset.value, gross) ?? 0 }))
    .sort((a, b) => b.value - a.value);
}

export function totalOf(assets: readonly Asset[], timeline: Timeline): Totals {
  const value = sum(assets.map((asset) => asset.value));
  const cost = sum(assets.map((asset) => asset.cost));
  const last = timeline.dates.length - 1;
  const dayChange = sum(
    timeline.holdings.map((holding) => valueAt(holding, last, last) - valueAt(holding, last, last - 1)),
  );
  const gain = value - cost;
  return {
    value,
    cost,
    gain,
    gainRatio: ratio(gain, cost),
    dayChange,
    dayChangeRatio: ratio(dayChange, value - dayChange),
    dayBefore: timeline.dates[last - 1] ?? null,
  };
}

/** Value and weight by what `keyOf` says of an asset, largest first. */
export function shareBy(
  assets: readonly Asset[],
  keyOf: (asset: Asset) => string,
): (Share & { readonly key: string })[] {
  const groups = new Map<string, Asset[]>();
  for (const asset of assets) groups.set(keyOf(asset), [...(groups.get(keyOf(asset)) ?? []), asset]);
  return [...groups]
    .map(([key, group]) => ({
      key,
      value: sum(group.map(({ value }) => value)),
      weight: sum(group.map(({ weight }) => weight)),
    }))
    .sort((a, b) => b.value - a.value);
}

/** The quantity of one day at the price of another; at its own when there was none. */
function valueAt({ quantity, price, rate }: HoldingTrack, quantityDay: number, priceDay: number): number {
  const units = at(quantity, quantityDay);
  const worth = units * at(price, priceDay) * at(rate, priceDay);
  return Number.isNaN(worth) ? units * at(price, quantityDay) * at(rate, quantityDay) : worth;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
