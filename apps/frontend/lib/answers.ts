import { z } from "zod";
import { spacings } from "./spacing";

/**
 * What the API answers, as far as the screens read it. Ratios are parts of 1; amounts are in the portfolio's currency. Checked when an answer
 * comes, so not only types: `answers.test.ts` holds it against the API's description and real answers. openapi-typescript 7 generates types
 * with the compiler API of TypeScript 5, which TypeScript 7 does not have.
 */

const ratio = z.number().nullable();
const day = z.iso.date();
/** ISO 4217: `Intl` throws on anything else, in the middle of rendering. */
const currency = z.string().regex(/^[A-Z]{3}$/, "must be three capital letters");
const share = { value: z.number(), weight: z.number() };

const source = z.object({
  name: z.string(),
  /** Made-up numbers: every screen says so. */
  sample: z.boolean(),
  loadedAt: z.iso.datetime(),
  /** Why the latest reading failed; the numbers are then the last good ones. */
  error: z.string().optional(),
  /** What to know of the files that the numbers are from, each with its place. */
  warnings: z
    .array(
      z.object({
        file: z.string(),
        line: z.number().optional(),
        column: z.union([z.string(), z.number()]).optional(),
        detail: z.string(),
      }),
    )
    .default([]),
});

const totals = z.object({
  value: z.number(),
  cost: z.number(),
  gain: z.number(),
  gainRatio: ratio,
  dayChange: z.number(),
  dayChangeRatio: ratio,
  /** What the change is since; null when there is no day before. */
  dayBefore: day.nullable(),
});

const asset = z.object({
  symbol: z.string(),
  name: z.string(),
  assetClass: z.string(),
  sector: z.string().nullable().default(null),
  /** Of `costPerUnit` and `price`. */
  currency,
  quantity: z.number(),
  costPerUnit: z.number(),
  price: z.number(),
  value: z.number(),
  cost: z.number(),
  gain: z.number(),
  gainRatio: ratio,
  weight: z.number(),
  dayChangeRatio: ratio,
});

const listedAsset = asset.extend({
  /** Closes of the last months, downsampled; absent when not asked for. */
  sparkline: z.array(z.number()).default([]),
});

const benchmark = z.object({
  symbol: z.string(),
  name: z.string(),
  from: day,
  to: day,
  timeWeightedReturn: z.number(),
  portfolioReturn: z.number(),
  activeReturn: z.number(),
  beta: ratio,
  correlation: ratio,
  trackingError: ratio,
});

const insights = z.object({
  period: z
    .object({ from: day, to: day, returns: z.number(), spacing: z.enum(spacings), periodsPerYear: z.number() })
    .nullable(),
  timeWeightedReturn: ratio,
  annualisedReturn: ratio,
  benchmark: benchmark.nullable(),
  volatility: ratio,
  riskFreeRate: z.number(),
  sharpeRatio: ratio,
  maxDrawdown: z.object({ ratio: z.number(), peakDate: day, troughDate: day, recoveryDate: day.nullable() }).nullable(),
  valueAtRisk: z
    .object({ horizon: z.enum(spacings), ratio: z.number(), amount: z.number(), expectedShortfall: z.number() })
    .nullable(),
  concentration: z.object({
    herfindahl: z.number(),
    effectiveHoldings: z.number(),
    largest: z.object({ symbol: z.string(), weight: z.number() }).nullable(),
  }),
  exposure: z.object({
    currencies: z.array(z.object({ currency, ...share })),
    sectors: z.array(z.object({ sector: z.string(), ...share })),
  }),
  correlation: z.object({ symbols: z.array(z.string()), matrix: z.array(z.array(ratio)) }),
  income: z
    .object({
      from: day,
      to: day,
      amount: z.number(),
      yield: ratio,
      byHolding: z.array(z.object({ symbol: z.string(), amount: z.number() })),
    })
    .nullable(),
  findings: z.array(z.object({ id: z.string(), severity: z.enum(["info", "watch", "act"]), text: z.string() })),
});

const history = z.array(z.object({ date: day, value: z.number(), growth: ratio, benchmarkGrowth: ratio }));

export const portfolioAnswer = z.object({
  /** The day of the prices; null in an empty portfolio, like the currency. */
  asOf: day.nullable(),
  currency: currency.nullable(),
  source,
  totals,
  allocation: z.array(z.object({ assetClass: z.string(), ...share })),
  page: z.object({ offset: z.number(), limit: z.number(), total: z.number() }),
  assets: z.array(listedAsset),
  insights: insights.optional(),
  history: history.default([]),
});

const dated = <Fields extends z.ZodRawShape>(fields: Fields) => z.array(z.object({ date: day, ...fields }));

export const assetAnswer = z.object({
  asOf: day,
  currency,
  source,
  asset,
  history: dated({ adjustedClose: z.number() }),
  splits: dated({ ratio: z.number() }),
  dividends: dated({ amount: z.number() }),
  transactions: dated({ quantity: z.number(), price: z.number() }),
});

export type PortfolioAnswer = z.infer<typeof portfolioAnswer>;
export type AssetAnswer = z.infer<typeof assetAnswer>;
export type Asset = z.infer<typeof asset>;
export type ListedAsset = z.infer<typeof listedAsset>;
export type Source = z.infer<typeof source>;
export type Warning = Source["warnings"][number];
export type Totals = z.infer<typeof totals>;
export type Insights = z.infer<typeof insights>;
export type Benchmark = z.infer<typeof benchmark>;
export type History = z.infer<typeof history>;
export type Finding = Insights["findings"][number];
