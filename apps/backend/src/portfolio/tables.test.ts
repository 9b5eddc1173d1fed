import { cellKind, columnsOf, type TableName, tableNames, tables } from "./tables";

const rows: Readonly<Record<TableName, object>> = {
  holdings: { symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 2, costPerUnit: 10 },
  closes: { date: "2026-11-20", symbol: "A", close: 12 },
  rates: { date: "2026-11-20", from: "EUR", to: "USD", rate: 1.1 },
  splits: { date: "2026-11-20", symbol: "A", ratio: 4 },
  dividends: { date: "2026-11-20", symbol: "A", amount: 0.5 },
  transactions: { date: "2026-11-20", symbol: "A", quantity: 3, price: 11 },
};
/** What is said of a row with another value in it; undefined when it is taken. */
const said = (table: TableName, change: object) =>
  tables[table].safeParse({ ...rows[table], ...change }).error?.issues[0]?.message;

const spreadsheet = "begins with = + - or @, which a spreadsheet would run as a formula";
const control = "holds a control character or a line break";
const currency = "is not a currency code of three capitals, such as USD";
const date = "is not a date such as 2026-11-20, from 1900 to 2199";
const price = "is not a price, 0 or more";
const rate = "is not a rate greater than 0";
const amount = "is not an amount, 0 or more";
const ratio = "is not a ratio such as 4 or 1:10, greater than 0";
const traded =
  "is not a number other than 0; rows that are neither a purchase nor a sale are passed over by `side` or `ignore` in settings.json";

it.each(tableNames)("takes a plain row of %s", (table) => expect(said(table, {})).toBeUndefined());

it.each<[TableName, object, string]>([
  ["holdings", { symbol: "x".repeat(33) }, "is longer than 32 characters"],
  ["holdings", { symbol: "" }, "is empty"],
  ["holdings", { symbol: 1 }, "is not text"],
  ["holdings", { name: "x".repeat(201) }, "is longer than 200 characters"],
  ["holdings", { assetClass: "x".repeat(65) }, "is longer than 64 characters"],
  ["holdings", { sector: "x".repeat(65) }, "is longer than 64 characters"],
  ...["=A", "+A", "-A", "@A"].map((name): [TableName, object, string] => ["holdings", { name }, spreadsheet]),
  ...["\u0000", "\u001f", "\u007f", "\u009f", "\u2028", "\u2029"].map((character): [TableName, object, string] => [
    "holdings",
    { name: `A${character}b` },
    control,
  ]),
  ...["usd", "US", "USDX", "xUSD", "USD ", 1].map((code): [TableName, object, string] => [
    "holdings",
    { currency: code },
    currency,
  ]),
  ["holdings", { quantity: "2" }, "is not a number such as 12.5"],
  ["holdings", { quantity: 1.1e15 }, "is not a number such as 12.5"],
  ["holdings", { quantity: -1.1e15 }, "is not a number such as 12.5"],
  ["holdings", { quantity: 0.9e-12 }, "is not a number such as 12.5"],
  ["holdings", { costPerUnit: -1 }, price],
  ["holdings", { costPerUnit: undefined }, `${price}; \`cost\`, of all units together, would do too`],
  ["holdings", { cost: -1 }, amount],
  ["holdings", { costRate: 0 }, rate],
  ["closes", { close: -1 }, price],
  ...["1899-12-31", "2200-01-01", "2026-02-29", "20261120", 20261120].map((day): [TableName, object, string] => [
    "closes",
    { date: day },
    date,
  ]),
  ["rates", { from: "eur" }, currency],
  ["rates", { to: "dollar" }, currency],
  ["rates", { rate: 0 }, rate],
  ["rates", { rate: -1 }, rate],
  ["splits", { ratio: 0 }, ratio],
  ["dividends", { amount: -1 }, amount],
  ["transactions", { quantity: 0 }, traded],
  ["transactions", { quantity: "a" }, traded],
  ["transactions", { price: -1 }, price],
  ["transactions", { side: 1 }, "is not text"],
])("refuses in %s %j, which %s", (table, change, message) => expect(said(table, change)).toBe(message));

it.each<[TableName, object]>([
  ["holdings", { symbol: "x".repeat(32), name: "x".repeat(200), assetClass: "x".repeat(64), sector: "x".repeat(64) }],
  ["holdings", { name: "S&P 500 = + - @ \u00a0é" }],
  ["holdings", { quantity: -1e15, costPerUnit: 0 }],
  ["holdings", { quantity: 1e15, costPerUnit: 1e-12 }],
  ["holdings", { quantity: 0, costPerUnit: undefined, cost: 0, costRate: 0.5 }],
  ["closes", { date: "1900-01-01", close: 0 }],
  ["closes", { date: "2199-12-31" }],
  ["closes", { date: "2028-02-29" }],
  ["dividends", { amount: 0 }],
  ["transactions", { quantity: -1, price: 0, side: "sell" }],
])("takes in %s %j", (table, change) => expect(said(table, change)).toBeUndefined());

it("reads columns of numbers, dates and ratios as such, and others as text", () => {
  const kinds = tableNames.map((table) => {
    const { required, optional } = columnsOf(table);
    const kindsOf = (names: readonly string[]) => names.map((name) => `${name} ${cellKind(name)}`);
    return [table, kindsOf(required), kindsOf(optional)];
  });
  expect(kinds).toEqual([
    [
      "holdings",
      ["symbol text", "name text", "assetClass text", "currency text", "quantity number", "costPerUnit number"],
      ["sector text", "cost number", "costRate number"],
    ],
    ["closes", ["date date", "symbol text", "close number"], []],
    ["rates", ["date date", "from text", "to text", "rate number"], []],
    ["splits", ["date date", "symbol text", "ratio ratio"], []],
    ["dividends", ["date date", "symbol text", "amount number"], []],
    ["transactions", ["date date", "symbol text", "quantity number", "price number"], ["side text"]],
  ]);
});
