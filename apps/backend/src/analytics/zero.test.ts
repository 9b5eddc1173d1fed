import { analyticsOf, closes, date, holding } from "./analytics.fixture";

describe("a price of 0", () => {
  it("is no beginning of a benchmark's return", () => {
    const { insights, history } = analyticsOf({
      benchmark: { symbol: "W", name: "World", currency: "USD" },
      holdings: [holding("A", 1)],
      closes: { A: closes(100, 110, 121, 96.8), W: closes(0, 100, 105, 94.5) },
    });
    expect(insights.benchmark).toMatchObject({ from: date(1), to: date(3) });
    expect(insights.benchmark?.timeWeightedReturn).toBeCloseTo(-0.055, 12);
    expect(history.map(({ benchmarkGrowth }) => benchmarkGrowth)).toEqual([null, 1, 1.05, expect.closeTo(0.945, 12)]);
  });

  it("in the middle of a benchmark is a loss of all, and its recovery is left out", () => {
    const { insights, history } = analyticsOf({
      benchmark: { symbol: "W", name: "World", currency: "USD" },
      holdings: [holding("A", 1)],
      closes: { A: closes(100, 110, 121), W: closes(100, 0, 100) },
    });
    expect(insights.benchmark).toMatchObject({ from: date(0), to: date(1), timeWeightedReturn: -1 });
    expect(history.map(({ benchmarkGrowth }) => benchmarkGrowth)).toEqual([1, 0, null]);
  });

  it("keeps the day after it out of the correlations", () => {
    const { correlation } = analyticsOf({
      holdings: [holding("A", 3), holding("B", 2)],
      closes: { A: closes(100, 100, 110, 99), B: closes(0, 100, 90, 99) },
    }).insights;
    expect(correlation.matrix).toEqual([
      [1, expect.closeTo(-1, 12)],
      [expect.closeTo(-1, 12), 1],
    ]);
  });

  it("leaves an asset without a change of the day, and its price is still shown", () => {
    const { assets } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 0, 5) } });
    expect(assets[0]).toMatchObject({ price: 5, dayChangeRatio: null });
  });

  it("of all that is held leaves the day after it out of the returns", () => {
    const { insights, history } = analyticsOf({ holdings: [holding("A", 1)], closes: { A: closes(100, 0, 5) } });
    expect(insights).toMatchObject({ timeWeightedReturn: -1, period: { from: date(0), to: date(1), returns: 1 } });
    expect(history.map(({ growth }) => growth)).toEqual([1, 0, null]);
  });
});

it("has nothing to annualise when all was lost", () => {
  const lost = (last: number) =>
    analyticsOf({
      holdings: [holding("A", 1)],
      closes: {
        A: [
          { date: "2024-01-01", close: 100 },
          { date: "2024-12-31", close: last },
        ],
      },
    }).insights;
  expect(lost(0)).toMatchObject({ timeWeightedReturn: -1, annualisedReturn: null });
  expect(lost(110).annualisedReturn).toBeCloseTo(0.1, 12);
});
