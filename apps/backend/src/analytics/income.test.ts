import { analyticsOf, closes, date, holding } from "./analytics.fixture";

it("counts dividends of what was held the evening before, as return and as income", () => {
  const { insights } = analyticsOf({
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
  const { income } = analyticsOf({
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

it("names who paid, most first, and nobody who did not", () => {
  const amountOf = (amount: number) => [{ date: date(1), amount }];
  const { income } = analyticsOf({
    holdings: [holding("NONE", 1), holding("LESS", 1), holding("MORE", 2), holding("ZERO", 1), holding("OWED", -1)],
    closes: Object.fromEntries(["NONE", "LESS", "MORE", "ZERO", "OWED"].map((symbol) => [symbol, closes(100, 100)])),
    dividends: { LESS: amountOf(3), MORE: amountOf(2), ZERO: amountOf(0), OWED: amountOf(5) },
  }).insights;
  expect(income?.byHolding).toEqual([
    { symbol: "MORE", amount: 4 },
    { symbol: "LESS", amount: 3 },
    { symbol: "OWED", amount: -5 },
  ]);
  expect(income).toMatchObject({ amount: 2, yield: 2 / 400 });
});

it("has no yield of a portfolio that is worth nothing, and no one who paid in one without dividends", () => {
  const worthless = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 0) } });
  expect(worthless.insights.income).toEqual({
    from: "2025-01-03",
    to: date(1),
    amount: 0,
    yield: null,
    byHolding: [],
  });
});

it("counts a dividend at the rate of its day, and in today's units", () => {
  const { income } = analyticsOf({
    baseCurrency: "USD",
    holdings: [holding("E", 4, 1, { currency: "EUR" })],
    closes: { E: closes(100, 100, 25) },
    splits: { E: [{ date: date(2), ratio: 4 }] },
    dividends: { E: [{ date: date(1), amount: 8 }] },
    rates: {
      EUR: [
        { date: date(0), rate: 1 },
        { date: date(1), rate: 1.5 },
        { date: date(2), rate: 2 },
      ],
    },
  }).insights;
  // One old unit, 8 € at 1.5
  expect(income).toMatchObject({ amount: 12, yield: 12 / 200 });
});
