import { analyticsOf, closes, holding } from "./analytics.fixture";
import type { Asset } from "./assets";
import { describe as findingsOf } from "./findings";
import type { InsightAnalytics } from "./insight-analytics";

const { insights: plain, assets } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100) } });
const two = [assets[0], assets[0]] as Asset[];
/** The finding of an id, where figures are others than those of a portfolio that says nothing. */
const said = (id: string, change: Partial<InsightAnalytics>, held: readonly Asset[] = two) =>
  findingsOf({ ...plain, ...change }, held)
    .filter((finding) => finding.id === id)
    .map(({ severity, text }) => `${severity}: ${text}`);

const largest = (weight: number) => ({
  concentration: { herfindahl: 0.5, effectiveHoldings: 2.04, largest: { symbol: "A", weight } },
});
const period = (spacing: "day" | "week" | "month" | "quarter" | "year" | "period") => ({
  period: { from: "2026-01-01", to: "2026-03-31", returns: 9, spacing, periodsPerYear: 12 },
});
const fall = (ratio: number) => ({
  maxDrawdown: { ratio, peakDate: "2026-02-27", troughDate: "2026-12-01", recoveryDate: null },
});
const inCurrencies = (...weights: [currency: string, weight: number][]) => ({
  exposure: { ...plain.exposure, currencies: weights.map(([currency, weight]) => ({ currency, value: 1, weight })) },
});
const benchmark = {
  ...{ symbol: "W", name: "World", from: "2026-01-01", to: "2026-03-31", timeWeightedReturn: -0.0123 },
  ...{ portfolioReturn: 0.1, activeReturn: 0.1123, beta: 1, correlation: 1, trackingError: 0 },
};

it.each<[string, Partial<InsightAnalytics>, string[]]>([
  [
    "largest-holding",
    largest(0.35),
    ["info: A is 35.0% of the portfolio. The 2 holdings spread risk like 2.0 equal ones."],
  ],
  [
    "largest-holding",
    largest(0.351),
    ["watch: A is 35.1% of the portfolio. The 2 holdings spread risk like 2.0 equal ones."],
  ],
  [
    "largest-holding",
    largest(-0.4),
    ["watch: A is -40.0% of the portfolio. The 2 holdings spread risk like 2.0 equal ones."],
  ],
  ["benchmark", { benchmark: null }, []],
  ["benchmark", { benchmark }, ["info: From Jan 1, 2026 to Mar 31, 2026 the portfolio returned 10.0%, World -1.2%."]],
  ["volatility", { volatility: null, ...period("day") }, []],
  ["volatility", { volatility: 0.2, period: null }, []],
  [
    "volatility",
    { volatility: 0.25, ...period("day") },
    ["info: The value swings by about 25.0% a year, one standard deviation of its daily returns."],
  ],
  [
    "volatility",
    { volatility: 0.251, ...period("week") },
    ["watch: The value swings by about 25.1% a year, one standard deviation of its weekly returns."],
  ],
  ...(["month", "quarter", "year"] as const).map((spacing): [string, Partial<InsightAnalytics>, string[]] => [
    "volatility",
    { volatility: 0, ...period(spacing) },
    [`info: The value swings by about 0.0% a year, one standard deviation of its ${spacing}ly returns.`],
  ]),
  [
    "volatility",
    { volatility: 0.1, ...period("period") },
    ["info: The value swings by about 10.0% a year, one standard deviation of its returns."],
  ],
  ["drawdown", { maxDrawdown: null }, []],
  ["drawdown", fall(0.2), ["info: The deepest fall was 20.0%, from Feb 27, 2026 to Dec 1, 2026."]],
  ["drawdown", fall(0.201), ["act: The deepest fall was 20.1%, from Feb 27, 2026 to Dec 1, 2026."]],
  ["currency", inCurrencies(["USD", 1]), []],
  [
    "currency",
    inCurrencies(["USD", 0.5], ["EUR", 0.3], ["GBP", 0.2]),
    ["info: 50.0% of the portfolio is in other currencies than USD: EUR, GBP."],
  ],
  [
    "currency",
    inCurrencies(["USD", 0.4], ["EUR", -0.6]),
    ["watch: 60.0% of the portfolio is in other currencies than USD: EUR."],
  ],
])("says of %s what the figures mean, and how much it matters", (id, change, texts) => {
  expect(said(id, change)).toEqual(texts);
});

it("says of a single holding that nothing spreads its risk, and nothing of none", () => {
  expect(said("largest-holding", largest(1), assets)).toEqual([
    "watch: A is the only holding: nothing spreads its risk.",
  ]);
  expect(findingsOf({ ...plain, ...largest(1), ...fall(0.5) }, [])).toEqual([]);
});
