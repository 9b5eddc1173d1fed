import type { Asset, Portfolio } from "./portfolio";

export const risingAsset: Asset = {
  symbol: "VTI",
  name: "Vanguard Total Stock Market ETF",
  assetClass: "equity",
  currency: "USD",
  quantity: 100,
  costPerUnit: 200,
  price: 250,
  value: 25_000,
  gain: 5_000,
  gainRatio: 0.25,
  weight: 0.625,
  dayChangeRatio: 0.004,
};

export const fallingAsset: Asset = {
  symbol: "VNQ",
  name: "Vanguard Real Estate ETF",
  assetClass: "real_estate",
  currency: "USD",
  quantity: 150,
  costPerUnit: 110,
  price: 100,
  value: 15_000,
  gain: -1_500,
  gainRatio: -0.0909,
  weight: 0.375,
  dayChangeRatio: -0.0135,
};

/** An answer as the data service sends it, for tests. */
export const portfolio: Portfolio = {
  asOf: "2026-11-20",
  currency: "USD",
  source: { name: "sample", sample: true, loadedAt: "2026-11-23T06:00:00.000Z" },
  totals: { value: 40_000, cost: 36_500, gain: 3_500, gainRatio: 0.0959, dayChange: -102.5, dayChangeRatio: -0.0026 },
  allocation: [
    { assetClass: "real_estate", value: 15_000, weight: 0.375 },
    { assetClass: "equity", value: 25_000, weight: 0.625 },
  ],
  assets: [fallingAsset, risingAsset],
  insights: {
    concentration: { herfindahl: 0.531, effectiveHoldings: 1.9, largest: { symbol: "VTI", weight: 0.625 } },
    volatility: 0.143,
    maxDrawdown: { ratio: 0.187, peakDate: "2026-02-12", troughDate: "2026-04-08" },
    findings: [
      { id: "swings", severity: "info", text: "The portfolio swings like a stock index." },
      { id: "concentration", severity: "act", text: "VTI is more than half of the portfolio." },
    ],
  },
};
