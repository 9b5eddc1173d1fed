import { sum } from "simple-statistics";
import type { Portfolio } from "../portfolio/portfolio";
import { type Asset, type Share, shareBy, type Totals } from "./assets";
import { describe, type Finding } from "./findings";
import { type Income, incomeIn } from "./income";
import { annualised, linked, type Returns } from "./performance";
import {
  type Comparison,
  compare,
  correlationsOf,
  type Drawdown,
  herfindahlOf,
  maxDrawdownOf,
  sharpeRatioOf,
  type ValueAtRisk,
  valueAtRiskOf,
  volatilityOf,
} from "./risk";
import type { Frequency } from "./spacing";
import type { Timeline } from "./timeline";

/** So many of the largest holdings are correlated with each other. */
const correlated = 10;
/** Of holdings whose file names no sector. */
const unclassified = "Unclassified";

/** Figures over a portfolio's whole history; null where there is too little of it. Amounts are in the base currency, ratios are parts of 1. */
export interface Insights {
  readonly asOf: string | null;
  readonly currency: string | null;
  readonly period: (Frequency & { readonly from: string; readonly to: string; readonly returns: number }) | null;
  readonly timeWeightedReturn: number | null;
  readonly annualisedReturn: number | null;
  readonly benchmark: Comparison | null;
  readonly volatility: number | null;
  readonly riskFreeRate: number;
  readonly sharpeRatio: number | null;
  readonly maxDrawdown: Drawdown | null;
  readonly valueAtRisk: ValueAtRisk | null;
  readonly concentration: {
    /** Σ weight²: 1 ÷ number of holdings when all are equal, 1 for a single one. */
    readonly herfindahl: number;
    /** 1 ÷ herfindahl: as many equal holdings would be as concentrated. */
    readonly effectiveHoldings: number;
    readonly largest: { readonly symbol: string; readonly weight: number } | null;
  };
  readonly exposure: {
    /** Σ value, and Σ |value|; they differ by what was sold short. */
    readonly net: number;
    readonly gross: number;
    readonly currencies: readonly (Share & { readonly currency: string })[];
    readonly sectors: readonly (Share & { readonly sector: string })[];
  };
  readonly correlation: {
    readonly symbols: readonly string[];
    readonly matrix: readonly (readonly (number | null)[])[];
  };
  readonly income: Income | null;
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
