import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Close, Holding, Portfolio } from "./portfolio";

/** Something is wrong with a file of the portfolio; the message says where and what is allowed. */
export class PortfolioError extends Error {}

/** A row of a file; `row` counts from 1, the header, as a spreadsheet does. */
interface Row<Data> {
  readonly row: number;
  readonly data: Data;
}

const positive = (what: string) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    // `Number` also takes "0x10" and "1e3", which nobody means in a portfolio.
    if (/^\d*\.?\d+$/.test(text) && Number.isFinite(value) && value > 0) return value;
    context.addIssue({ code: "custom", message: `is not ${what} greater than 0` });
    return z.NEVER;
  });
const text = z.string().min(1, "is empty");

const holdingRow = z.object({
  symbol: text,
  name: text,
  assetClass: text,
  currency: z.string().regex(/^[A-Z]{3}$/, "is not a currency code of three capitals, such as USD"),
  quantity: positive("a number"),
  costPerUnit: positive("a price"),
});
const closeRow = z.object({
  date: z.iso.date("is not a date such as 2026-11-20"),
  symbol: text,
  close: positive("a price"),
});

/** Reads `holdings.csv` and `closes.csv` of a folder. Throws a PortfolioError that names file, row and column. */
export function readPortfolio(folder: string): Portfolio {
  const holdings = readRows(folder, "holdings.csv", holdingRow);
  const closes = groupBySymbol(readRows(folder, "closes.csv", closeRow));
  checkHoldings(holdings, closes);
  return { holdings: holdings.map(({ data }) => data), closes };
}

function readRows<Schema extends z.ZodObject>(folder: string, file: string, schema: Schema): Row<z.infer<Schema>>[] {
  const columns = Object.keys(schema.shape);
  const [header = [], ...rows] = parseCsv(folder, file);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new PortfolioError(`${file} row 1 has no column ${missing.join(", ")}; it needs ${columns.join(", ")}`);
  }
  return rows
    .map((cells, index) => ({ cells, row: index + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map(({ cells, row }) => {
      // 1,200 without quotes is two cells, and would shift what follows it.
      if (cells.length > header.length) {
        throw new PortfolioError(
          `${file} row ${row} has ${cells.length} cells, the header ${header.length}; put a value with a comma into "quotes", a number without its comma`,
        );
      }
      const record = Object.fromEntries(header.map((column, position) => [column, cells[position] ?? ""]));
      const result = schema.safeParse(record);
      if (result.success) return { row, data: result.data };
      const issue = result.error.issues[0];
      const column = String(issue?.path[0]);
      throw new PortfolioError(
        `${file} row ${row}, column ${column}: ${JSON.stringify(record[column])} ${issue?.message}`,
      );
    });
}

function parseCsv(folder: string, file: string): string[][] {
  let content: string;
  try {
    content = readFileSync(join(folder, file), "utf8");
  } catch {
    throw new PortfolioError(
      `${file} is missing or unreadable in ${folder}; PORTFOLIO_DIR names a folder with holdings.csv and closes.csv`,
    );
  }
  try {
    return parse(content, { bom: true, trim: true, relax_column_count: true });
  } catch (error) {
    throw new PortfolioError(`${file} is not CSV: ${(error as Error).message}`);
  }
}

function groupBySymbol(rows: readonly Row<Close & { symbol: string }>[]): Map<string, Close[]> {
  const closes = new Map<string, Map<string, Close>>();
  for (const { row, data } of rows) {
    const { symbol, date, close } = data;
    const days = closes.get(symbol) ?? new Map<string, Close>();
    if (days.has(date)) {
      throw new PortfolioError(
        `closes.csv row ${row}, column date: "${date}" stands here for the second time for "${symbol}"`,
      );
    }
    closes.set(symbol, days.set(date, { date, close }));
  }
  const oldestFirst = (days: Map<string, Close>) => [...days.values()].sort((a, b) => a.date.localeCompare(b.date));
  return new Map([...closes].map(([symbol, days]) => [symbol, oldestFirst(days)]));
}

function checkHoldings(holdings: readonly Row<Holding>[], closes: ReadonlyMap<string, readonly Close[]>): void {
  const seen = new Set<string>();
  for (const { row, data } of holdings) {
    const { symbol, currency } = data;
    const where = `holdings.csv row ${row}`;
    if (!closes.has(symbol)) {
      throw new PortfolioError(`${where}, column symbol: "${symbol}" has no close in closes.csv`);
    }
    if (seen.has(symbol)) {
      throw new PortfolioError(`${where}, column symbol: "${symbol}" stands here for the second time`);
    }
    seen.add(symbol);
    const first = holdings[0]?.data.currency;
    if (currency !== first) {
      throw new PortfolioError(
        `${where}, column currency: "${currency}" differs from ${first}; one currency is supported`,
      );
    }
  }
}
