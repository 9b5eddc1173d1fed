import { z } from "zod";

/** Beyond these an amount is a mistake, and products and sums of such might lose their digits or overflow. */
const largest = 1e15;
const smallest = 1e-12;
const currencyMessage = "is not a currency code of three capitals, such as USD";

export const currencyCode = z.string(currencyMessage).regex(/^[A-Z]{3}$/, currencyMessage);

/** Text that a page and a spreadsheet can show as it is. */
export const label = (longest: number) =>
  z
    .string("is not text")
    .min(1, "is empty")
    .max(longest, `is longer than ${longest} characters`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/, "holds a control character or a line break")
    .regex(/^[^=+\-@]/, "begins with = + - or @, which a spreadsheet would run as a formula");

const symbol = label(32);
const dateMessage = "is not a date such as 2026-11-20, from 1900 to 2199";
const date = z.iso.date(dateMessage).regex(/^(19|20|21)/, dateMessage);

const isReasonable = (value: number) => value === 0 || (Math.abs(value) >= smallest && Math.abs(value) <= largest);
const number = (what: string, isAllowed: (value: number) => boolean = () => true, remedy = "") => {
  const message = `is not ${what}${remedy}`;
  return z.number(message).refine((value) => isReasonable(value) && isAllowed(value), message);
};
const notNegative = (what: string) => number(`${what}, 0 or more`, (value) => value >= 0);
const positive = (what: string) => number(`${what} greater than 0`, (value) => value > 0);

const passedOver =
  "; rows that are neither a purchase nor a sale are passed over by `side` or `ignore` in settings.json";

const holding = z
  .object({
    symbol,
    name: label(200),
    assetClass: label(64),
    sector: label(64).optional(),
    currency: currencyCode,
    quantity: number("a number such as 12.5"),
    costPerUnit: notNegative("a price").optional(),
    cost: notNegative("an amount").optional(),
    costRate: positive("a rate").optional(),
  })
  .refine(({ costPerUnit, cost }) => costPerUnit !== undefined || cost !== undefined, {
    path: ["costPerUnit"],
    message: "is not a price, 0 or more; `cost`, of all units together, would do too",
  });

/** The rows of each table: its columns, and what they may hold. A CSV file has the table's name. */
export const tables = {
  holdings: holding,
  closes: z.object({ date, symbol, close: notNegative("a price") }),
  rates: z.object({ date, from: currencyCode, to: currencyCode, rate: positive("a rate") }),
  splits: z.object({ date, symbol, ratio: positive("a ratio such as 4 or 1:10,") }),
  dividends: z.object({ date, symbol, amount: notNegative("an amount") }),
  transactions: z.object({
    date,
    symbol,
    quantity: number("a number other than 0", (value) => value !== 0, passedOver),
    price: notNegative("a price"),
    side: z.string("is not text").optional(),
  }),
} as const satisfies Record<string, z.ZodObject>;

export type TableName = keyof typeof tables;
export type TableRow<Name extends TableName> = z.infer<(typeof tables)[Name]>;
export const tableNames = Object.keys(tables) as TableName[];
/** Without these there is no portfolio. */
export const requiredTables: readonly TableName[] = ["holdings", "closes"];
export const mostRows: Readonly<Record<TableName, number>> = {
  holdings: 1000,
  closes: 250_000,
  rates: 200_000,
  splits: 2000,
  dividends: 100_000,
  transactions: 100_000,
};

export type CellKind = "text" | "date" | "number" | "ratio";

/** How a cell of a CSV file is read; columns of one name are alike in all tables. */
export function cellKind(column: string): CellKind {
  if (column === "date" || column === "ratio") return column;
  return ["quantity", "costPerUnit", "cost", "costRate", "close", "rate", "amount", "price"].includes(column)
    ? "number"
    : "text";
}

export function columnsOf(table: TableName): { readonly required: string[]; readonly optional: string[] } {
  const names = Object.keys(tables[table].shape);
  const isOptional = (name: string) => ["sector", "cost", "costRate", "side"].includes(name);
  return { required: names.filter((name) => !isOptional(name)), optional: names.filter(isOptional) };
}
