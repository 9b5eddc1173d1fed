import { type Broken, closes, holdings, json, jsonWith, put, settings } from "./damage.fixture";

/** Both, one after the other. */
const both =
  (...damages: readonly Broken[1][]): Broken[1] =>
  (folder) => {
    for (const damage of damages) damage(folder);
  };
const inEuros = holdings("A,Alpha,Stocks,EUR,2,10");
const inDollars = settings({ baseCurrency: "USD" });
const rates = (...rows: string[]) => put("rates.csv", ["date,from,to,rate", ...rows, ""].join("\n"));

/** Files that are right one by one, and do not fit together. */
export const brokenSums: readonly Broken[] = [
  [
    "a foreign holding without a rate",
    both(inEuros, inDollars),
    'holdings.csv line 2, column currency: "EUR" has no rate to USD on or before 2026-11-20',
  ],
  [
    "a rate from a currency to itself",
    both(inDollars, rates("2026-11-20,USD,USD,1")),
    'rates.csv line 2, column to: "USD" for "USD": one of the two must be the base currency, USD',
  ],
  [
    "a rate twice, once the other way round",
    both(inDollars, rates("2026-11-20,EUR,USD,1.1", "2026-11-20,USD,EUR,0.9")),
    'rates.csv line 3, column date: "2026-11-20" stands here for the second time for "EUR"',
  ],
  [
    "a dividend before the first rate",
    both(
      inEuros,
      inDollars,
      rates("2026-11-20,EUR,USD,1.1"),
      put("dividends.csv", "date,symbol,amount\n2026-11-19,A,1\n"),
    ),
    'dividends.csv line 2, column date: "EUR" has no rate to USD on or before 2026-11-19',
  ],
  [
    "a purchase before the first rate",
    both(
      inEuros,
      inDollars,
      rates("2026-11-20,EUR,USD,1.1"),
      put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,A,1,2\n2026-11-19,A,1,2\n"),
    ),
    'transactions.csv line 3, column date: "EUR" has no rate to USD on or before 2026-11-19',
  ],
  [
    "a benchmark whose currency has no rate",
    both(
      closes("2026-11-20,A,1", "2026-11-20,W,1"),
      settings({ baseCurrency: "USD", benchmark: { symbol: "W", currency: "EUR" } }),
    ),
    'settings.json line 3, column 15: benchmark "EUR" has no rate to USD on or before 2026-11-20',
  ],
  [
    "a benchmark without a currency",
    both(holdings(), settings({ benchmark: { symbol: "A" } })),
    'settings.json line 2, column 15: benchmark "A" needs a currency',
  ],
  [
    "a dividend twice",
    put("dividends.csv", "date,symbol,amount\n2026-11-20,A,1\n2026-11-19,A,1\n2026-11-20,A,2\n"),
    'dividends.csv line 4, column date: "2026-11-20" stands here for the second time for "A"',
  ],
  [
    "a split twice",
    put("splits.csv", "date,symbol,ratio\n2026-11-20,A,2\n2026-11-20,A,2\n"),
    'splits.csv line 3, column date: "2026-11-20" stands here for the second time for "A"',
  ],
  [
    "a holding that was bought for nothing, and has no close",
    both(
      holdings("A,Alpha,Stocks,USD,2,10", "C,Gamma,Stocks,USD,1,1"),
      put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,C,1,0\n"),
    ),
    'holdings.csv line 3, column symbol: "C" has no close, and no transaction on or before 2026-11-20 with a price',
  ],
  [
    "a holding without a close beside none that has one",
    both(holdings("C,Gamma,Stocks,USD,1,1"), put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,C,1,1\n")),
    'holdings.csv line 2, column symbol: "C" has no close',
  ],
  [
    "an ignored column that there is not",
    settings({ files: { "closes.csv": { ignore: { Total: ["x"] } } } }),
    'settings.json line 3, column 17: ignore names "Total", which is not in the header, closes.csv line 1',
  ],
  [
    "a constant for a column that there is not",
    settings({ files: { "closes.csv": { constants: { price: "1" } } } }),
    'settings.json line 3, column 17: files.closes.csv names "price", which is no column; there are date, symbol, close',
  ],
  [
    "a mapping to a header that there is not",
    settings({ files: { "closes.csv": { columns: { close: "Last" } } } }),
    "closes.csv line 1: has no column Last; it needs date, symbol, close",
  ],
  [
    "a missing column of three",
    put("closes.csv", "date,symbol\n"),
    "closes.csv line 1: has no column close; it needs date, symbol, close",
  ],
  [
    "holdings without any cost",
    put("holdings.csv", "symbol,name,assetClass,currency,quantity\n"),
    "holdings.csv line 1: has no column costPerUnit; it needs symbol, name, assetClass, currency, quantity, costPerUnit",
  ],
  [
    "JSON that is no object",
    json("[1]"),
    "portfolio.json line 1, column 1: the whole [1] Invalid input: expected object, received array",
  ],
  [
    "JSON that is null",
    json("null"),
    "portfolio.json line 1, column 1: the whole null Invalid input: expected object, received null",
  ],
  [
    "JSON with a word that is no value",
    json('{\n "holdings": nothing }'),
    "portfolio.json line 2, column 14: is not JSON: invalid symbol",
  ],
  ["JSON with a comment", json("{} // none"), "portfolio.json line 1, column 4: is not JSON: invalid comment token"],
  ["JSON without a comma", json('{"a": 1 "b": 2}'), "portfolio.json line 1, column 9: is not JSON: comma expected"],
  [
    "JSON with a name that is not quoted",
    json("{a: 1}"),
    "portfolio.json line 1, column 2: is not JSON: invalid symbol",
  ],
  [
    "JSON with something behind it",
    json("{}\n {}"),
    "portfolio.json line 2, column 2: is not JSON: end of file expected",
  ],
  [
    "JSON with a text that does not end",
    json('{"a": "b'),
    "portfolio.json line 1, column 7: is not JSON: unexpected end of string",
  ],
  [
    "JSON whose closes are no list",
    jsonWith({ closes: { A: 12 } }),
    'portfolio.json line 12, column 12: closes {"A":12} is not a list',
  ],
  [
    "JSON whose holdings are no rows",
    jsonWith({ holdings: ["A"] }),
    'portfolio.json line 3, column 3: holdings[0] "A" Invalid input: expected object, received string',
  ],
  [
    "JSON with too many holdings",
    jsonWith({
      holdings: Array.from({ length: 1001 }, () => ({
        symbol: "A",
        name: "Alpha",
        assetClass: "Stocks",
        currency: "USD",
        quantity: 2,
        costPerUnit: 10,
      })),
    }),
    'portfolio.json line 2, column 14: holdings [{"symbol":"A","name":"Alpha","assetClass":"Stocks","curren… has more than 1000 rows',
  ],
  [
    "JSON with a setting of the CSV files",
    jsonWith({ files: {} }),
    'portfolio.json line 1, column 1: the whole {"holdings":[{"symbol":"A","name":"Alpha","assetClass":"Sto… Unrecognized key: "files"',
  ],
  [
    "JSON with a setting that is no number",
    jsonWith({ riskFreeRate: "3 %" }),
    'portfolio.json line 19, column 18: riskFreeRate "3 %" Invalid input: expected number, received string',
  ],
  [
    "JSON with a benchmark's name that is empty",
    jsonWith({ benchmark: { symbol: "A", name: "" } }),
    'portfolio.json line 21, column 11: benchmark.name "" is empty',
  ],
  [
    "JSON with a benchmark that has no close",
    jsonWith({ benchmark: { symbol: "W" } }),
    'portfolio.json line 19, column 15: benchmark "W" has no close',
  ],
  [
    "JSON with a rate twice",
    jsonWith({ rates: [1, 2].map((rate) => ({ date: "2026-11-20", from: "EUR", to: "USD", rate })) }),
    'portfolio.json line 27, column 12: rates[1].date "2026-11-20" stands here for the second time for "EUR"',
  ],
  [
    "JSON with a split of an unknown kind",
    jsonWith({ splits: [{ date: "2026-11-20", symbol: "A", ratio: "4:1" }] }),
    'portfolio.json line 23, column 13: splits[0].ratio "4:1" is not a ratio such as 4 or 1:10, greater than 0',
  ],
  [
    "JSON with a side that is no text",
    jsonWith({ transactions: [{ date: "2026-11-20", symbol: "A", quantity: 2, price: 1, side: 1 }] }),
    "portfolio.json line 25, column 12: transactions[0].side 1 is not text",
  ],
];
