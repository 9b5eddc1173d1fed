import type { Input, Table } from "./input";
import type { Portfolio } from "./portfolio";
import { type PortfolioError, quoted, type Warning } from "./portfolio-error";
import { differs, plain, sumOf, unitsPerUnit } from "./splits";
import type { TableName, TableRow } from "./tables";

/** So many of one kind are said one by one. */
const mostOfAKind = 5;
/** A close, a rate or a price that is so many times another is mistaken more often than not. */
const largestJump = 50;

interface Checked {
  readonly input: Input;
  readonly portfolio: Omit<Portfolio, "warnings">;
  /** The latest day that any holding has a close of. */
  readonly asOf: string;
}

const checks: readonly ((checked: Checked) => PortfolioError[])[] = [
  otherSums,
  leftOut,
  futureDates,
  closeJumps,
  rateJumps,
  strangePrices,
  unpaid,
  lateStarts,
  noCloses,
];

/** What a reader should know of a portfolio that fits together well enough to be shown. */
export function warningsOf(checked: Checked): readonly Warning[] {
  const { transactions } = checked.input;
  const found = checks.flatMap((check) => few(check(checked)));
  return [...(transactions.warnings ?? []), ...found];
}

function few(errors: readonly PortfolioError[]): Warning[] {
  const more = errors.length - mostOfAKind;
  return errors.slice(0, mostOfAKind).map(({ place, detail }, index) => {
    const isLast = index === mostOfAKind - 1 && more > 0;
    return { ...place, detail: isLast ? `${detail}. There are ${more} more like this` : detail };
  });
}

function otherSums({ input, portfolio, asOf }: Checked): PortfolioError[] {
  return input.holdings.rows.flatMap(({ symbol, quantity }, row) => {
    const trades = portfolio.transactions.get(symbol);
    if (!trades) return [];
    const sum = sumOf(trades, portfolio.splits.get(symbol) ?? [], asOf);
    if (!differs(quantity, sum)) return [];
    const before = plain(quantity - sum.units);
    const detail = `${quantity} units of ${quoted(symbol)} are held, but its transactions sum to ${plain(sum.units)}: ${before} units count as held before the first of them. Is a transaction or a split missing?`;
    return [input.holdings.error(row, "quantity", detail)];
  });
}

/** Transactions after the last close that are not in what is held. */
function leftOut({ input: { holdings, transactions }, portfolio, asOf }: Checked): PortfolioError[] {
  const quantities = new Map(holdings.rows.map(({ symbol, quantity }) => [symbol, quantity]));
  return transactions.rows.flatMap(({ symbol, date }, row) => {
    const lastCounted = portfolio.transactions.get(symbol)?.at(-1)?.date ?? "";
    if (date <= asOf || lastCounted > asOf) return [];
    const detail = `${quoted(date)} is after the latest close, ${asOf}, and the ${quantities.get(symbol)} units of ${quoted(symbol)} that are held are without it: it is left out. Give a close of that day, and the quantity with it`;
    return [transactions.error(row, "date", detail)];
  });
}

function futureDates({ input }: Checked): PortfolioError[] {
  const now = Date.now();
  const [today, tomorrow] = [0, 1].map((days) => new Date(now + days * 86_400_000).toISOString().slice(0, 10));
  const inFuture = <Name extends "closes" | "rates" | "transactions">(table: Table<Name>) =>
    table.rows.flatMap(({ date }, row) => {
      // Somewhere it is tomorrow already.
      if (date <= (tomorrow ?? "")) return [];
      return [table.error(row, "date", `${quoted(date)} lies in the future: it is ${today}. Is it mistyped?`)];
    });
  return [...inFuture(input.closes), ...inFuture(input.rates), ...inFuture(input.transactions)];
}

/** Rows of each key, oldest first. */
function rowsBy<Name extends TableName>(table: Table<Name>, keyOf: (row: TableRow<Name>) => string) {
  const groups = new Map<string, { readonly row: TableRow<Name> & { date: string }; readonly index: number }[]>();
  table.rows.forEach((row, index) => {
    const group = groups.get(keyOf(row)) ?? [];
    group.push({ row: row as TableRow<Name> & { date: string }, index });
    groups.set(keyOf(row), group);
  });
  for (const group of groups.values()) group.sort((a, b) => (a.row.date < b.row.date ? -1 : 1));
  return groups;
}

/** How many times the smaller of two the larger is; undefined when that is nothing special. */
function jump(a: number, b: number): string | undefined {
  const times = Math.max(a, b) / Math.min(a, b);
  return Number.isFinite(times) && times >= largestJump ? `${times.toFixed(1)} times` : undefined;
}

const mistaken = "Is it another currency or unit (pence, cents), or is a split missing?";

function closeJumps({ input: { closes }, portfolio, asOf }: Checked): PortfolioError[] {
  return [...rowsBy(closes, ({ symbol }) => symbol)].flatMap(([symbol, rows]) => {
    const unitsOf = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
    return rows.flatMap(({ row: { close, date }, index }, position) => {
      const before = rows[position - 1]?.row;
      const times = before && jump(close / unitsOf(date), before.close / unitsOf(before.date));
      if (!times) return [];
      const detail = `${close} of ${quoted(symbol)} and the close before, ${before.close} of ${before.date}, differ ${times}. ${mistaken}`;
      return [closes.error(index, "close", detail)];
    });
  });
}

function rateJumps({ input: { rates } }: Checked): PortfolioError[] {
  return [...rowsBy(rates, ({ from, to }) => `${from} ${to}`).values()].flatMap((rows) =>
    rows.flatMap(({ row: { rate, date, from, to }, index }, position) => {
      const before = rows[position - 1]?.row;
      const times = before && jump(rate, before.rate);
      if (!times) return [];
      const detail = `${rate} from ${from} to ${to} and the rate before, ${before.rate} of ${before.date}, differ ${times}. Are ${from} and ${to} the wrong way round on ${date}?`;
      return [rates.error(index, "rate", detail)];
    }),
  );
}

/** Transactions whose price is far from the latest close then, or from the first one after it. */
function strangePrices({ input: { transactions }, portfolio, asOf }: Checked): PortfolioError[] {
  return [...rowsBy(transactions, ({ symbol }) => symbol)].flatMap(([symbol, rows]) => {
    const unitsOf = unitsPerUnit(portfolio.splits.get(symbol) ?? [], asOf);
    const closes = portfolio.closes.get(symbol) ?? [];
    let next = 0;
    return rows.flatMap(({ row: { price, date }, index }) => {
      while (closes[next] && (closes[next]?.date ?? "") <= date) next++;
      const near = closes[next - 1] ?? closes[next];
      const times = near && jump(price / unitsOf(date), near.close / unitsOf(near.date));
      if (!times) return [];
      const detail = `${price} for ${quoted(symbol)} and its close of ${near.date}, ${near.close}, differ ${times}. ${mistaken}`;
      return [transactions.error(index, "price", detail)];
    });
  });
}

function unpaid({ input: { transactions } }: Checked): PortfolioError[] {
  return transactions.rows.flatMap(({ symbol, quantity, price }, row) => {
    if (price !== 0) return [];
    const [paid, counted] = quantity > 0 ? ["paid", "gain"] : ["received", "loss"];
    const detail = `0 for ${Math.abs(quantity)} units of ${quoted(symbol)}: nothing was ${paid} for them, so what they are worth counts as a ${counted}, unless nothing else was held. If they came from or went to another account, give their market price`;
    return [transactions.error(row, "price", detail)];
  });
}

/** Holdings without transactions that had no close or no rate yet when the history begins. */
function lateStarts({ input: { holdings, transactions }, portfolio: { closes, rates } }: Checked): PortfolioError[] {
  const traded = new Set(transactions.rows.map(({ symbol }) => symbol));
  const startOf = ({ symbol, currency }: TableRow<"holdings">) => {
    const close = closes.get(symbol)?.[0]?.date ?? "9";
    const rate = rates.get(currency)?.[0]?.date ?? "";
    return rate > close ? { date: rate, what: "rate" } : { date: close, what: "close" };
  };
  const held = holdings.rows.filter(({ symbol, quantity }) => quantity !== 0 || traded.has(symbol));
  const first = held.map((row) => startOf(row).date).sort()[0] ?? "";
  return holdings.rows.flatMap((holding, row) => {
    const { symbol, quantity } = holding;
    const { date, what } = startOf(holding);
    if (quantity === 0 || traded.has(symbol) || date <= first) return [];
    const detail = `${quoted(symbol)} has no ${what} before ${date}, and the history begins on ${first}: it counts from its first ${what} on, as a contribution. transactions.csv can say when it was bought`;
    return [holdings.error(row, "symbol", detail)];
  });
}

function noCloses({ input: { holdings }, portfolio: { closes } }: Checked): PortfolioError[] {
  return holdings.rows.flatMap(({ symbol }, row) => {
    if (closes.has(symbol)) return [];
    return [
      holdings.error(row, "symbol", `${quoted(symbol)} has no close: the price of its latest transaction counts`),
    ];
  });
}
