import { type Broken, json, jsonWith, put, settings } from "./damage.fixture";

/** Settings and JSON that are wrong, and rows that do not fit together. */
export const brokenJson: readonly Broken[] = [
  [
    "settings that are no JSON",
    put("settings.json", '{\n "baseCurrency": "USD",\n}'),
    "settings.json line 3, column 1: is not JSON: property name expected",
  ],
  [
    "settings of another kind",
    settings([]),
    "settings.json line 1, column 1: the whole [] Invalid input: expected object, received array",
  ],
  [
    "a setting that there is not",
    settings({ benchmarc: "A" }),
    'settings.json line 1, column 1: the whole {"benchmarc":"A"} Unrecognized key: "benchmarc"',
  ],
  [
    "a benchmark without a close",
    settings({ benchmark: { symbol: "WORLD" } }),
    'settings.json line 2, column 15: benchmark "WORLD" has no close',
  ],
  [
    "a mapping of a column that there is not",
    settings({ files: { "holdings.csv": { columns: { price: "Last" } } } }),
    'settings.json line 3, column 19: files.holdings.csv names "price", which is no column; there are symbol, name, assetClass, currency, quantity, costPerUnit, sector, cost, costRate',
  ],
  [
    "words for a column that is not read",
    settings({ files: { "closes.csv": { sides: { buy: ["B"] } } } }),
    "settings.json line 3, column 17: sides needs `side` among the columns of closes.csv",
  ],
  [
    "a sale that has lost its sign",
    put("transactions.csv", "date,symbol,quantity,price,Action\n2026-11-20,A,3,12,Buy\n2026-11-20,A,1,12,Sell\n"),
    'transactions.csv line 3, column Action: "Sell" stands beside the quantity 1, which counts as a purchase; `side` in settings.json, here "columns": { "side": "Action" }, says what each row is',
  ],
  [
    "more bought than is held, and nothing sold",
    put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,A,3,12\n"),
    'transactions.csv line 2, column quantity: 3 counts as a purchase like all rows, and those of "A" sum to 3, more than the 2 that are held; sales need a negative quantity, or `side` says what each row is',
  ],
  [
    "both forms at once",
    put("portfolio.json", "{}"),
    "portfolio.json: stands beside holdings.csv, closes.csv; only one of the two forms can be shown",
  ],
  [
    "JSON that ends too early",
    json('{"holdings": [\n  {"symbol": "A"'),
    "portfolio.json line 2, column 17: is not JSON: close brace expected",
  ],
  ["JSON that is not UTF-8", json(Buffer.from([0x7b, 0xff, 0x7d])), "portfolio.json line 1: is not UTF-8"],
  ["an empty JSON file", json(""), "portfolio.json line 1, column 1: is not JSON: value expected"],
  ["JSON without holdings", json("{}"), "portfolio.json line 1, column 1: holdings nothing is not a list"],
  [
    "JSON with a text for a number",
    jsonWith({ closes: [{ date: "2026-11-20", symbol: "A", close: "12" }] }),
    'portfolio.json line 16, column 13: closes[0].close "12" is not a price, 0 or more',
  ],
  [
    "JSON with a holding twice",
    jsonWith({
      holdings: [1, 2].map(() => ({
        symbol: "A",
        name: "Alpha",
        assetClass: "Stocks",
        currency: "USD",
        quantity: 2,
        costPerUnit: 10,
      })),
    }),
    'portfolio.json line 12, column 14: holdings[1].symbol "A" stands here for the second time',
  ],
  [
    "JSON of a depth beyond all reason",
    json("[".repeat(200_000)),
    "portfolio.json line 1: is not JSON, or nested too deeply",
  ],
];
