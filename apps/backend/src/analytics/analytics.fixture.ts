import type { Holding, Portfolio, Series } from "../portfolio/portfolio";
import { computeAnalytics } from "./analytics";

export const holding = (symbol: string, quantity: number, costPerUnit = 100, more: Partial<Holding> = {}): Holding => ({
  symbol,
  name: symbol,
  assetClass: "Stocks",
  sector: null,
  currency: "USD",
  quantity,
  costPerUnit,
  costRate: null,
  ...more,
});
export const date = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
export const closes = (...values: (number | null)[]) =>
  values.flatMap((close, index) => (close === null ? [] : [{ date: date(index), close }]));
const series = <Item>(items: Record<string, Item[]> = {}): Series<Item> => new Map(Object.entries(items));

/** A portfolio in short: each symbol's rows. */
export interface Parts extends Partial<Pick<Portfolio, "baseCurrency" | "benchmark" | "riskFreeRate">> {
  readonly holdings: readonly Holding[];
  readonly closes: Record<string, { date: string; close: number }[]>;
  readonly splits?: Record<string, { date: string; ratio: number }[]>;
  readonly dividends?: Record<string, { date: string; amount: number }[]>;
  readonly transactions?: Record<string, { date: string; quantity: number; price: number }[]>;
  readonly rates?: Record<string, { date: string; rate: number }[]>;
}

/** The analytics of a portfolio in USD without a benchmark, unless it says otherwise. */
export function analyticsOf({ closes: prices, splits, dividends, transactions, rates, ...rest }: Parts) {
  return computeAnalytics({
    baseCurrency: "USD",
    benchmark: null,
    riskFreeRate: 0,
    warnings: [],
    ...rest,
    closes: series(prices),
    splits: series(splits),
    dividends: series(dividends),
    transactions: series(transactions),
    rates: series(rates),
  });
}

/** A is worth 300, B 100: weights 0.75 and 0.25. */
export const two: Parts = {
  holdings: [holding("B", 1, 80, { assetClass: "Bonds", sector: "States" }), holding("A", 2)],
  closes: { A: closes(100, 120, 150), B: closes(100, 100, 100) },
};
