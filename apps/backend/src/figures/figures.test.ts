import type { Holding, Portfolio, Series } from "../portfolio/portfolio";
import { computeFigures } from "./figures";

const holding = (symbol: string, quantity: number, costPerUnit = 100, more: Partial<Holding> = {}): Holding => ({
  symbol,
  name: symbol,
  assetClass: "Stocks",
  sector: null,
  currency: "USD",
  quantity,
  costPerUnit,
  costRate: null,
  ...more,
});
const date = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
const closes = (...values: (number | null)[]) =>
  values.flatMap((close, index) => (close === null ? [] : [{ date: date(index), close }]));
const series = <Item>(items: Record<string, Item[]> = {}): Series<Item> => new Map(Object.entries(items));

interface Parts extends Partial<Pick<Portfolio, "baseCurrency" | "benchmark" | "riskFreeRate">> {
  readonly holdings: readonly Holding[];
  readonly closes: Record<string, { date: string; close: number }[]>;
  readonly splits?: Record<string, { date: string; ratio: number }[]>;
  readonly dividends?: Record<string, { date: string; amount: number }[]>;
  readonly transactions?: Record<string, { date: string; quantity: number; price: number }[]>;
  readonly rates?: Record<string, { date: string; rate: number }[]>;
}

function figuresOf({ closes: prices, splits, dividends, transactions, rates, ...rest }: Parts) {
  return computeFigures({
    baseCurrency: "USD",
    benchmark: null,
    riskFreeRate: 0,
    warnings: [],
    ...rest,
    closes: series(prices),
    splits: series(splits),
    dividends: series(dividends),
    transactions: series(transactions),
    rates: series(rates),
  });
}

/** A is worth 300, B 100: weights 0.75 and 0.25. */
const two: Parts = {
  holdings: [holding("B", 1, 80, { assetClass: "Bonds", sector: "States" }), holding("A", 2)],
  closes: { A: closes(100, 120, 150), B: closes(100, 100, 100) },
};

it("values assets at their latest close, most valuable first", () => {
  const { assets } = figuresOf(two);
  expect(assets).toMatchObject([
    {
      symbol: "A",
      price: 150,
      priceDate: date(2),
      value: 300,
      gain: 100,
      gainRatio: 0.5,
      weight: 0.75,
      dayChangeRatio: 0.25,
    },
    { symbol: "B", price: 100, value: 100, gain: 20, gainRatio: 0.25, weight: 0.25, dayChangeRatio: 0 },
  ]);
});

it("adds up value, cost, gain and the day's change", () => {
  const { dayChangeRatio, gainRatio, ...amounts } = figuresOf(two).totals;
  expect(amounts).toEqual({ value: 400, cost: 280, gain: 120, dayChange: 60, dayBefore: date(1) });
  expect(gainRatio).toBeCloseTo(120 / 280, 12);
  expect(dayChangeRatio).toBeCloseTo(60 / 340, 12);
});

it("splits the value by asset class, sector and currency", () => {
  const { allocation, insights } = figuresOf(two);
  expect(allocation).toEqual([
    { assetClass: "Stocks", value: 300, weight: 0.75 },
    { assetClass: "Bonds", value: 100, weight: 0.25 },
  ]);
  expect(insights.exposure).toEqual({
    net: 400,
    gross: 400,
    currencies: [{ currency: "USD", value: 400, weight: 1 }],
    sectors: [
      { sector: "Unclassified", value: 300, weight: 0.75 },
      { sector: "States", value: 100, weight: 0.25 },
    ],
  });
});

it("measures concentration", () => {
  const { concentration } = figuresOf(two).insights;
  expect(concentration.herfindahl).toBeCloseTo(0.625, 12);
  expect(concentration.effectiveHoldings).toBeCloseTo(1.6, 12);
  expect(concentration.largest).toEqual({ symbol: "A", weight: 0.75 });
});

it("weighs what is sold short against the gross value", () => {
  const { assets, insights, totals } = figuresOf({ ...two, holdings: [holding("A", 2), holding("B", -1, 120)] });
  expect(assets.map(({ weight }) => weight)).toEqual([0.75, -0.25]);
  expect(assets[1]).toMatchObject({ value: -100, cost: -120, gain: 20, gainRatio: 20 / 120 });
  expect([totals.value, insights.exposure.net, insights.exposure.gross]).toEqual([200, 200, 400]);
});

it("has no ratio of nothing", () => {
  const { assets, totals } = figuresOf({ holdings: [holding("A", 2, 0)], closes: { A: closes(0, 5) } });
  expect(assets[0]).toMatchObject({ gainRatio: null, dayChangeRatio: null });
  expect(totals).toMatchObject({ gain: 10, gainRatio: null, dayChange: 10, dayChangeRatio: null });
});

it("carries a close over days without one, and begins when anything held has a price", () => {
  const { history } = figuresOf({ ...two, closes: { A: closes(100, 120, null, 150), B: closes(null, 100, 100) } });
  expect(history.map(({ date: day, value }) => [day, value])).toEqual([
    [date(0), 200],
    [date(1), 340],
    [date(2), 340],
    [date(3), 400],
  ]);
});

it("annualises the sample standard deviation of returns", () => {
  // Returns +0.1 and −0.1: sample standard deviation √0.02. A Saturday is among the days: each of the year's 365 has a close.
  const { insights } = figuresOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 110, 99) } });
  expect(insights.volatility).toBeCloseTo(Math.sqrt(0.02) * Math.sqrt(365), 12);
  expect(insights.sharpeRatio).toBeCloseTo(0, 12);
  expect(insights.timeWeightedReturn).toBeCloseTo(-0.01, 12);
  expect(insights.annualisedReturn).toBeNull();
});

it("takes the risk-free return of a day off", () => {
  const { insights } = figuresOf({
    riskFreeRate: 0.05,
    holdings: [holding("A", 1)],
    closes: { A: closes(100, 110, 99) },
  });
  const daily = 1.05 ** (1 / 365) - 1;
  expect(insights.sharpeRatio).toBeCloseTo((-daily / Math.sqrt(0.02)) * Math.sqrt(365), 12);
});

it("annualises a return over a year or more", () => {
  const { insights } = figuresOf({
    holdings: [holding("A", 1)],
    closes: {
      A: [
        { date: "2024-01-01", close: 100 },
        { date: "2025-12-31", close: 121 },
      ],
    },
  });
  expect(insights.annualisedReturn).toBeCloseTo(1.21 ** (365 / 730) - 1, 12);
});

it("finds the deepest fall, its dates, and when it was made up for", () => {
  const { insights } = figuresOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 120, 90, 130, 104) } });
  expect(insights.maxDrawdown).toEqual({
    ratio: expect.closeTo(0.25, 12),
    peakDate: date(1),
    troughDate: date(2),
    recoveryDate: date(3),
  });
  expect(figuresOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 120) } }).insights.maxDrawdown).toBeNull();
});

it("finds the loss that one period in twenty exceeds", () => {
  // Returns of −10 %, −9 %, … +10 %: between the worst and the second worst lies 1/20 of 21 − 1.
  const returns = Array.from({ length: 21 }, (_, index) => (index - 10) / 100);
  const prices = [100];
  for (const value of returns) prices.push((prices.at(-1) ?? 0) * (1 + value));
  const { insights, totals } = figuresOf({ holdings: [holding("A", 1)], closes: { A: closes(...prices) } });
  expect(insights.valueAtRisk?.ratio).toBeCloseTo(0.09, 12);
  expect(insights.valueAtRisk?.amount).toBeCloseTo(0.09 * totals.value, 10);
  expect(insights.valueAtRisk?.expectedShortfall).toBeCloseTo(0.095, 12);
  const short = figuresOf({ holdings: [holding("A", 1)], closes: { A: closes(...prices.slice(0, 20)) } });
  expect(short.insights.valueAtRisk).toBeNull();
});

it("is not moved by a split, nor by what was paid in or taken out", () => {
  const plain = figuresOf({ holdings: [holding("A", 4)], closes: { A: closes(25, 30, 30, 36) } });
  const changed = figuresOf({
    holdings: [holding("A", 4)],
    // As traded: a split of four for one before the third day.
    closes: { A: closes(100, 120, 30, 36) },
    splits: { A: [{ date: date(2), ratio: 4 }] },
    // Two old units bought on the second day at its close, four new ones sold on the last.
    transactions: {
      A: [
        { date: date(1), quantity: 2, price: 120 },
        { date: date(3), quantity: -4, price: 36 },
      ],
    },
  });
  expect(plain.insights.timeWeightedReturn).toBeCloseTo(36 / 25 - 1, 12);
  // Bought from the beginning of its day: the purchase shares that day's rise of 20 % with nothing.
  expect(changed.history.map(({ value }) => value)).toEqual([0, 240, 240, 144]);
  expect(changed.insights.period).toEqual({
    from: date(0),
    to: date(3),
    returns: 3,
    spacing: "day",
    periodsPerYear: 365,
  });
  expect(changed.insights.timeWeightedReturn).toBeCloseTo(36 / 30 - 1, 12);
});

it("counts dividends of what was held the evening before, as return and as income", () => {
  const { insights } = figuresOf({
    holdings: [holding("A", 2)],
    closes: { A: closes(100, 99) },
    dividends: {
      A: [
        { date: date(0), amount: 5 },
        { date: date(1), amount: 1 },
      ],
    },
  });
  expect(insights.timeWeightedReturn).toBeCloseTo(0, 12);
  expect(insights.income).toEqual({
    from: "2025-01-03",
    to: date(1),
    amount: 2,
    yield: 2 / 198,
    byHolding: [{ symbol: "A", amount: 2 }],
  });
});

it("counts the income of 365 days, the last of them included", () => {
  const days = ["2024-12-31", "2025-01-01", "2025-01-02", "2026-01-01"];
  const { income } = figuresOf({
    holdings: [holding("A", 1)],
    closes: { A: days.map((day) => ({ date: day, close: 100 })) },
    dividends: {
      A: [
        { date: "2025-01-01", amount: 4 },
        { date: "2025-01-02", amount: 2 },
        { date: "2026-01-01", amount: 1 },
      ],
    },
  }).insights;
  expect(income).toMatchObject({ from: "2025-01-02", to: "2026-01-01", amount: 3 });
});

it("converts by the rate of the day, and keeps prices in their own currency", () => {
  const figures = figuresOf({
    holdings: [holding("A", 1), holding("E", 2, 40, { currency: "EUR", costRate: 1 })],
    closes: { A: closes(100, 100), E: closes(50, 50) },
    rates: {
      EUR: [
        { date: date(0), rate: 1 },
        { date: date(1), rate: 1.2 },
      ],
    },
  });
  expect(figures.assets[0]).toMatchObject({
    symbol: "E",
    price: 50,
    rate: 1.2,
    value: 120,
    cost: 80,
    dayChangeRatio: 0,
  });
  expect(figures.totals).toMatchObject({ value: 220, dayChange: 20 });
  expect(figures.insights.timeWeightedReturn).toBeCloseTo(0.1, 12);
  expect(figures.insights.findings.map(({ id }) => id)).toContain("currency");
});

it("compares with a benchmark on the days that both have", () => {
  const { insights, history } = figuresOf({
    benchmark: { symbol: "W", name: "World", currency: "USD" },
    holdings: [holding("A", 1)],
    // Twice the benchmark's moves, and one day more.
    closes: { A: closes(100, 110, 121, 96.8), W: closes(null, 100, 105, 94.5) },
  });
  expect(insights.benchmark).toMatchObject({ symbol: "W", from: date(1), to: date(3) });
  expect(insights.benchmark?.timeWeightedReturn).toBeCloseTo(-0.055, 12);
  expect(insights.benchmark?.portfolioReturn).toBeCloseTo(-0.12, 12);
  expect(insights.benchmark?.beta).toBeCloseTo(2, 12);
  expect(insights.benchmark?.correlation).toBeCloseTo(1, 12);
  expect(history.map(({ benchmarkGrowth }) => benchmarkGrowth)).toEqual([null, 1, 1.05, expect.closeTo(0.945, 12)]);
});

it("correlates the largest holdings with each other", () => {
  const { correlation } = figuresOf({
    holdings: [holding("A", 3), holding("B", 2), holding("C", 1)],
    closes: { A: closes(100, 110, 99), B: closes(100, 90, 99), C: closes(100, 100, 100) },
  }).insights;
  expect(correlation.symbols).toEqual(["A", "B", "C"]);
  expect(correlation.matrix).toEqual([
    [1, expect.closeTo(-1, 12), null],
    [expect.closeTo(-1, 12), 1, null],
    [null, null, null],
  ]);
});

it("says nothing about returns when capital is negative", () => {
  const { insights } = figuresOf({ holdings: [holding("A", -1)], closes: { A: closes(100, 90, 95) } });
  expect(insights).toMatchObject({ period: null, timeWeightedReturn: null, volatility: null, maxDrawdown: null });
});

it("says nothing about a portfolio without holdings", () => {
  const { asOf, insights, totals } = figuresOf({ holdings: [], closes: {} });
  expect(asOf).toBeNull();
  expect(insights).toMatchObject({ asOf: null, period: null, volatility: null, income: null, findings: [] });
  const nothing = { value: 0, cost: 0, gain: 0, gainRatio: null, dayChange: 0, dayChangeRatio: null, dayBefore: null };
  expect(totals).toEqual(nothing);
});

it("writes findings as a reader would say them", () => {
  const { findings } = figuresOf({ holdings: [holding("A", 1, 50)], closes: { A: closes(100, 80, 90) } }).insights;
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ["largest-holding", "watch"],
    ["volatility", "watch"],
    ["drawdown", "info"],
  ]);
  expect(findings[0]?.text).toBe("A is the only holding: nothing spreads its risk.");
  expect(findings[2]?.text).toBe("The deepest fall was 20.0%, from Jan 1, 2026 to Jan 2, 2026.");
});
