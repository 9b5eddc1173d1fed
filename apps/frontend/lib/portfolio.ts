/** What the data service answers. Every ratio is a fraction of one: 0.125 is 12.5 %. */
export interface Portfolio {
  /** The day of the prices, as YYYY-MM-DD. Null in an empty portfolio. */
  readonly asOf: string | null;
  /** ISO 4217 code, "USD". Null in an empty portfolio. */
  readonly currency: string | null;
  readonly source: Source;
  readonly totals: Totals;
  readonly allocation: readonly AllocationShare[];
  readonly assets: readonly Asset[];
  /** Null when there is nothing to measure, as in an empty portfolio. */
  readonly insights: Insights | null;
}

export interface Source {
  readonly name: string;
  /** True for made-up numbers: the screen must say so. */
  readonly sample: boolean;
  /** When the numbers shown were read, as an ISO 8601 instant. */
  readonly loadedAt: string;
  /** Why the latest reading failed; the numbers shown are then the last good ones. */
  readonly error?: string;
}

export interface Totals {
  readonly value: number;
  readonly cost: number;
  readonly gain: number;
  /** Null when nothing was paid. */
  readonly gainRatio: number | null;
  readonly dayChange: number;
  /** Null when nothing was there the day before. */
  readonly dayChangeRatio: number | null;
}

export interface AllocationShare {
  readonly assetClass: string;
  readonly value: number;
  readonly weight: number;
}

export interface Asset {
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: string;
  /** ISO 4217 code of `costPerUnit` and `price`; amounts are in the portfolio's. */
  readonly currency: string;
  readonly quantity: number;
  readonly costPerUnit: number;
  readonly price: number;
  readonly value: number;
  readonly gain: number;
  readonly gainRatio: number | null;
  readonly weight: number;
  readonly dayChangeRatio: number | null;
}

export interface Insights {
  readonly concentration: Concentration;
  /** Annualised. Null when the history is too short. */
  readonly volatility: number | null;
  readonly maxDrawdown: Drawdown | null;
  readonly findings: readonly Finding[];
}

export interface Concentration {
  readonly herfindahl: number;
  readonly effectiveHoldings: number;
  readonly largest: { readonly symbol: string; readonly weight: number } | null;
}

export interface Drawdown {
  readonly ratio: number;
  readonly peakDate: string;
  readonly troughDate: string;
}

export const severities = ["info", "watch", "act"] as const;
export type Severity = (typeof severities)[number];

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
}
