import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPortfolio } from "./read-portfolio";

const header = "symbol,name,assetClass,currency,quantity,costPerUnit";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portfolio-"));
  write(["A,Alpha,Stocks,USD,2,10"]);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(holdings: string[], closes = ["2026-11-20,A,12", "2026-11-19,A,11"]): void {
  writeFileSync(join(folder, "holdings.csv"), [header, ...holdings].join("\n"));
  writeFileSync(join(folder, "closes.csv"), ["date,symbol,close", ...closes].join("\n"));
}

it("reads holdings and orders their closes by date", () => {
  const { holdings, closes } = readPortfolio(folder);
  expect(holdings).toEqual([
    { symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 2, costPerUnit: 10 },
  ]);
  expect(closes.get("A")).toEqual([
    { date: "2026-11-19", close: 11 },
    { date: "2026-11-20", close: 12 },
  ]);
});

it("reads a portfolio without holdings", () => {
  write([], []);
  expect(readPortfolio(folder).holdings).toEqual([]);
});

it.each([
  [
    "a quantity that is no number",
    ["A,Alpha,Stocks,USD,abc,10"],
    'holdings.csv row 2, column quantity: "abc" is not a number greater than 0',
  ],
  ["a quantity of zero", ["A,Alpha,Stocks,USD,0,10"], 'holdings.csv row 2, column quantity: "0" is not'],
  ["a missing cell", ["A,Alpha,Stocks,USD,1"], 'holdings.csv row 2, column costPerUnit: "" is not a price'],
  ["an unknown currency", ["A,Alpha,Stocks,dollars,1,1"], 'column currency: "dollars" is not a currency code'],
  [
    "a symbol without a close",
    ["A,Alpha,Stocks,USD,1,1", "B,Beta,Stocks,USD,1,1"],
    'holdings.csv row 3, column symbol: "B" has no close',
  ],
  [
    "a comma that splits a number",
    ["A,Alpha,Stocks,USD,1,200,10"],
    "holdings.csv row 2 has 7 cells, the header 6; put a value with a comma",
  ],
  ["a hexadecimal quantity", ["A,Alpha,Stocks,USD,0x10,1"], 'column quantity: "0x10" is not a number'],
  [
    "a row below a blank one",
    ["A,Alpha,Stocks,USD,1,1", "", ",,,,,", "B,Beta,Stocks,USD,x,1"],
    "holdings.csv row 5, column",
  ],
  [
    "a symbol twice",
    ["A,Alpha,Stocks,USD,1,1", "A,Alpha,Stocks,USD,1,1"],
    'holdings.csv row 3, column symbol: "A" stands here',
  ],
])("names file, row and column of %s", (_, holdings, message) => {
  write(holdings);
  expect(() => readPortfolio(folder)).toThrow(message);
});

it("names a bad date in the closes", () => {
  write(["A,Alpha,Stocks,USD,1,1"], ["2026-13-01,A,1"]);
  expect(() => readPortfolio(folder)).toThrow('closes.csv row 2, column date: "2026-13-01" is not a date');
});

it("refuses a day that a symbol has twice: it would count as two holdings' history", () => {
  write(["A,Alpha,Stocks,USD,1,1"], ["2026-11-20,A,1", "2026-11-20,A,2"]);
  expect(() => readPortfolio(folder)).toThrow(
    'closes.csv row 3, column date: "2026-11-20" stands here for the second time for "A"',
  );
});

it("names a missing column and a missing file", () => {
  writeFileSync(join(folder, "holdings.csv"), "symbol,name\nA,Alpha\n");
  expect(() => readPortfolio(folder)).toThrow(
    "holdings.csv row 1 has no column assetClass, currency, quantity, costPerUnit",
  );
  rmSync(join(folder, "holdings.csv"));
  expect(() => readPortfolio(folder)).toThrow("holdings.csv is missing or unreadable");
});
