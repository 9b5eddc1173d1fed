import type { Close, Dividend, Portfolio, Split } from "../portfolio/portfolio";

/**
 * A symbol on each day of the timeline, in units as they are after all splits up to the last day.
 * Prices and rates are the latest of the day or before it; NaN before the first.
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
  const dates = [
    ...new Set(holdings.flatMap(({ symbol }) => (closes.get(symbol) ?? []).map(({ date }) => date))),
  ].sort();
  const tracks = holdings.map(({ symbol, currency, quantity }) => {
    const track = trackOf(portfolio, dates, symbol, currency);
    return { symbol, ...track, ...tradesOf(portfolio, dates, symbol, quantity, track.rate) };
  });
  return {
    dates,
    holdings: tracks,
    benchmark: benchmark && trackOf(portfolio, dates, benchmark.symbol, benchmark.currency),
  };
}

/** A symbol's closes in units as they are after the splits up to `asOf`. */
export function adjustedCloses(portfolio: Portfolio, symbol: string, asOf: string): readonly Close[] {
  const units = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
  return (portfolio.closes.get(symbol) ?? []).map(({ date, close }) => ({ date, close: close / units(date) }));
}

function trackOf(portfolio: Portfolio, dates: readonly string[], symbol: string, currency: string): Track {
  const asOf = dates.at(-1) ?? "";
  const closes = adjustedCloses(portfolio, symbol, asOf);
  const isBase = currency === portfolio.baseCurrency;
  return {
    price: carriedForward(dates, closes, ({ close }) => close),
    rate: isBase
      ? new Float64Array(dates.length).fill(1)
      : carriedForward(dates, portfolio.rates.get(currency) ?? [], ({ rate }) => rate),
    dividend: dividendsOf(
      dates,
      portfolio.dividends.get(symbol) ?? [],
      unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf),
    ),
  };
}

function dividendsOf(
  dates: readonly string[],
  dividends: readonly Dividend[],
  units: (date: string) => number,
): Float64Array {
  const perDay = new Float64Array(dates.length);
  for (const { date, amount } of dividends) {
    const day = firstDayFrom(dates, date);
    if (day < dates.length) perDay[day] = at(perDay, day) + amount / units(date);
  }
  return perDay;
}

function tradesOf(
  { transactions, splits }: Portfolio,
  dates: readonly string[],
  symbol: string,
  quantity: number,
  rate: Float64Array,
) {
  const held = new Float64Array(dates.length);
  const change = new Float64Array(dates.length);
  const bought = new Float64Array(dates.length);
  const sold = new Float64Array(dates.length);
  const units = unitsPerUnit(splits.get(symbol) ?? [], dates.at(-1) ?? "");
  for (const { date, quantity: traded, price } of transactions.get(symbol) ?? []) {
    // What was traded after the last close is in the quantities already.
    const day = Math.min(firstDayFrom(dates, date), dates.length - 1);
    change[day] = at(change, day) + traded * units(date);
    const amounts = traded > 0 ? bought : sold;
    amounts[day] = at(amounts, day) + Math.abs(traded) * price * at(rate, day);
  }
  const most = change.reduce((total, units) => total + Math.abs(units), Math.abs(quantity));
  let left = quantity;
  for (let day = dates.length - 1; day >= 0; day--) {
    // What rounding leaves of a position that did not exist is no position.
    held[day] = Math.abs(left) <= most * rounding ? 0 : left;
    left -= at(change, day);
  }
  return { quantity: held, bought, sold };
}

/** How many units after the splits up to `asOf` one unit of a day has become. */
function unitsPerUnit(splits: readonly Split[], asOf: string): (date: string) => number {
  const counted = splits.filter(({ date }) => date <= asOf);
  return (day) => counted.reduce((units, { date, ratio }) => (date > day ? units * ratio : units), 1);
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
