import { readFileSync } from "node:fs";
import { join } from "node:path";
import { computeAnalytics } from "../analytics/analytics";
import type { Portfolio } from "./portfolio";
import { portfolioOf, portfolioOfFiles } from "./portfolio.fixture";
import { usualWords } from "./sides";

const week = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const holding = (quantity: number) => ({
  symbol: "A",
  name: "Alpha",
  assetClass: "Stocks",
  currency: "USD",
  quantity,
  costPerUnit: 100,
});
const closes = week.map((date) => ({ date, symbol: "A", close: 100 }));
const values = (portfolio: Portfolio) => computeAnalytics(portfolio).history.map(({ value }) => value);
const details = ({ warnings }: Portfolio) => warnings.map(({ detail }) => detail);

/** Five hundred are left of a thousand. */
const soldByHalf = [0, 1000, 500, 500, 500];
const withSale = (sale: object, bought: object = {}) =>
  portfolioOf({
    holdings: [holding(5)],
    closes,
    transactions: [
      { date: week[1], symbol: "A", quantity: 10, price: 100, ...bought },
      { date: week[2], symbol: "A", price: 100, ...sale },
    ],
  });

describe("portfolio.json", () => {
  it("refuses sales that have lost their sign, and names the remedy", () => {
    expect(() => withSale({ quantity: 5 })).toThrow(
      /^portfolio\.json line \d+, column \d+: transactions\[\d\]\.quantity .*15.*more than the 5 .*`side`/,
    );
  });

  it("takes a sale by its sign or by its side", () => {
    expect(values(withSale({ quantity: -5 }))).toEqual(soldByHalf);
    expect(values(withSale({ quantity: 5, side: "sell" }, { side: "buy" }))).toEqual(soldByHalf);
    expect(values(withSale({ quantity: -5, side: "SELL" }, { side: "BUY" }))).toEqual(soldByHalf);
  });

  it.each([
    [{ quantity: 5, side: "dividend" }, { side: "buy" }, /transactions\[1\]\.side "dividend" is neither/],
    [{ quantity: 5, side: "sell" }, { quantity: -10, side: "buy" }, /transactions\[0\]\.quantity -10 .*"buy"/],
    [{ quantity: 5, action: "SELL" }, { action: "BUY" }, /transactions\[1\]\.action "SELL" .*`side`/],
    [{ quantity: 5, type: "Dividend" }, { type: "Buy" }, /transactions\[1\]\.type "Dividend" .*`side`/],
    [{ quantity: 5, side: "sell" }, {}, /transactions\[0\]\.side "" is neither/],
  ])("refuses a row of %j beside %j", (sale, bought, message) => {
    expect(() => withSale(sale, bought)).toThrow(message);
  });
});

const holdingsFile = "symbol,name,assetClass,currency,quantity,costPerUnit\nA,Alpha,Stocks,USD,5,100\n";
const closesFile = `date,symbol,close\n${week.map((date) => `${date},A,100\n`).join("")}`;
interface Export {
  readonly rows: readonly string[];
  readonly format: object;
  /** The header of the column that says what a row is. */
  readonly side: string;
  readonly sides?: object;
  /** What is said of rows that are neither purchase nor sale. */
  readonly said?: string;
}
const read = ({ rows, format }: Export, more: { columns?: object; sides?: object } = {}) => {
  const { columns, ...rest } = format as { columns: object };
  const merged = { ...rest, ...(more.sides && { sides: more.sides }), columns: { ...columns, ...more.columns } };
  return portfolioOfFiles({
    "holdings.csv": holdingsFile,
    "closes.csv": closesFile,
    "transactions.csv": `${rows.join("\n")}\n`,
    "settings.json": { files: { "transactions.csv": merged } },
  });
};

/** As the brokers write them: quantities have no sign, and a column says what a row is. */
const exports: Record<string, Export> = {
  Schwab: {
    rows: [
      '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"',
      '"11/18/2026","Sell","A","ALPHA CORP","5","$100.00","","$500.00"',
      '"11/17/2026","Buy","A","ALPHA CORP","10","$100.00","","-$1,000.00"',
      '"11/17/2026","Qualified Dividend","A","ALPHA CORP","","","","$3.00"',
      '"11/17/2026","Reinvest Dividend","A","ALPHA CORP","","","","$3.00"',
    ],
    format: {
      columns: { date: "Date", symbol: "Symbol", quantity: "Quantity", price: "Price" },
      grouping: ",",
      dates: "MM/DD/YYYY",
    },
    side: "Action",
    said: '2 rows were passed over: 1 × "Qualified Dividend", 1 × "Reinvest Dividend"',
  },
  Parqet: {
    rows: [
      "date;price;shares;tax;fee;type;symbol;currency",
      "17.11.2026;100,00;10;0;0;Buy;A;USD",
      "18.11.2026;100,00;5;0;0;Sell;A;USD",
      "19.11.2026;0,50;5;0;0;Dividend;A;USD",
    ],
    format: { columns: { quantity: "shares" }, delimiter: ";", decimal: ",", dates: "DD.MM.YYYY" },
    side: "type",
    said: '1 row was passed over: 1 × "Dividend"',
  },
  Wealthfolio: {
    rows: [
      "date,symbol,quantity,activityType,unitPrice,currency,fee",
      "2026-11-17,$CASH-USD,1000,DEPOSIT,1,USD,0",
      "2026-11-17,A,10,BUY,100,USD,0",
      "2026-11-18,A,5,SELL,100,USD,0",
      "2026-11-19,A,1,DIVIDEND,2.5,USD,0",
    ],
    format: { columns: { price: "unitPrice" } },
    side: "activityType",
    said: '2 rows were passed over: 1 × "DEPOSIT", 1 × "DIVIDEND"',
  },
  Ghostfolio: {
    rows: [
      "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note",
      "17/11/2026,A,YAHOO,USD,100,10,buy,0,",
      "18/11/2026,A,YAHOO,USD,100,5,sell,0,",
      "19/11/2026,A,YAHOO,USD,0.5,5,dividend,0,",
    ],
    format: {
      columns: { date: "Date", symbol: "Code", price: "Price", quantity: "Quantity" },
      dates: "DD/MM/YYYY",
    },
    side: "Action",
    said: '1 row was passed over: 1 × "dividend"',
  },
  Robinhood: {
    rows: [
      '"Activity Date","Process Date","Instrument","Description","Trans Code","Quantity","Price","Amount"',
      '"11/17/2026","11/17/2026","A","Alpha\nCUSIP: 000000000","Buy","10","$100.00","($1,000.00)"',
      '"11/18/2026","11/18/2026","A","Alpha","Sell","5","$100.00","$500.00"',
      '"11/19/2026","11/19/2026","A","Cash Div","CDIV","","","$1.56"',
      '"11/19/2026","11/19/2026","A","Forward Split","SPL","18S","",""',
      '"","","","","","","",""',
      '"The data provided is for informational purposes only."',
    ],
    format: {
      columns: { date: "Activity Date", symbol: "Instrument", quantity: "Quantity", price: "Price" },
      grouping: ",",
      dates: "MM/DD/YYYY",
      endAtBlankLine: true,
    },
    side: "Trans Code",
    said: '2 rows were passed over: 1 × "CDIV", 1 × "SPL"',
  },
  Fineco: {
    rows: [
      "Operazione;Data;Titolo;Segno;Quantita;Prezzo",
      "Titoli;17/11/2026;A;A;10;100",
      "Titoli;18/11/2026;A;V;5;100",
    ],
    format: {
      columns: { date: "Data", symbol: "Titolo", quantity: "Quantita", price: "Prezzo" },
      delimiter: ";",
      dates: "DD/MM/YYYY",
    },
    side: "Segno",
    sides: { buy: ["A"], sell: ["V"] },
  },
};

describe.each(Object.entries(exports))("an export of %s", (_, given) => {
  it("is refused, and the setting named, as long as nothing says which rows are sales", () => {
    expect(() => read(given)).toThrow(/^transactions\.csv line \d+, column .*`side`/);
  });

  it("is right once it is said, and rows that are neither are counted", () => {
    const portfolio = read(given, { columns: { side: given.side }, ...(given.sides && { sides: given.sides }) });
    expect(values(portfolio)).toEqual(soldByHalf);
    expect(details(portfolio)).toEqual(given.said === undefined ? [] : [expect.stringContaining(given.said)]);
  });
});

describe("a column that says what rows are", () => {
  const native = (...rows: string[]) => ({
    rows: ["date,symbol,quantity,price,Type", ...rows],
    format: { columns: {} },
    side: "Type",
  });

  it("may stay unread as long as the signs say the same", () => {
    const signed = native("2026-11-17,A,10,100,Buy", "2026-11-18,A,-5,100,Sell");
    expect(values(read(signed))).toEqual(soldByHalf);
  });

  it("may have words that are none of a side, as a note or a name does", () => {
    const noted = native("2026-11-17,A,10,100,Buy", "2026-11-18,A,-5,100,", "2026-11-19,A,1,100,Best Buy");
    expect(() => read(noted)).not.toThrow();
  });

  it("is found by a sale beside a purchase, also where other rows have no word", () => {
    const mixed = native("2026-11-17,A,10,100,", "2026-11-18,A,3,100,Sell", "2026-11-19,A,-2,100,");
    expect(() => read(mixed)).toThrow(/^transactions\.csv line 3, column Type: "Sell" stands beside the quantity 3/);
  });

  it("names the row whose sign says something else, in the export's own words", () => {
    const unsigned = native("2026-11-17,A,10,100,Buy", "2026-11-18,A,5,100,Sell");
    expect(() => read(unsigned)).toThrow(
      'transactions.csv line 3, column Type: "Sell" stands beside the quantity 5, which counts as a purchase; `side` in settings.json',
    );
  });

  it("is found whatever its language, by what is held", () => {
    const unknown = native("2026-11-17,A,10,100,Kupno", "2026-11-18,A,5,100,Sprzedaż");
    expect(() => read(unknown)).toThrow(/^transactions\.csv line 2, column quantity: .*15.*more than the 5/);
  });

  it("refuses what has no purchase and no sale by its words, and shows the words", () => {
    const unknown = native("2026-11-17,A,10,100,Kupno", "2026-11-18,A,5,100,Sprzedaż");
    expect(() => read(unknown, { columns: { side: "Type" } })).toThrow(
      'transactions.csv line 2, column Type: "Kupno" is neither a purchase nor a sale, as in all 2 rows: 1 × "Kupno", 1 × "Sprzedaż"; `sides` in settings.json',
    );
    const sides = { buy: ["kupno"], sell: ["SPRZEDAŻ"] };
    expect(values(read(unknown, { columns: { side: "Type" }, sides }))).toEqual(soldByHalf);
  });

  it("counts rows without a word, and rows that end before it, and shows five words", () => {
    const words = ["", "a", "b", "c", "d", "e", "e"].map((word) => `2026-11-17,A,1,100,${word}`);
    const rows = native("2026-11-17,A,10,100,Buy", "2026-11-18,A,5,100,Sell", ...words, "2026-11-17,A,1,100");
    const passed = '8 rows were passed over: 2 × "", 1 × "a", 1 × "b", 1 × "c", 1 × "d", 1 other word';
    const { warnings } = read(rows, { columns: { side: "Type" } });
    const detail = `${passed}, neither a purchase nor a sale; if one is, \`sides\` in settings.json names its word`;
    expect(warnings).toEqual([{ file: "transactions.csv", line: 4, column: "Type", detail }]);
  });

  it("is none that is read as something else: a symbol may be a word of a side", () => {
    const rename = (text: string) => text.replaceAll("A,", "SELL,");
    const { transactions } = portfolioOfFiles({
      "holdings.csv": rename(holdingsFile),
      "closes.csv": rename(closesFile),
      "transactions.csv": "date,symbol,quantity,price\n2026-11-17,SELL,5,100\n",
    });
    expect(transactions.get("SELL")).toEqual([{ date: "2026-11-17", quantity: 5, price: 100 }]);
  });

  it("refuses a quantity whose sign is against it", () => {
    const against = native("2026-11-17,A,-10,100,Buy", "2026-11-18,A,5,100,Sell");
    expect(() => read(against, { columns: { side: "Type" } })).toThrow(
      'transactions.csv line 2, column quantity: -10 is negative, but "Buy" is a purchase',
    );
  });

  it("may be a constant, for a file of purchases alone", () => {
    const bought = native("2026-11-17,A,10,100,x");
    const portfolio = portfolioOfFiles({
      "holdings.csv": holdingsFile,
      "closes.csv": closesFile,
      "transactions.csv": `${bought.rows.join("\n")}\n`,
      "settings.json": { files: { "transactions.csv": { constants: { side: "buy" } } } },
    });
    expect(details(portfolio)).toEqual([expect.stringContaining("10")]);
  });
});

it("knows the words that FORMAT.md lists", () => {
  const text = readFileSync(join(__dirname, "../../data/FORMAT.md"), "utf8").replaceAll("\n", " ");
  const [, buy = "", sell = ""] = /a purchase is (`buy`.*?); a sale is (`sell`.*?);/.exec(text) ?? [];
  const listed = (words: string) => [...words.matchAll(/`([^`]+)`/g)].map(([, word]) => word);
  expect({ buy: listed(buy), sell: listed(sell) }).toEqual(usualWords);
});
