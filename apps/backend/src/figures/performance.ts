import { at, dayMilliseconds, type Timeline, type Track } from "./timeline";

/** What a day returned, as a part of 1. */
export interface DailyReturn {
  readonly date: string;
  readonly value: number;
}

/** Returns of consecutive days with capital, and the day before the first. */
export interface Returns {
  readonly from: string;
  readonly to: string;
  readonly daily: readonly DailyReturn[];
}

/** The first day from which every holding that is held has a price and a rate on each day; the number of days when there is none. */
export function firstCompleteDay({ dates, holdings }: Timeline): number {
  let first = 0;
  for (const { price, rate, quantity } of holdings) {
    for (let day = first; day < dates.length; day++) {
      if (at(quantity, day) !== 0 && Number.isNaN(at(price, day) * at(rate, day))) first = day + 1;
    }
  }
  return first;
}

/** Value of what was held at the end of each day, in the base currency. */
export function dailyValues({ dates, holdings }: Timeline): Float64Array {
  return perDay(dates.length, holdings, ({ quantity, price, rate }, day) =>
    at(quantity, day) === 0 ? 0 : at(quantity, day) * at(price, day) * at(rate, day),
  );
}

/** Dividends received on each day, in the base currency: for what was held at the end of the day before. */
export function dailyIncome({ dates, holdings }: Timeline): Float64Array {
  return perDay(dates.length, holdings, (holding, day) => incomeOf(holding, day));
}

export function incomeOf(holding: Timeline["holdings"][number], day: number): number {
  const amount = at(holding.dividend, day);
  return day === 0 || amount === 0 ? 0 : at(holding.quantity, day - 1) * amount * at(holding.rate, day);
}

/**
 * Daily returns that purchases and sales do not move: rₜ = (Vₜ + Dₜ + Sₜ) ÷ (Vₜ₋₁ + Pₜ) − 1, with value V, dividends D, sales S and
 * purchases P. Days without capital are left out. Null without a return, and when capital is negative on some day: then none is defined.
 */
export function portfolioReturns(timeline: Timeline): Returns | null {
  const { dates, holdings } = timeline;
  const [values, income] = [dailyValues(timeline), dailyIncome(timeline)];
  const bought = perDay(dates.length, holdings, (holding, day) => at(holding.bought, day));
  const sold = perDay(dates.length, holdings, (holding, day) => at(holding.sold, day));
  const daily: DailyReturn[] = [];
  let from: string | undefined;
  for (let day = firstCompleteDay(timeline) + 1; day < dates.length; day++) {
    const before = at(values, day - 1) + at(bought, day);
    const after = at(values, day) + at(income, day) + at(sold, day);
    if (before === 0 && after === 0) continue;
    if (before <= 0) return null;
    from ??= dates[day - 1];
    daily.push({ date: dates[day] ?? "", value: after / before - 1 });
  }
  return from === undefined ? null : { from, to: daily.at(-1)?.date ?? from, daily };
}

/** Daily returns of one unit in the base currency, dividends included, by day of the timeline; NaN where there is none. */
export function trackReturns({ price, rate, dividend }: Track): Float64Array {
  const returns = new Float64Array(price.length).fill(Number.NaN);
  for (let day = 1; day < price.length; day++) {
    const before = at(price, day - 1) * at(rate, day - 1);
    if (before > 0) returns[day] = ((at(price, day) + at(dividend, day)) * at(rate, day)) / before - 1;
  }
  return returns;
}

/** Time-weighted return: Π (1 + rₜ) − 1. */
export function linked(returns: readonly number[]): number {
  return returns.reduce((growth, value) => growth * (1 + value), 1) - 1;
}

/** (1 + R)^(365 ÷ days) − 1. Null for less than a year, which is not annualised (GIPS), and when everything was lost. */
export function annualised(total: number, from: string, to: string): number | null {
  const days = (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
  return days < 365 || total <= -1 ? null : (1 + total) ** (365 / days) - 1;
}

/** What 1 has become by the end of each day, beginning with 1. */
export function growthOf({ from, daily }: Returns): { date: string; value: number }[] {
  const growth = [{ date: from, value: 1 }];
  for (const { date, value } of daily) growth.push({ date, value: (growth.at(-1)?.value ?? 1) * (1 + value) });
  return growth;
}

function perDay(
  days: number,
  holdings: Timeline["holdings"],
  amountOf: (holding: Timeline["holdings"][number], day: number) => number,
) {
  const total = new Float64Array(days);
  for (const holding of holdings) {
    for (let day = 0; day < days; day++) total[day] = at(total, day) + amountOf(holding, day);
  }
  return total;
}
