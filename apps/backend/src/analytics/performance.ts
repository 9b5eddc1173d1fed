import { type Frequency, frequencyOf, type Span } from "./spacing";
import {
  at,
  dayMilliseconds,
  firstDayWithPrice,
  type HoldingTrack,
  type Timeline,
  type Track,
  worthOf,
} from "./timeline";

/** What was returned from one day to another, the end of both, as a part of 1. */
export interface PeriodReturn extends Span {
  readonly value: number;
}

/** Returns of consecutive days of the history with capital, and the day before the first. */
export interface Returns extends Frequency {
  readonly from: string;
  readonly to: string;
  readonly list: readonly PeriodReturn[];
}

/** The first day on which anything that is ever held or bought has a price and a rate; the number of days when there is none. */
export function firstDayOf({ dates, holdings }: Timeline): number {
  const isThere = (amount: number) => amount !== 0;
  const held = holdings.filter(({ quantity, bought }) => quantity.some(isThere) || bought.some(isThere));
  return Math.min(dates.length, ...held.map(firstDayWithPrice));
}

/** Value of what was held at the end of each day, in the base currency; what has no price yet does not count. */
export function valuesOf({ dates, holdings }: Timeline): Float64Array {
  return perDay(dates.length, holdings, (holding, day) => {
    const worth = worthOf(holding, day);
    return Number.isNaN(worth) ? 0 : at(holding.quantity, day) * worth;
  });
}

/** Dividends received since the day before, in the base currency: for what was held at the end of that day. */
export function incomeOf(holding: HoldingTrack, day: number): number {
  const amount = at(holding.dividend, day);
  return day === 0 || amount === 0 ? 0 : at(holding.quantity, day - 1) * amount * at(holding.rate, day);
}

/**
 * Returns from day to day that money in and out does not move: rₜ = (Vₜ + Dₜ + Wₜ − Eₜ) ÷ (Vₜ₋₁ + Cₜ) − 1, with value V, dividends D,
 * contribution C, withdrawal W and what entered E. A contribution is what purchases of a day cost more than its sales brought, a withdrawal
 * is the reverse; on a day that would have no capital, each counts in full. Days without capital are left out. Null without a return, and
 * when capital is negative on some day: then none is defined.
 */
export function portfolioReturns(timeline: Timeline): Returns | null {
  const { dates, holdings } = timeline;
  const sumOf = (amountOf: (holding: HoldingTrack, day: number) => number) => perDay(dates.length, holdings, amountOf);
  const values = valuesOf(timeline);
  const income = sumOf((holding, day) => (Number.isNaN(worthOf(holding, day - 1)) ? 0 : incomeOf(holding, day)));
  const [bought, sold] = [sumOf(({ bought }, day) => at(bought, day)), sumOf(({ sold }, day) => at(sold, day))];
  const entered = sumOf((holding, day) => at(holding.entered, day));
  const list: PeriodReturn[] = [];
  for (let day = firstDayOf(timeline) + 1; day < dates.length; day++) {
    const start = at(values, day - 1);
    const [contribution, withdrawal] = netted(start, at(bought, day), at(sold, day));
    const before = start + contribution;
    const after = at(values, day) + at(income, day) + withdrawal - at(entered, day);
    if (before === 0) continue;
    if (before < 0) return null;
    list.push({ from: dates[day - 1] ?? "", date: dates[day] ?? "", value: after / before - 1 });
  }
  const [first, last] = [list[0], list.at(-1)];
  return first && last ? { from: first.from, to: last.date, list, ...frequencyOf(list) } : null;
}

/** Of amounts that cancel each other out. */
const rounding = 1e-12;

function netted(start: number, bought: number, sold: number): readonly [contribution: number, withdrawal: number] {
  const net = Math.abs(bought - sold) <= rounding * bought ? 0 : bought - sold;
  return start === 0 && net <= 0 ? [bought, sold] : [Math.max(net, 0), Math.max(-net, 0)];
}

/** Returns of one unit from day to day in the base currency, dividends included, by day of the timeline; NaN where there is none. */
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
export function growthOf({ from, list }: Returns): { date: string; value: number }[] {
  const growth = [{ date: from, value: 1 }];
  for (const { date, value } of list) growth.push({ date, value: (growth.at(-1)?.value ?? 1) * (1 + value) });
  return growth;
}

function perDay(
  days: number,
  holdings: readonly HoldingTrack[],
  amountOf: (holding: HoldingTrack, day: number) => number,
) {
  const total = new Float64Array(days);
  for (const holding of holdings) {
    for (let day = 0; day < days; day++) total[day] = at(total, day) + amountOf(holding, day);
  }
  return total;
}
