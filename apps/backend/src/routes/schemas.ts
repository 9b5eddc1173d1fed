import { z } from "@hono/zod-openapi";

/** What the API answers: the types of `portfolio/` in the words of OpenAPI. Amounts are in `currency`; ratios are parts of 1. */
export const sourceSchema = z
  .object({
    name: z.string().openapi({ description: "Name of the portfolio's folder", example: "sample" }),
    sample: z.boolean().openapi({ description: "Invented sample data" }),
    loadedAt: z.iso.datetime(),
    error: z
      .string()
      .optional()
      .openapi({ description: "Why the files as they are now are not shown; the last good ones are" }),
  })
  .openapi("Source");

const amount = (description: string) =>
  z.number().openapi({ description: `${description}, in the currency of the portfolio` });
const ratio = (description: string) => z.number().openapi({ description: `${description}, as a part of 1` });
const date = z.iso.date().nullable();

export const insightsSchema = z
  .object({
    asOf: date,
    concentration: z.object({
      herfindahl: ratio("Sum of squared weights"),
      effectiveHoldings: z
        .number()
        .openapi({ description: "1 / herfindahl: as many equal holdings would be as concentrated" }),
      largest: z.object({ symbol: z.string(), weight: ratio("Weight") }).nullable(),
    }),
    volatility: ratio("Sample standard deviation of simple daily returns, times the square root of 252").nullable(),
    maxDrawdown: z
      .object({ ratio: ratio("Largest fall from a peak"), peakDate: z.iso.date(), troughDate: z.iso.date() })
      .nullable(),
    findings: z.array(z.object({ id: z.string(), severity: z.enum(["info", "watch", "act"]), text: z.string() })),
  })
  .openapi("Insights");

export const assetsSchema = z
  .object({
    asOf: date,
    currency: z.string().nullable().openapi({ description: "ISO 4217; null without holdings", example: "USD" }),
    source: sourceSchema,
    totals: z.object({
      value: amount("Value at the latest closes"),
      cost: amount("What was paid"),
      gain: amount("value - cost"),
      gainRatio: ratio("gain / cost"),
      dayChange: amount("Change since the previous closes"),
      dayChangeRatio: ratio("Change since the previous closes"),
    }),
    allocation: z.array(z.object({ assetClass: z.string(), value: amount("Value"), weight: ratio("Weight") })),
    assets: z.array(
      z.object({
        symbol: z.string(),
        name: z.string(),
        assetClass: z.string(),
        quantity: z.number(),
        costPerUnit: amount("Paid for one unit"),
        price: amount("Latest close"),
        value: amount("quantity * price"),
        gain: amount("value - quantity * costPerUnit"),
        gainRatio: ratio("gain / cost"),
        weight: ratio("Weight in the portfolio"),
        dayChangeRatio: ratio("Change since the previous close"),
      }),
    ),
    insights: insightsSchema.optional(),
  })
  .openapi("Assets");

/** RFC 9457. */
export const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.number().int(), detail: z.string().optional() })
  .openapi("Problem");
