import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PortfolioContent, PortfolioFile } from "./read-files";
import { parsePortfolio, readPortfolio } from "./read-portfolio";

const header = "symbol,name,assetClass,currency,quantity,costPerUnit";
const alpha = { symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 2, costPerUnit: 10 };
const closes = "date,symbol,close\n2026-11-20,A,12\n2026-11-19,A,11\n";

const read = (files: Partial<Record<PortfolioFile, string | Uint8Array>>) => {
  const content = Object.entries(files).map(([file, text]) => [file as PortfolioFile, Buffer.from(text)] as const);
  return parsePortfolio(new Map(content) satisfies PortfolioContent, "the test");
};
const settings = (value: object) => JSON.stringify(value);

it("reads a folder's holdings, and orders their closes by date", () => {
  const folder = mkdtempSync(join(tmpdir(), "portfolio-"));
  try {
    writeFileSync(join(folder, "holdings.csv"), `${header}\nA,Alpha,Stocks,USD,2,10\n`);
    writeFileSync(join(folder, "closes.csv"), closes);
    const portfolio = readPortfolio(folder);
    expect(portfolio.holdings).toEqual([{ ...alpha, sector: null, costRate: null }]);
    expect(portfolio.closes.get("A")).toEqual([
      { date: "2026-11-19", close: 11 },
      { date: "2026-11-20", close: 12 },
    ]);
    expect(portfolio).toMatchObject({ baseCurrency: "USD", benchmark: null, riskFreeRate: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("reads a portfolio without holdings", () => {
  const portfolio = read({
    "holdings.csv": header,
    "closes.csv": closes,
    "rates.csv": "date,from,to,rate\n2026-11-20,EUR,USD,1.1\n",
  });
  expect(portfolio).toMatchObject({ baseCurrency: null, holdings: [] });
});

it("counts lines as an editor does, also below blank lines and line breaks in cells", () => {
  const rows = ["A,Alpha,Stocks,USD,1,1", "", ",,,,,", 'B,Beta,"Sto\ncks",USD,1,1', "C,Gamma,Stocks,USD,x,1"];
  const ignore = { "holdings.csv": { ignore: { symbol: ["B"] } } };
  const files = { "holdings.csv": [header, ...rows].join("\n"), "closes.csv": closes };
  expect(() => read({ ...files, "settings.json": settings({ files: ignore }) })).toThrow(
    "holdings.csv line 7, column quantity",
  );
});

it("takes short positions, and those of which nothing is left", () => {
  const { holdings } = read({
    "holdings.csv": `${header}\nA,Alpha,Stocks,USD,-2,10\nB,Beta,Stocks,USD,0,10\n`,
    "closes.csv": `${closes}2026-11-20,B,0\n`,
  });
  expect(holdings.map(({ quantity }) => quantity)).toEqual([-2, 0]);
});

it("reads a broker's export by its mapping", () => {
  const holdings = [
    "Positions of account 1234",
    "",
    'Ticker;Description;Type;Shares;"Cost basis"',
    'A;"Alpha; Inc.";Equity;1.234,5;€ 2.469,00',
    "B;Béta;Equity;(2);1,00",
    "TOTAL;;;;2.470,00",
    "",
    "Not an offer; no advice",
  ];
  const files = {
    "holdings.csv": {
      columns: { symbol: "Ticker", name: "Description", assetClass: "Type", quantity: "Shares", cost: "Cost basis" },
      constants: { currency: "EUR" },
      ignore: { Ticker: ["TOTAL"] },
      delimiter: ";",
      decimal: ",",
      grouping: ".",
      skipLines: 2,
      endAtBlankLine: true,
      encoding: "windows-1252",
    },
    "closes.csv": { columns: { date: "Datum", close: "Kurs" }, dates: "DD.MM.YYYY", delimiter: ";", decimal: "," },
  };
  const portfolio = read({
    "holdings.csv": Buffer.from(holdings.join("\r\n"), "latin1").map((byte, index, all) =>
      all[index] === 0xac ? 0x80 : byte,
    ),
    "closes.csv": "Datum;symbol;Kurs\n20.11.2026;A;2,5\n20.11.2026;B;1\n",
    "settings.json": settings({ files }),
  });
  expect(portfolio.holdings).toEqual([
    expect.objectContaining({ symbol: "A", name: "Alpha; Inc.", currency: "EUR", quantity: 1234.5, costPerUnit: 2 }),
    expect.objectContaining({ symbol: "B", name: "Béta", quantity: -2, costPerUnit: 0.5 }),
  ]);
  expect(portfolio.closes.get("A")).toEqual([{ date: "2026-11-20", close: 2.5 }]);
});

it("names the export's own column in a problem", () => {
  const files = { "holdings.csv": { columns: { quantity: "Shares" } } };
  expect(() =>
    read({
      "holdings.csv": `${header.replace("quantity", "Shares")}\nA,Alpha,Stocks,USD,many,1\n`,
      "closes.csv": closes,
      "settings.json": settings({ files }),
    }),
  ).toThrow('holdings.csv line 2, column Shares: "many" is not a number');
});

it("reads rates whichever way round they are, and needs one for each foreign holding", () => {
  const files = { "holdings.csv": `${header}\nA,Alpha,Stocks,EUR,2,10\n`, "closes.csv": closes };
  const inDollars = settings({ baseCurrency: "USD" });
  const rates = (row: string) => `date,from,to,rate\n${row}\n`;
  const rateOf = (row: string) =>
    read({ ...files, "settings.json": inDollars, "rates.csv": rates(row) }).rates.get("EUR");
  expect(rateOf("2026-11-20,EUR,USD,1.25")).toEqual([{ date: "2026-11-20", rate: 1.25 }]);
  expect(rateOf("2026-11-20,USD,EUR,0.8")).toEqual([{ date: "2026-11-20", rate: 1.25 }]);
  expect(() => rateOf("2026-11-21,EUR,USD,1.25")).toThrow(
    'holdings.csv line 2, column currency: "EUR" has no rate to USD on or before 2026-11-20',
  );
});

it("reads splits as a number or a proportion, several transactions on a day, and the settings", () => {
  const portfolio = read({
    "holdings.csv": `${header},sector,costRate\nA,Alpha,Stocks,USD,2,10,Energy,1\n`,
    "closes.csv": `${closes}2026-11-20,W,5\n`,
    "splits.csv": "date,symbol,ratio\n2026-11-19,A,1:10\n2026-11-20,A,1.5\n",
    "dividends.csv": "date,symbol,amount\n2026-11-20,A,0.5\n2026-11-20,UNKNOWN,1\n",
    "transactions.csv": "date,symbol,quantity,price\n2026-11-20,A,3,11\n2026-11-20,A,-1,12\n",
    "settings.json": settings({ benchmark: { symbol: "W", name: "World" }, riskFreeRate: 0.03 }),
  });
  expect(portfolio.holdings[0]).toMatchObject({ sector: "Energy", costRate: 1 });
  expect(portfolio.splits.get("A")).toEqual([
    { date: "2026-11-19", ratio: 0.1 },
    { date: "2026-11-20", ratio: 1.5 },
  ]);
  expect(portfolio.transactions.get("A")).toHaveLength(2);
  expect(portfolio).toMatchObject({ benchmark: { symbol: "W", name: "World", currency: "USD" }, riskFreeRate: 0.03 });
});

it("reads the same from JSON as from CSV", () => {
  const fromCsv = read({
    "holdings.csv": `${header}\nA,Alpha,Stocks,USD,2,10\n`,
    "closes.csv": closes,
    "dividends.csv": "date,symbol,amount\n2026-11-20,A,0.5\n",
    "settings.json": settings({ riskFreeRate: 0.02 }),
  });
  const fromJson = read({
    "portfolio.json": JSON.stringify({
      riskFreeRate: 0.02,
      holdings: [alpha],
      closes: [
        { date: "2026-11-20", symbol: "A", close: 12 },
        { date: "2026-11-19", symbol: "A", close: 11 },
      ],
      dividends: [{ date: "2026-11-20", symbol: "A", amount: 0.5 }],
    }),
  });
  expect(fromJson).toEqual(fromCsv);
});
