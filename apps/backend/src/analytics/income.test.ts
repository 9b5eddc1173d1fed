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
