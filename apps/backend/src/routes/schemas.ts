import { z } from "@hono/zod-openapi";

/** What the API answers: the types of `analytics/` in the words of OpenAPI. */

export const amount = (description: string) =>
  z.number().openapi({ description: `${description}. Unit: the base currency.` });
export const ratio = (description: string) => z.number().openapi({ description: `${description}. Unit: part of 1.` });
export const day = (description: string) => z.iso.date().openapi({ description });
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .openapi({ description: "ISO 4217", example: "USD" });
export const baseCurrency = currency.nullable().openapi({
  description: "The base currency, ISO 4217; null in a portfolio that has no holdings and names none",
});

export const placeSchema = z.object({
  file: z.string(),
  line: z.int().min(1).optional().openapi({ description: "Of the text, from 1" }),
  column: z
    .union([z.string(), z.int().min(1)])
    .optional()
    .openapi({ description: "Header of a CSV file's column, or position in the line of a JSON file, from 1" }),
  detail: z.string().openapi({ description: "What was found, and what is allowed" }),
});

export const sourceSchema = z
  .object({
    name: z.string().openapi({ description: "Name of the portfolio's folder", example: "sample" }),
    sample: z.boolean().openapi({ description: "Invented sample data" }),
    loadedAt: z.iso.datetime().openapi({ description: "When the portfolio shown was read" }),
    error: z
      .string()
      .optional()
      .openapi({ description: "Why the files as they are now are not shown; the last good ones are" }),
    problem: placeSchema.optional().openapi({ description: "The same as `error`, in parts" }),
    warnings: z.array(placeSchema).readonly().openapi({
      description:
        "What to know of the portfolio shown: rows that were passed over, a holding that is not the sum of its transactions, prices and dates that look mistaken; at most five of a kind. `detail` says what was found and how it counts",
    }),
  })
  .openapi("Source");

export const shareFields = {
  value: amount("Value of what is held, less what is owed"),
  weight: ratio("value / gross value of the portfolio, Σ |value|"),
};

export const assetSchema = z
  .object({
    symbol: z.string(),
    name: z.string(),
    assetClass: z.string(),
    sector: z.string().nullable().openapi({ description: "Null when the file names none" }),
    currency: currency.openapi({ description: "ISO 4217; of `price` and `costPerUnit`", example: "EUR" }),
    quantity: z.number().openapi({ description: "Units now; negative when sold short, 0 when nothing is left" }),
    costPerUnit: z.number().openapi({ description: "Paid for one unit. Unit: `currency`." }),
    costRate: z
      .number()
      .nullable()
      .openapi({ description: "Base currency paid for one unit of `currency`; null when unknown" }),
    price: z.number().openapi({
      description: "Latest close, or the mean price of a later day's transactions. Unit: `currency`.",
    }),
    priceDate: day("Day of `price`"),
    rate: z.number().openapi({ description: "Base currency for one unit of `currency`, latest" }),
    value: amount("quantity * price * rate"),
    cost: amount(
      "quantity * costPerUnit * costRate, or * rate when costRate is unknown: then without the currency's own gain",
    ),
    gain: amount("value - cost"),
    gainRatio: ratio("gain / |cost|; null when the cost is 0").nullable(),
    weight: ratio(
      "value / gross value of the portfolio, Σ |value|: the share of the whole, when nothing is sold short",
    ),
    dayChangeRatio: ratio(
      "price / price on the day of the history before - 1, in the asset's currency; 0 on its first day, null after a price of 0",
    ).nullable(),
  })
  .openapi("Asset");

export const historySchema = z
  .array(
    z.object({
      date: day("A day of the history"),
      value: amount("Value at the end of the day"),
      growth: z.number().nullable().openapi({
        description:
          "What 1 has become since the first day: Π (1 + r), r as in timeWeightedReturn; null where undefined",
      }),
      benchmarkGrowth: z
        .number()
        .nullable()
        .openapi({ description: "The same of the benchmark, from the first common day" }),
    }),
  )
  .readonly()
  .openapi("History");
