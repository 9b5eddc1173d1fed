import type { Input, Table } from "./input";
import type { Benchmark, Holding, Portfolio, Rate, Series } from "./portfolio";
import { quoted } from "./portfolio-error";
import { differs, plain, sumOf } from "./splits";
import type { TableName, TableRow } from "./tables";
import { warningsOf } from "./warnings";

/** Checks what no row shows by itself. Throws a PortfolioError that names the place. */
export function buildPortfolio(input: Input): Portfolio {
  const { settings } = input;
  checkSymbols(input);
  const baseCurrency = findBaseCurrency(input);
  const closes = groupBy(input.closes, "symbol", "date", ({ date, close }) => ({ date, close }));
  const benchmark = findBenchmark(input, closes, baseCurrency);
  const rates = readRates(input, baseCurrency);
  const asOf = lastCloseOf(input, closes);
  const holdings = readHoldings(input, closes, asOf);
  checkSize(input, closes);
  const splits = groupBy(input.splits, "symbol", "date", ({ date, ratio }) => ({ date, ratio }));
  // Several on a day are usual.
  const traded = groupBy(input.transactions, "symbol", null, ({ date, quantity, price }) => ({
    date,
    quantity,
    price,
  }));
  const portfolio = {
    baseCurrency,
    benchmark,
    riskFreeRate: settings.riskFreeRate,
    holdings,
    closes,
    splits,
    dividends: groupBy(input.dividends, "symbol", "date", ({ date, amount }) => ({ date, amount })),
    transactions: countedOf(traded, holdings, splits, asOf),
    rates,
  };
  checkRates(input, portfolio, asOf);
  checkSigns(input, portfolio, asOf);
  return { ...portfolio, warnings: warningsOf({ input, portfolio, asOf }) };
}

/** Transactions that are in the quantities held: those after the last close are not where the others sum to what is held. */
function countedOf(
  traded: Portfolio["transactions"],
  holdings: readonly Holding[],
  splits: Portfolio["splits"],
  asOf: string,
): Portfolio["transactions"] {
  const quantities = new Map(holdings.map(({ symbol, quantity }) => [symbol, quantity]));
  return new Map(
    [...traded].map(([symbol, all]) => {
      const until = all.filter(({ date }) => date <= asOf);
      const isHeld = (list: typeof all) =>
        !differs(quantities.get(symbol) ?? 0, sumOf(list, splits.get(symbol) ?? [], asOf));
      return [symbol, until.length > 0 && isHeld(until) && !isHeld(all) ? until : all];
    }),
  );
}

/** Rows by a column, oldest first. Throws when two have the same value in `unique`. */
function groupBy<Name extends Exclude<TableName, "holdings" | "rates">, Item extends { readonly date: string }>(
  table: Table<Name>,
  key: "symbol",
  unique: "date" | null,
  itemOf: (row: TableRow<Name>) => Item,
): Series<Item> {
  const groups = new Map<string, Map<string, Item>>();
  table.rows.forEach((row, index) => {
    const group = groups.get(row[key]) ?? new Map<string, Item>();
    const id = unique === null ? String(index) : row[unique];
    if (group.has(id))
      throw table.error(index, "date", `${quoted(row.date)} stands here for the second time for ${quoted(row[key])}`);
    groups.set(row[key], group.set(id, itemOf(row)));
  });
  return new Map([...groups].map(([name, group]) => [name, oldestFirst([...group.values()])]));
}

function oldestFirst<Item extends { readonly date: string }>(items: Item[]): Item[] {
  return items.sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
}

function checkSymbols({ holdings, transactions }: Input): void {
  const seen = new Set<string>();
  holdings.rows.forEach(({ symbol }, row) => {
    if (seen.has(symbol)) throw holdings.error(row, "symbol", `${quoted(symbol)} stands here for the second time`);
    seen.add(symbol);
  });
  transactions.rows.forEach(({ symbol }, row) => {
    if (seen.has(symbol)) return;
    throw transactions.error(
      row,
      "symbol",
      `${quoted(symbol)} is no holding; one that was sold stands there with a quantity of 0`,
    );
  });
}

/** Figures need a few numbers for each holding on each day. */
const mostPositions = 3_000_000;

function checkSize({ holdings, closes: table }: Input, closes: Portfolio["closes"]): void {
  const days = new Set<string>();
  for (const { symbol } of holdings.rows) for (const { date } of closes.get(symbol) ?? []) days.add(date);
  if (days.size * holdings.rows.length <= mostPositions) return;
  const size = `${holdings.rows.length} holdings on ${days.size} days`;
  throw table.error(0, "date", `is the first of too many: ${size}; at most ${mostPositions} in all are worked on`);
}

function findBaseCurrency({ holdings, settings }: Input): string | null {
  if (settings.baseCurrency !== undefined) return settings.baseCurrency;
  const first = holdings.rows[0]?.currency;
  const other = holdings.rows.findIndex(({ currency }) => currency !== first);
  if (other === -1) return first ?? null;
  throw holdings.error(
    other,
    "currency",
    `${quoted(holdings.rows[other]?.currency)} differs from ${first}; with several currencies, baseCurrency in the settings says which one totals are in`,
  );
}

function findBenchmark(
  { settings, settingsError, holdings }: Input,
  closes: Portfolio["closes"],
  base: string | null,
): Benchmark | null {
  const { benchmark } = settings;
  if (!benchmark) return null;
  const { symbol } = benchmark;
  if (!closes.has(symbol)) throw settingsError("benchmark", `${quoted(symbol)} has no close`);
  const held = holdings.rows.find((holding) => holding.symbol === symbol);
  const currency = held?.currency ?? benchmark.currency ?? base;
  if (currency === null) throw settingsError("benchmark", `${quoted(symbol)} needs a currency`);
  return { symbol, name: benchmark.name ?? held?.name ?? symbol, currency };
}

/** The latest day that any holding has a close of; "" when there is none. */
function lastCloseOf({ holdings }: Input, closes: Portfolio["closes"]): string {
  const last = holdings.rows.map(({ symbol }) => closes.get(symbol)?.at(-1)?.date ?? "");
  return last.sort().at(-1) ?? "";
}

function readHoldings({ holdings, transactions }: Input, closes: Portfolio["closes"], asOf: string): Holding[] {
  const traded = new Set(transactions.rows.map(({ symbol }) => symbol));
  const priced = new Set(
    transactions.rows.filter(({ date, price }) => price > 0 && date <= asOf).map(({ symbol }) => symbol),
  );
  return holdings.rows.map(({ cost, costPerUnit, sector, costRate, ...rest }, row) => {
    if (!closes.has(rest.symbol) && !priced.has(rest.symbol)) {
      const nor =
        traded.has(rest.symbol) && asOf !== "" ? `, and no transaction on or before ${asOf} with a price` : "";
      throw holdings.error(row, "symbol", `${quoted(rest.symbol)} has no close${nor}`);
    }
    const perUnit = rest.quantity === 0 ? 0 : (cost ?? 0) / Math.abs(rest.quantity);
    return { ...rest, sector: sector ?? null, costPerUnit: costPerUnit ?? perUnit, costRate: costRate ?? null };
  });
}

/** Rates to the base currency, whichever way round they were given. */
function readRates({ rates }: Input, base: string | null): Series<Rate> {
  const byCurrency = new Map<string, Map<string, Rate>>();
  if (base === null) return new Map();
  rates.rows.forEach(({ date, from, to, rate }, row) => {
    if (from === to || (from !== base && to !== base)) {
      throw rates.error(
        row,
        "to",
        `${quoted(to)} for ${quoted(from)}: one of the two must be the base currency, ${base}`,
      );
    }
    const currency = from === base ? to : from;
    const days = byCurrency.get(currency) ?? new Map<string, Rate>();
    if (days.has(date))
      throw rates.error(row, "date", `${quoted(date)} stands here for the second time for ${quoted(currency)}`);
    byCurrency.set(currency, days.set(date, { date, rate: from === base ? 1 / rate : rate }));
  });
  return new Map([...byCurrency].map(([currency, days]) => [currency, oldestFirst([...days.values()])]));
}

/** Every amount that counts must have a rate of its day or of one before it. */
function checkRates(
  { holdings, dividends, transactions, settingsError }: Input,
  { baseCurrency, rates, benchmark }: Pick<Portfolio, "baseCurrency" | "rates" | "benchmark">,
  asOf: string,
): void {
  const firstRate = (currency: string) => (currency === baseCurrency ? "" : rates.get(currency)?.[0]?.date);
  const currencies = new Map(holdings.rows.map(({ symbol, currency }) => [symbol, currency]));
  const lacks = (currency: string, date: string) => (firstRate(currency) ?? "9") > date;
  const missing = (currency: string, date: string) =>
    `${quoted(currency)} has no rate to ${baseCurrency} on or before ${date}`;
  holdings.rows.forEach(({ currency }, row) => {
    if (lacks(currency, asOf)) throw holdings.error(row, "currency", missing(currency, asOf));
  });
  for (const table of [dividends, transactions]) {
    table.rows.forEach(({ symbol, date }, row) => {
      const currency = currencies.get(symbol);
      if (currency !== undefined && lacks(currency, date)) throw table.error(row, "date", missing(currency, date));
    });
  }
  if (benchmark && asOf !== "" && lacks(benchmark.currency, asOf))
    throw settingsError("benchmark", missing(benchmark.currency, asOf));
}

/** Where no row says that it is a sale, no holding may have bought more than is held: sales that have lost their sign look like that. */
function checkSigns(
  input: Input,
  { transactions, splits }: Pick<Portfolio, "transactions" | "splits">,
  asOf: string,
): void {
  const { rows, error } = input.transactions;
  if (rows.some(({ quantity, side }) => quantity < 0 || side !== undefined)) return;
  for (const { symbol, quantity } of input.holdings.rows) {
    const trades = transactions.get(symbol);
    if (!trades) continue;
    const sum = sumOf(trades, splits.get(symbol) ?? [], asOf);
    if (sum.units <= quantity || !differs(quantity, sum)) continue;
    const first = rows.findIndex((row) => row.symbol === symbol);
    const all = `${rows[first]?.quantity} counts as a purchase like all rows, and those of ${quoted(symbol)} sum to ${plain(sum.units)}`;
    const remedy = "sales need a negative quantity, or `side` says what each row is";
    throw error(first, "quantity", `${all}, more than the ${quantity} that are held; ${remedy}`);
  }
}
