import type { Close, Dividend, Portfolio } from "../portfolio/portfolio";
import { unitsPerUnit } from "../portfolio/splits";

export const dayMilliseconds = 86_400_000;

/**
 * A symbol on each day of the timeline, in units as they are after all splits up to the last day.
 * Prices and rates are the latest of the day or before it; NaN before the first. On a day without a close, a holding's price is the mean of
 * its transactions.
 */
export interface Track {
  /** In the symbol's currency, end of day. */
  readonly price: Float64Array;
  /** Base currency for one unit of the symbol's currency. */
  readonly rate: Float64Array;
  /** Dividends for one unit with their ex-date on the day, or since the day before; in the symbol's currency. */
  readonly dividend: Float64Array;
}

/** A holding's track, and what was held and traded. */
export interface HoldingTrack extends Track {
  readonly symbol: string;
  /** End of day. */
  readonly quantity: Float64Array;
  /** Paid for purchases and received for sales of the day, or since the day before; base currency. */
  readonly bought: Float64Array;
  readonly sold: Float64Array;
  /** What came at the end of the day without a purchase: units that had no price before, or are traded after the last day; base currency. */
  readonly entered: Float64Array;
}

/** Holdings side by side on the days for which any of them has a close. */
export interface Timeline {
  /** ISO 8601, ascending. */
  readonly dates: readonly string[];
  readonly holdings: readonly HoldingTrack[];
  readonly benchmark: Track | null;
}

/** Of sums of quantities. */
const rounding = 1e-12;

export function timelineOf(portfolio: Portfolio): Timeline {
  const { holdings, benchmark, closes } = portfolio;
  const days = new Set<string>();
  for (const { symbol } of holdings) for (const { date } of closes.get(symbol) ?? []) days.add(date);
  const dates = [...days].sort();
  const shared = { portfolio, dates, none: new Float64Array(dates.length), rates: new Map<string, Float64Array>() };
  const tracks = holdings.map(({ symbol, currency, quantity }) => {
    const track = trackOf(shared, symbol, currency, pricesOf);
    return { symbol, ...track, ...tradesOf(shared, symbol, quantity, track) };
  });
  return {
    dates,
    holdings: tracks,
    benchmark: benchmark && trackOf(shared, benchmark.symbol, benchmark.currency, adjustedCloses),
  };
}

/** What tracks have in common is there once: a long portfolio of many holdings has millions of numbers. */
interface Shared {
  readonly portfolio: Portfolio;
  readonly dates: readonly string[];
  /** A 0 for each day. */
  readonly none: Float64Array;
  readonly rates: Map<string, Float64Array>;
}

/** A symbol's closes in units as they are after the splits up to `asOf`. */
export function adjustedCloses(portfolio: Portfolio, symbol: string, asOf: string): readonly Close[] {
  const units = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
  return (portfolio.closes.get(symbol) ?? []).map(({ date, close }) => ({ date, close: close / units(date) }));
}

/** The same, and on days without a close the mean price of what was bought and sold; what cost nothing says no price. */
export function pricesOf(portfolio: Portfolio, symbol: string, asOf: string): readonly Close[] {
  const closes = adjustedCloses(portfolio, symbol, asOf);
  const days = new Set(closes.map(({ date }) => date));
  const traded = new Map<string, { units: number; amount: number }>();
  for (const { date, quantity, price } of portfolio.transactions.get(symbol) ?? []) {
    if (price === 0 || days.has(date)) continue;
    const { units, amount } = traded.get(date) ?? { units: 0, amount: 0 };
    traded.set(date, { units: units + Math.abs(quantity), amount: amount + Math.abs(quantity) * price });
  }
  if (traded.size === 0) return closes;
  const unitsOf = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
  const prices = [...traded].map(([date, { units, amount }]) => ({ date, close: amount / units / unitsOf(date) }));
  return [...closes, ...prices].sort((a, b) => (a.date < b.date ? -1 : 1));
}

function trackOf(shared: Shared, symbol: string, currency: string, prices: typeof pricesOf): Track {
  const { portfolio, dates } = shared;
  const asOf = dates.at(-1) ?? "";
  const units = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
  return {
    price: carriedForward(dates, prices(portfolio, symbol, asOf), ({ close }) => close),
    rate: ratesOf(shared, currency),
    dividend: dividendsOf(shared, portfolio.dividends.get(symbol) ?? [], units),
  };
}

function ratesOf({ portfolio, dates, rates }: Shared, currency: string): Float64Array {
  const known = rates.get(currency);
  if (known) return known;
  const made =
    currency === portfolio.baseCurrency
      ? new Float64Array(dates.length).fill(1)
      : carriedForward(dates, portfolio.rates.get(currency) ?? [], ({ rate }) => rate);
  rates.set(currency, made);
  return made;
}

function dividendsOf({ dates, none }: Shared, dividends: readonly Dividend[], units: (date: string) => number) {
  if (dividends.length === 0) return none;
  const perDay = new Float64Array(dates.length);
  for (const { date, amount } of dividends) {
    const day = firstDayFrom(dates, date);
    if (day < dates.length) perDay[day] = at(perDay, day) + amount / units(date);
  }
  return perDay;
}

function tradesOf({ portfolio, dates, none }: Shared, symbol: string, quantity: number, track: Track) {
  const trades = portfolio.transactions.get(symbol);
  if (!trades) {
    const held = new Float64Array(dates.length).fill(quantity);
    return { quantity: held, bought: none, sold: none, entered: enteredOf(held, track, none) };
  }
  const perDay = () => new Float64Array(dates.length);
  const [held, change, bought, sold] = [perDay(), perDay(), perDay(), perDay()];
  let later = none;
  const last = dates.length - 1;
  const unitsOf = unitsPerUnit(portfolio.splits.get(symbol) ?? [], dates[last] ?? "");
  for (const { date, quantity: traded, price } of trades) {
    const day = Math.min(firstDayFrom(dates, date), last);
    const units = traded * unitsOf(date);
    change[day] = at(change, day) + units;
    const amounts = traded > 0 ? bought : sold;
    // What was traded after the last day is in the quantities already; its price is not the last day's.
    if (date > (dates[last] ?? "")) {
      if (later === none) later = perDay();
      later[day] = at(later, day) + units * worthOf(track, day);
    } else amounts[day] = at(amounts, day) + Math.abs(traded) * price * at(track.rate, day);
  }
  const most = change.reduce((total, units) => total + Math.abs(units), Math.abs(quantity));
  let left = quantity;
  for (let day = last; day >= 0; day--) {
    // What rounding leaves of a position that did not exist is no position.
    held[day] = Math.abs(left) <= most * rounding ? 0 : left;
    left -= at(change, day);
  }
  return { quantity: held, bought, sold, entered: enteredOf(held, track, later) };
}

/** What entered later, and on the first day with a price what was held the evening before. */
function enteredOf(held: Float64Array, track: Track, later: Float64Array): Float64Array {
  const first = firstDayWithPrice(track);
  const units = first === 0 || first === held.length ? 0 : at(held, first - 1);
  if (units === 0) return later;
  const entered = Float64Array.from(later);
  entered[first] = at(entered, first) + units * worthOf(track, first);
  return entered;
}

/** Of the base currency, for one unit at the end of a day; NaN before the first price or rate. */
export function worthOf({ price, rate }: Track, day: number): number {
  return at(price, day) * at(rate, day);
}

/** The number of days when there is none. */
export function firstDayWithPrice(track: Track): number {
  let day = 0;
  while (day < track.price.length && Number.isNaN(worthOf(track, day))) day++;
  return day;
}

function carriedForward<Item extends { readonly date: string }>(
  dates: readonly string[],
  items: readonly Item[],
  numberOf: (item: Item) => number,
): Float64Array {
  const values = new Float64Array(dates.length);
  let next = 0;
  let value = Number.NaN;
  dates.forEach((date, day) => {
    for (let item = items[next]; item && item.date <= date; item = items[++next]) value = numberOf(item);
    values[day] = value;
  });
  return values;
}

/** The number of days when there is none. */
function firstDayFrom(dates: readonly string[], date: string): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? "") < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A number that is there. */
export function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
