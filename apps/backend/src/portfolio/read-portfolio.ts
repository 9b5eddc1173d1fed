import { z } from "zod";
import { buildPortfolio } from "./build-portfolio";
import type { Input, Table } from "./input";
import type { Portfolio } from "./portfolio";
import { PortfolioError, quoted } from "./portfolio-error";
import { readCsv } from "./read-csv";
import { checkComplete, type PortfolioContent, readFiles } from "./read-files";
import { JsonFile, pathText } from "./read-json";
import { type FileFormat, fileFormat, settings, settingsFile } from "./settings";
import { SideWords, signed, signProblem, UnreadSides } from "./sides";
import { mostRows, type TableName, type TableRow, tables } from "./tables";

const list = <Schema extends z.ZodType>(schema: Schema, table: TableName) =>
  z.array(schema, "is not a list").max(mostRows[table], `has more than ${mostRows[table]} rows`);

/** The settings and the tables, in one file. */
const portfolioFile = settings.extend({
  holdings: list(tables.holdings, "holdings"),
  closes: list(tables.closes, "closes"),
  rates: list(tables.rates, "rates").default([]),
  splits: list(tables.splits, "splits").default([]),
  dividends: list(tables.dividends, "dividends").default([]),
  transactions: list(tables.transactions, "transactions").default([]),
});

/** Reads the portfolio in a folder. Throws a PortfolioError that names file, line and column. */
export function readPortfolio(folder: string): Portfolio {
  return parsePortfolio(readFiles(folder), folder);
}

/** Makes a portfolio of its files' content. Throws a PortfolioError that names file, line and column. */
export function parsePortfolio(content: PortfolioContent, where: string): Portfolio {
  checkComplete(content, where);
  const json = content.get("portfolio.json");
  return buildPortfolio(json ? readJson(json) : readCsvFiles(content));
}

function readJson(bytes: Uint8Array): Input {
  const file = new JsonFile("portfolio.json", bytes);
  const { baseCurrency, benchmark, riskFreeRate, ...parsed } = file.parse(portfolioFile);
  const rows = { ...parsed, transactions: signedRows(parsed.transactions, file) };
  const table = <Name extends TableName>(name: Name): Table<Name> => ({
    rows: rows[name] as TableRow<Name>[],
    error: (row, column, detail) => {
      const path = [name, row, column];
      return new PortfolioError(file.place(path), `${pathText(path)} ${detail}`);
    },
  });
  return {
    settings: { baseCurrency, benchmark, riskFreeRate },
    settingsError: (key, detail) => new PortfolioError(file.place([key]), `${key} ${detail}`),
    ...tablesFrom(table),
  };
}

function readCsvFiles(content: PortfolioContent): Input {
  const bytes = content.get("settings.json");
  const file = new JsonFile("settings.json", bytes ?? Buffer.from("{}"));
  const { files, ...rest } = file.parse(settingsFile);
  const table = <Name extends TableName>(name: Name): Table<Name> => {
    const csv = content.get(`${name}.csv`);
    if (!csv) return noRows;
    try {
      return readTable(name, csv, files[`${name}.csv`] ?? fileFormat.parse({}));
    } catch (error) {
      if (!(error instanceof PortfolioError && error.place.file === "settings.json")) throw error;
      throw new PortfolioError(file.place(["files", `${name}.csv`]), error.detail);
    }
  };
  return {
    settings: rest,
    settingsError: (key, detail) => new PortfolioError(file.place([key]), `${key} ${detail}`),
    ...tablesFrom(table),
  };
}

/** Transactions with the signs of their sides. Throws a PortfolioError where one is not known. */
function signedRows(rows: readonly TableRow<"transactions">[], file: JsonFile): TableRow<"transactions">[] {
  const error = (row: number, column: string, detail: string) => {
    const path = ["transactions", row, column];
    return new PortfolioError(file.place(path), `${pathText(path)} ${detail}`);
  };
  if (rows.every(({ side }) => side === undefined)) {
    const against = unreadSidesOf(rows, (file.value as { transactions?: object[] }).transactions ?? []);
    if (against)
      throw error(against.row, against.column, `${against.detail}; \`side\`, "buy" or "sell", says what a row is`);
    return [...rows];
  }
  const words = new SideWords();
  return rows.map(({ side: cell = "", ...row }, index) => {
    const side = words.sideOf(cell);
    if (!side) throw error(index, "side", `${quoted(cell)} is neither "buy" nor "sell"; other rows do not belong here`);
    const problem = signProblem(row.quantity, cell, side);
    if (problem) throw error(index, "quantity", problem);
    return { ...row, side, quantity: signed(row.quantity, side) };
  });
}

function unreadSidesOf(rows: readonly TableRow<"transactions">[], written: readonly object[]) {
  const known = Object.keys(tables.transactions.shape);
  const unread = new UnreadSides();
  rows.forEach(({ quantity }, row) => {
    const texts = Object.entries(written[row] ?? {}).filter(
      ([key, value]) => !known.includes(key) && typeof value === "string",
    );
    unread.take(quantity, texts);
  });
  return unread.found();
}

const noRows = {
  rows: [],
  error: () => {
    throw new Error("a row of a table without rows");
  },
};

function tablesFrom(table: <Name extends TableName>(name: Name) => Table<Name>): Pick<Input, TableName> {
  return {
    holdings: table("holdings"),
    closes: table("closes"),
    rates: table("rates"),
    splits: table("splits"),
    dividends: table("dividends"),
    transactions: table("transactions"),
  };
}

function readTable<Name extends TableName>(name: Name, bytes: Uint8Array, format: FileFormat): Table<Name> {
  const csv = readCsv(name, bytes, format);
  return {
    rows: csv.rows,
    warnings: csv.warnings,
    error: (row, column, detail) => new PortfolioError(csv.place(row, column), detail),
  };
}
