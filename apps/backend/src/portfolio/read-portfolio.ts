import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Close, Holding, Portfolio } from "./portfolio";

/** Something is wrong with a file of the portfolio; the message says where and what is allowed. */
export class PortfolioError extends Error {}

const positive = (what: string) =>
  z.string().transform((text, context) => {
    const value = Number(text);
    if (text !== "" && Number.isFinite(value) && value > 0) return value;
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
  return { holdings, closes };
}

function readRows<Schema extends z.ZodObject>(folder: string, file: string, schema: Schema): z.infer<Schema>[] {
  const columns = Object.keys(schema.shape);
  const [header = [], ...rows] = parseCsv(folder, file);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new PortfolioError(`${file} row 1 has no column ${missing.join(", ")}; it needs ${columns.join(", ")}`);
  }
  return rows.map((cells, index) => {
    const row = Object.fromEntries(header.map((column, position) => [column, cells[position] ?? ""]));
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const column = String(issue?.path[0]);
    // Row 1 is the header, as a spreadsheet counts.
    throw new PortfolioError(
      `${file} row ${index + 2}, column ${column}: ${JSON.stringify(row[column])} ${issue?.message}`,
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
    return parse(content, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new PortfolioError(`${file} is not CSV: ${(error as Error).message}`);
  }
}

function groupBySymbol(rows: readonly (Close & { symbol: string })[]): Map<string, Close[]> {
  const closes = new Map<string, Close[]>();
  for (const { symbol, date, close } of rows) {
    const list = closes.get(symbol) ?? [];
    list.push({ date, close });
    closes.set(symbol, list);
  }
  for (const list of closes.values()) list.sort((a, b) => a.date.localeCompare(b.date));
  return closes;
}

function checkHoldings(holdings: readonly Holding[], closes: ReadonlyMap<string, readonly Close[]>): void {
  for (const [index, { symbol, currency }] of holdings.entries()) {
    const where = `holdings.csv row ${index + 2}`;
    if (!closes.has(symbol)) {
      throw new PortfolioError(`${where}, column symbol: "${symbol}" has no close in closes.csv`);
    }
    if (holdings.findIndex((other) => other.symbol === symbol) < index) {
      throw new PortfolioError(`${where}, column symbol: "${symbol}" stands here for the second time`);
    }
    const first = holdings[0]?.currency;
    if (currency !== first) {
      throw new PortfolioError(
        `${where}, column currency: "${currency}" differs from ${first}; one currency is supported`,
      );
    }
  }
}
