import type { Share } from "./assets";
import type { Income } from "./income";
import type { Comparison, Drawdown, ValueAtRisk } from "./risk";
import type { Frequency } from "./spacing";

/** Figures over a portfolio's whole history; null where there is too little of it. Amounts are in the base currency, ratios are parts of 1. */
export interface InsightAnalytics {
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
}
