import { z } from "@hono/zod-openapi";
import { spacings } from "../analytics/spacing";
import { amount, baseCurrency, currency, day, historySchema, ratio, shareFields } from "./schemas";

/** Words that several descriptions share. */
const overPeriod = "Period: `period`";
const returns = "r the returns of timeWeightedReturn";
const annualised = "* √periodsPerYear: annualised";

const symbolAndWeight = z.object({ symbol: z.string(), weight: ratio("value / Σ |value|") });

const drawdown = z.object({
  ratio: ratio("max over days of 1 - growth / highest growth so far"),
  peakDate: day("Last day before the fall"),
  troughDate: day("Deepest day"),
  recoveryDate: day("First day back at the peak; null when not yet").nullable(),
});

const valueAtRisk = z.object({
  confidence: z.literal(0.95),
  horizon: z.enum(spacings).openapi({ description: "How long the loss takes: `period.spacing`" }),
  ratio: ratio(
    `Loss that one period in twenty exceeds: minus the 5 % quantile of r, between two returns by linear interpolation. ${overPeriod}. Source: historical simulation, Jorion, Value at Risk, 3rd ed. (2007), ch. 10; quantile of type 7, Hyndman and Fan (1996)`,
  ),
  amount: amount("ratio * value of the portfolio now"),
  expectedShortfall: ratio(
    `Minus the mean of the worst ⌈n / 20⌉ of n returns. ${overPeriod}. Source: Acerbi and Tasche (2002), Expected Shortfall`,
  ),
});

const benchmark = z.object({
  symbol: z.string(),
  name: z.string(),
  from: day("The day before the first return of both"),
  to: day("Day of the last return of both"),
  timeWeightedReturn: ratio(
    "Of the benchmark, dividends included, in the base currency: Π (1 + b) - 1. Period: from, to",
  ),
  portfolioReturn: ratio("Time-weighted return of the portfolio on the same days. Period: from, to"),
  activeReturn: ratio("portfolioReturn - timeWeightedReturn. Period: from, to"),
  beta: z
    .number()
    .nullable()
    .openapi({
      description: `cov(r, b) / var(b), ${returns}, b the benchmark's. Period: from, to. Unit: none. Source: Sharpe (1964), Capital Asset Prices. Null when b does not vary.`,
    }),
  correlation: z.number().min(-1).max(1).nullable().openapi({
    description: "Pearson's coefficient of r and b. Period: from, to. Unit: none. Null when one of both does not vary.",
  }),
  trackingError: ratio(
    "Sample standard deviation of r - b, * √(periods per year), of the days on which both have a return: annualised. Period: from, to. Source: Grinold and Kahn, Active Portfolio Management, 2nd ed. (2000)",
  ).nullable(),
});

export const insightsSchema = z
  .object({
    asOf: day("Latest day that any holding has a close of; null without holdings").nullable(),
    currency: baseCurrency,
    period: z
      .object({
        from: day("The day before the first return"),
        to: day("Day of the last return"),
        returns: z.int().min(1).openapi({ description: "Returns in the period. Unit: returns." }),
        spacing: z.enum(spacings).openapi({
          description:
            "How far apart the days of these returns are: regular when half of them, and all together, are as long as one should be; `period` when no other word fits",
        }),
        periodsPerYear: z.number().openapi({
          description:
            "Returns in a year: by convention 252 of trading days and 365 of calendar days, 52, 12, 4 or 1; without regular spacing as many as these dates have in 365.25 days. Unit: returns.",
        }),
      })
      .nullable()
      .openapi({ description: "What figures over time are about; null when no return is defined" }),
    timeWeightedReturn: ratio(
      "Π (1 + r) - 1, r = (V + D + W - E) / (V₀ + C) - 1 from one day of the history to the next: V value at its end, V₀ at the end of the day before, D dividends, C contribution, by how much the day's purchases exceed its sales, W withdrawal, by how much sales exceed purchases; on a day that would have no capital, purchases and sales each count in full; E the value of what counts from this day on without a purchase: its first price, or a transaction after the last close. Days that begin without capital are left out. Period: `period`. Source: GIPS 2020, Glossary; contributions count from the beginning of their day, withdrawals until its end. Null when no return is defined, also when capital is negative on some day",
    ).nullable(),
    annualisedReturn: ratio(
      "(1 + timeWeightedReturn) ^ (365 / days) - 1, calendar days from `period.from` to `period.to`. Period: `period`. Source: GIPS 2020, 2.A.12: null for less than a year",
    ).nullable(),
    benchmark: benchmark
      .nullable()
      .openapi({ description: "Null when the settings name none, and without a common day" }),
    volatility: ratio(
      `Sample standard deviation (n - 1) of ${returns}, ${annualised}. ${overPeriod}. Source: Hull, Options, Futures, and Other Derivatives, ch. 15. Null with fewer than two returns`,
    ).nullable(),
    riskFreeRate: ratio("Of the settings, a year; 0 when they name none"),
    sharpeRatio: z
      .number()
      .nullable()
      .openapi({
        description: `mean(e) / sample standard deviation(e) ${annualised}, e = r - ((1 + riskFreeRate) ^ (1 / periodsPerYear) - 1). ${overPeriod}. Unit: none. Source: Sharpe (1994), The Sharpe Ratio. Null when returns do not vary.`,
      }),
    maxDrawdown: drawdown.nullable().openapi({
      description: `The deepest fall of growth, Π (1 + r), from a peak. ${overPeriod}. Source: Magdon-Ismail and Atiya (2004), Maximum Drawdown. Null when it never fell.`,
    }),
    valueAtRisk: valueAtRisk.nullable().openapi({ description: "Null with fewer than 20 returns" }),
    concentration: z.object({
      herfindahl: ratio(
        "Σ weight². Period: now. Source: Herfindahl-Hirschman index, as in Rhoades (1993); 1 for a single holding, 1 / n for n equal ones",
      ),
      effectiveHoldings: z.number().openapi({
        description: "1 / herfindahl: as many equal holdings would be as concentrated. Period: now. Unit: holdings.",
      }),
      largest: symbolAndWeight.nullable(),
    }),
    exposure: z.object({
      net: amount("Σ value. Period: now"),
      gross: amount("Σ |value|. Period: now"),
      currencies: z
        .array(z.object({ currency, ...shareFields }))
        .readonly()
        .openapi({ description: "By the holdings' currencies, largest first. Period: now." }),
      sectors: z
        .array(z.object({ sector: z.string(), ...shareFields }))
        .readonly()
        .openapi({ description: "By the holdings' sectors, largest first; `Unclassified` without one. Period: now." }),
    }),
    correlation: z
      .object({
        symbols: z.array(z.string()).readonly(),
        matrix: z.array(z.array(z.number().min(-1).max(1).nullable()).readonly()).readonly(),
      })
      .openapi({
        description:
          "Pearson's coefficients of the returns from day to day of the history, dividends included, in the base currency, of the ten largest holdings, row by row. Period: the days of the history on which all of them have a return. Unit: none. Null where one does not vary.",
      }),
    income: z
      .object({
        from: day("First of the 365 days"),
        to: day("Last of the 365 days"),
        amount: amount(
          "Σ dividend per unit * units held the evening before the ex-date * rate of the day; before taxes, negative for what is sold short. Period: from, to",
        ),
        yield: ratio("amount / value of the portfolio now; null when that is not above 0. Period: from, to").nullable(),
        byHolding: z.array(z.object({ symbol: z.string(), amount: amount("Of this holding") })).readonly(),
      })
      .nullable()
      .openapi({ description: "Null without holdings" }),
    findings: z
      .array(z.object({ id: z.string(), severity: z.enum(["info", "watch", "act"]), text: z.string() }))
      .readonly(),
    history: historySchema.optional().openapi({ description: "With include=history" }),
  })
  .openapi("Insights");
