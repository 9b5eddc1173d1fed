import { sum } from "simple-statistics";
import { incomeOf } from "./performance";
import { dayMilliseconds, type Timeline } from "./timeline";

const yearMilliseconds = 365 * dayMilliseconds;

export interface Income {
  /** The 365 days up to `to`; the first of them is `from`. */
  readonly from: string;
  readonly to: string;
  /** Dividends received, before taxes, in the base currency. */
  readonly amount: number;
  /** amount ÷ value of the portfolio at the end; null when that is not above 0. */
  readonly yield: number | null;
  /** Those that paid, most first. */
  readonly byHolding: readonly { readonly symbol: string; readonly amount: number }[];
}

/** Dividends whose ex-date lies in the 365 days up to `asOf`, each at the rate of its day, for what was held the evening before. */
export function incomeIn({ dates, holdings }: Timeline, asOf: string, value: number): Income {
  const before = new Date(Date.parse(asOf) - yearMilliseconds).toISOString().slice(0, 10);
  const days = dates.flatMap((date, day) => (date > before ? [day] : []));
  const byHolding = holdings
    .map((holding) => ({ symbol: holding.symbol, amount: sum(days.map((day) => incomeOf(holding, day))) }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => b.amount - a.amount);
  const amount = sum(byHolding.map((holding) => holding.amount));
  const from = new Date(Date.parse(before) + dayMilliseconds).toISOString().slice(0, 10);
  return { from, to: asOf, amount, yield: value > 0 ? amount / value : null, byHolding };
}
