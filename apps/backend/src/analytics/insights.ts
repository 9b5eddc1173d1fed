import { sum } from "simple-statistics";
import type { Portfolio } from "../portfolio/portfolio";
import { type Asset, shareBy, type Totals } from "./assets";
import { describe, type Finding } from "./findings";
import { incomeIn } from "./income";
import type { InsightAnalytics } from "./insight-analytics";
import { annualised, linked, type Returns } from "./performance";
import {
  compare,
  correlationsOf,
  herfindahlOf,
  maxDrawdownOf,
  sharpeRatioOf,
  valueAtRiskOf,
  volatilityOf,
} from "./risk";
import type { Timeline } from "./timeline";

/** So many of the largest holdings are correlated with each other. */
const correlated = 10;
/** Of holdings whose file names no sector. */
const unclassified = "Unclassified";

export interface Insights extends InsightAnalytics {
  readonly findings: readonly Finding[];
}

export interface InsightsInput {
  readonly portfolio: Portfolio;
  readonly timeline: Timeline;
  readonly assets: readonly Asset[];
  readonly totals: Totals;
  readonly returns: Returns | null;
}

export function findInsights({ portfolio, timeline, assets, totals, returns }: InsightsInput): Insights {
  const values = returns?.list.map(({ value }) => value) ?? [];
  const timeWeightedReturn = returns && linked(values);
  const riskFreeRate = portfolio.riskFreeRate;
  const asOf = timeline.dates.at(-1) ?? null;
  const insights = {
    asOf,
    currency: portfolio.baseCurrency,
    period: returns && periodOf(returns),
    timeWeightedReturn,
    annualisedReturn: returns && annualised(timeWeightedReturn ?? 0, returns.from, returns.to),
    benchmark: returns && portfolio.benchmark && compare(timeline, returns, portfolio.benchmark),
    volatility: returns && volatilityOf(values, returns.periodsPerYear),
    riskFreeRate,
    sharpeRatio: returns && sharpeRatioOf(values, riskFreeRate, returns.periodsPerYear),
    maxDrawdown: returns && maxDrawdownOf(returns),
    valueAtRisk: returns && valueAtRiskOf(values, totals.value, returns.spacing),
    concentration: concentrationOf(assets),
    exposure: exposureOf(assets, totals),
    correlation: correlationsOf(timeline, largestOf(assets)),
    income: asOf === null ? null : incomeIn(timeline, asOf, totals.value),
  };
  return { ...insights, findings: describe(insights, assets) };
}

function periodOf({ from, to, list, spacing, periodsPerYear }: Returns): Insights["period"] {
  return { from, to, returns: list.length, spacing, periodsPerYear };
}

function largestOf(assets: readonly Asset[]): string[] {
  return assets
    .filter(({ value }) => value !== 0)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, correlated)
    .map(({ symbol }) => symbol);
}

function concentrationOf(assets: readonly Asset[]): Insights["concentration"] {
  const herfindahl = herfindahlOf(assets.map(({ weight }) => weight));
  const [largest] = assets.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    herfindahl,
    effectiveHoldings: herfindahl === 0 ? 0 : 1 / herfindahl,
    largest: largest ? { symbol: largest.symbol, weight: largest.weight } : null,
  };
}

function exposureOf(assets: readonly Asset[], { value }: Totals): Insights["exposure"] {
  return {
    net: value,
    gross: sum(assets.map((asset) => Math.abs(asset.value))),
    currencies: shareBy(assets, ({ currency }) => currency).map(({ key, ...share }) => ({ currency: key, ...share })),
    sectors: shareBy(assets, ({ sector }) => sector ?? unclassified).map(({ key, ...share }) => ({
      sector: key,
      ...share,
    })),
  };
}
