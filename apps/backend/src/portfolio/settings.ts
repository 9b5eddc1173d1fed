import { z } from "zod";
import { currencyCode, label, type TableName, tableNames } from "./tables";

const header = z.string().min(1).max(200);

/** How an export differs from the files that the backend reads as they are. */
export const fileFormat = z.strictObject({
  /** Our column to the export's header. */
  columns: z.record(z.string(), header).default({}),
  /** Our column to a value that every row has. */
  constants: z.record(z.string(), z.string()).default({}),
  /** The export's header to cells that mark a row to be passed over, such as a total. */
  ignore: z.record(header, z.array(z.string())).default({}),
  delimiter: z.enum([",", ";", "\t", "|"]).default(","),
  decimal: z.enum([".", ","]).default("."),
  /** Between groups of three digits. */
  grouping: z.enum([",", ".", " ", "'"]).optional(),
  dates: z
    .enum(["YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY"])
    .default("YYYY-MM-DD"),
  /** Lines above the header. */
  skipLines: z.int().min(0).max(100).default(0),
  /** What follows the first blank line below the header is no data. */
  endAtBlankLine: z.boolean().default(false),
  encoding: z.enum(["utf-8", "utf-16le", "windows-1252"]).default("utf-8"),
  /** Cells of the column `side` that mark purchases and sales, beside the usual words. */
  sides: z.strictObject({ buy: z.array(z.string()).optional(), sell: z.array(z.string()).optional() }).optional(),
});

export type FileFormat = z.infer<typeof fileFormat>;

const csvFiles = tableNames.map((name): CsvFile => `${name}.csv`);
export type CsvFile = `${TableName}.csv`;

/** What is no table: of `settings.json`, and of `portfolio.json`. */
export const settings = z.strictObject({
  baseCurrency: currencyCode.optional(),
  benchmark: z
    .strictObject({ symbol: label(32), name: label(200).optional(), currency: currencyCode.optional() })
    .optional(),
  riskFreeRate: z.number().min(-0.5).max(1).default(0),
});

export const settingsFile = settings.extend({ files: z.partialRecord(z.enum(csvFiles), fileFormat).default({}) });

export type Settings = z.infer<typeof settings>;
export type SettingsFile = z.infer<typeof settingsFile>;
