import { analyticsOf, closes, date, holding, two } from "./analytics.fixture";

it("carries a close over days without one, and begins when anything held has a price", () => {
  const { history } = analyticsOf({ ...two, closes: { A: closes(100, 120, null, 150), B: closes(null, 100, 100) } });
  expect(history.map(({ date: day, value }) => [day, value])).toEqual([
    [date(0), 200],
    [date(1), 340],
    [date(2), 340],
    [date(3), 400],
  ]);
});

it("annualises the sample standard deviation of returns", () => {
  // Returns +0.1 and −0.1: sample standard deviation √0.02. A Saturday is among the days: each of the year's 365 has a close.
  const { insights } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 110, 99) } });
  expect(insights.volatility).toBeCloseTo(Math.sqrt(0.02) * Math.sqrt(365), 12);
  expect(insights.sharpeRatio).toBeCloseTo(0, 12);
  expect(insights.timeWeightedReturn).toBeCloseTo(-0.01, 12);
  expect(insights.annualisedReturn).toBeNull();
});

it("takes the risk-free return of a day off", () => {
  const { insights } = analyticsOf({
    riskFreeRate: 0.05,
    holdings: [holding("A", 1)],
    closes: { A: closes(100, 110, 99) },
  });
  const daily = 1.05 ** (1 / 365) - 1;
  expect(insights.sharpeRatio).toBeCloseTo((-daily / Math.sqrt(0.02)) * Math.sqrt(365), 12);
});

it("annualises a return over a year or more", () => {
  const { insights } = analyticsOf({
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
  const { insights } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 120, 90, 130, 104) } });
  expect(insights.maxDrawdown).toEqual({
    ratio: expect.closeTo(0.25, 12),
    peakDate: date(1),
    troughDate: date(2),
    recoveryDate: date(3),
  });
  expect(analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 120) } }).insights.maxDrawdown).toBeNull();
});

it("finds the loss that one period in twenty exceeds", () => {
  // Returns of −10 %, −9 %, … +10 %: between the worst and the second worst lies 1/20 of 21 − 1.
  const returns = Array.from({ length: 21 }, (_, index) => (index - 10) / 100);
  const prices = [100];
  for (const value of returns) prices.push((prices.at(-1) ?? 0) * (1 + value));
  const { insights, totals } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(...prices) } });
  expect(insights.valueAtRisk?.ratio).toBeCloseTo(0.09, 12);
  expect(insights.valueAtRisk?.amount).toBeCloseTo(0.09 * totals.value, 10);
  expect(insights.valueAtRisk?.expectedShortfall).toBeCloseTo(0.095, 12);
  const short = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(...prices.slice(0, 20)) } });
  expect(short.insights.valueAtRisk).toBeNull();
});

it("is not moved by a split, nor by what was paid in or taken out", () => {
  const plain = analyticsOf({ holdings: [holding("A", 4)], closes: { A: closes(25, 30, 30, 36) } });
  const changed = analyticsOf({
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

it("compares with a benchmark on the days that both have", () => {
  const { insights, history } = analyticsOf({
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
  const { correlation } = analyticsOf({
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
  const { insights } = analyticsOf({ holdings: [holding("A", -1)], closes: { A: closes(100, 90, 95) } });
  expect(insights).toMatchObject({ period: null, timeWeightedReturn: null, volatility: null, maxDrawdown: null });
});

it("says nothing about a portfolio without holdings", () => {
  const { asOf, insights, totals } = analyticsOf({ holdings: [], closes: {} });
  expect(asOf).toBeNull();
  expect(insights).toMatchObject({ asOf: null, period: null, volatility: null, income: null, findings: [] });
  const nothing = { value: 0, cost: 0, gain: 0, gainRatio: null, dayChange: 0, dayChangeRatio: null, dayBefore: null };
  expect(totals).toEqual(nothing);
});

it("writes findings as a reader would say them", () => {
  const { findings } = analyticsOf({ holdings: [holding("A", 1, 50)], closes: { A: closes(100, 80, 90) } }).insights;
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ["largest-holding", "watch"],
    ["volatility", "watch"],
    ["drawdown", "info"],
  ]);
  expect(findings[0]?.text).toBe("A is the only holding: nothing spreads its risk.");
  expect(findings[2]?.text).toBe("The deepest fall was 20.0%, from Jan 1, 2026 to Jan 2, 2026.");
});
