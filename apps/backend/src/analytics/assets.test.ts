import { analyticsOf, closes, date, holding, two } from "./analytics.fixture";

it("values assets at their latest close, most valuable first", () => {
  const { assets } = analyticsOf(two);
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
  const { dayChangeRatio, gainRatio, ...amounts } = analyticsOf(two).totals;
  expect(amounts).toEqual({ value: 400, cost: 280, gain: 120, dayChange: 60, dayBefore: date(1) });
  expect(gainRatio).toBeCloseTo(120 / 280, 12);
  expect(dayChangeRatio).toBeCloseTo(60 / 340, 12);
});

it("splits the value by asset class, sector and currency", () => {
  const { allocation, insights } = analyticsOf(two);
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
  const { concentration } = analyticsOf(two).insights;
  expect(concentration.herfindahl).toBeCloseTo(0.625, 12);
  expect(concentration.effectiveHoldings).toBeCloseTo(1.6, 12);
  expect(concentration.largest).toEqual({ symbol: "A", weight: 0.75 });
});

it("weighs what is sold short against the gross value", () => {
  const { assets, insights, totals } = analyticsOf({ ...two, holdings: [holding("A", 2), holding("B", -1, 120)] });
  expect(assets.map(({ weight }) => weight)).toEqual([0.75, -0.25]);
  expect(assets[1]).toMatchObject({ value: -100, cost: -120, gain: 20, gainRatio: 20 / 120 });
  expect([totals.value, insights.exposure.net, insights.exposure.gross]).toEqual([200, 200, 400]);
});

it("has no ratio of nothing", () => {
  const { assets, totals } = analyticsOf({ holdings: [holding("A", 2, 0)], closes: { A: closes(0, 5) } });
  expect(assets[0]).toMatchObject({ gainRatio: null, dayChangeRatio: null });
  expect(totals).toMatchObject({ gain: 10, gainRatio: null, dayChange: 10, dayChangeRatio: null });
});

it("converts by the rate of the day, and keeps prices in their own currency", () => {
  const figures = analyticsOf({
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
