import type { AssetAnswer, Insights, ListedAsset, PortfolioAnswer } from "./answers";

/** Answers as the backend sends them, for tests. */
export const risingAsset: ListedAsset = {
  symbol: "VTI",
  name: "Vanguard Total Stock Market ETF",
  assetClass: "equity",
  sector: "Diversified",
  currency: "USD",
  quantity: 100,
  costPerUnit: 200,
  price: 250,
  value: 25_000,
  cost: 20_000,
  gain: 5_000,
  gainRatio: 0.25,
  weight: 0.625,
  dayChangeRatio: 0.004,
  sparkline: [240, 245, 250],
};

export const fallingAsset: ListedAsset = {
  symbol: "VNQ",
  name: "Vanguard Real Estate ETF",
  assetClass: "real_estate",
  sector: "Real estate",
  currency: "USD",
  quantity: 150,
  costPerUnit: 110,
  price: 100,
  value: 15_000,
  cost: 16_500,
  gain: -1_500,
  gainRatio: -0.0909,
  weight: 0.375,
  dayChangeRatio: -0.0135,
  sparkline: [104, 101, 100],
};

export const insights: Insights = {
  period: { from: "2025-11-20", to: "2026-11-20", returns: 261, spacing: "day", periodsPerYear: 252 },
  timeWeightedReturn: 0.143,
  annualisedReturn: 0.143,
  benchmark: {
    symbol: "WORLD",
    name: "World Index Fund",
    from: "2025-11-20",
    to: "2026-11-20",
    timeWeightedReturn: 0.181,
    portfolioReturn: 0.143,
    activeReturn: -0.038,
    beta: 0.378,
    correlation: 0.64,
    trackingError: 0.105,
  },
  volatility: 0.08,
  riskFreeRate: 0.03,
  sharpeRatio: 1.28,
  maxDrawdown: { ratio: 0.074, peakDate: "2025-11-28", troughDate: "2026-02-18", recoveryDate: "2026-06-09" },
  valueAtRisk: { horizon: "day", ratio: 0.0077, amount: 308, expectedShortfall: 0.0095 },
  concentration: { herfindahl: 0.531, effectiveHoldings: 1.9, largest: { symbol: "VTI", weight: 0.625 } },
  exposure: {
    currencies: [{ currency: "USD", value: 40_000, weight: 1 }],
    sectors: [
      { sector: "Diversified", value: 25_000, weight: 0.625 },
      { sector: "Real estate", value: 15_000, weight: 0.375 },
    ],
  },
  correlation: {
    symbols: ["VTI", "VNQ"],
    matrix: [
      [1, -0.31],
      [-0.31, 1],
    ],
  },
  income: {
    from: "2025-11-21",
    to: "2026-11-20",
    amount: 900,
    yield: 0.0225,
    byHolding: [{ symbol: "VNQ", amount: 900 }],
  },
  findings: [
    { id: "swings", severity: "info", text: "The portfolio swings like a stock index." },
    { id: "concentration", severity: "act", text: "VTI is more than half of the portfolio." },
  ],
};

export const portfolio: PortfolioAnswer = {
  asOf: "2026-11-20",
  currency: "USD",
  source: { name: "sample", sample: true, loadedAt: "2026-11-23T06:00:00.000Z", warnings: [] },
  totals: {
    value: 40_000,
    cost: 36_500,
    gain: 3_500,
    gainRatio: 0.0959,
    dayChange: -102.5,
    dayChangeRatio: -0.0026,
    dayBefore: "2026-11-19",
  },
  allocation: [
    { assetClass: "real_estate", value: 15_000, weight: 0.375 },
    { assetClass: "equity", value: 25_000, weight: 0.625 },
  ],
  page: { offset: 0, limit: 1000, total: 2 },
  assets: [risingAsset, fallingAsset],
  insights,
  history: [
    { date: "2026-11-18", value: 39_000, growth: 1, benchmarkGrowth: 1 },
    { date: "2026-11-19", value: 41_000, growth: 1.05, benchmarkGrowth: 1.01 },
    { date: "2026-11-20", value: 40_000, growth: 1.029, benchmarkGrowth: 1.02 },
  ],
};

const { sparkline: _, ...asset } = risingAsset;

export const assetAnswer: AssetAnswer = {
  asOf: "2026-11-20",
  currency: "USD",
  source: portfolio.source,
  asset,
  history: [
    { date: "2026-11-18", adjustedClose: 240 },
    { date: "2026-11-19", adjustedClose: 245 },
    { date: "2026-11-20", adjustedClose: 250 },
  ],
  splits: [{ date: "2026-11-19", ratio: 2 }],
  dividends: [{ date: "2026-11-20", amount: 0.42 }],
  transactions: [{ date: "2026-11-18", quantity: -10, price: 239.5 }],
};
