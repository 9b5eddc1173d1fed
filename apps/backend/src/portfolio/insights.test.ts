import { allocate, totalOf, valueAssets } from "./assets";
import { dailyValues, findInsights, maxDrawdownOf, volatilityOf } from "./insights";
import type { Portfolio } from "./portfolio";

const holding = (symbol: string, assetClass: string, quantity: number, costPerUnit: number) => ({
  symbol,
  name: symbol,
  assetClass,
  currency: "USD",
  quantity,
  costPerUnit,
});
const series = (...closes: number[]) => closes.map((close, index) => ({ date: `2026-01-0${index + 1}`, close }));

/** A is worth 300, B 100: weights 0.75 and 0.25. */
const portfolio: Portfolio = {
  holdings: [holding("B", "Bonds", 1, 80), holding("A", "Stocks", 2, 100)],
  closes: new Map([
    ["A", series(100, 120, 150)],
    ["B", series(100, 100, 100)],
  ]),
};
const empty: Portfolio = { holdings: [], closes: new Map() };

it("values assets at their latest close, most valuable first", () => {
  expect(valueAssets(portfolio)).toEqual([
    expect.objectContaining({
      symbol: "A",
      price: 150,
      value: 300,
      gain: 100,
      gainRatio: 0.5,
      weight: 0.75,
      dayChangeRatio: 0.25,
    }),
    expect.objectContaining({
      symbol: "B",
      price: 100,
      value: 100,
      gain: 20,
      gainRatio: 0.25,
      weight: 0.25,
      dayChangeRatio: 0,
    }),
  ]);
});

it("adds up value, cost, gain and the day's change", () => {
  const { dayChangeRatio, gainRatio, ...amounts } = totalOf(valueAssets(portfolio));
  expect(amounts).toEqual({ value: 400, cost: 280, gain: 120, dayChange: 60 });
  expect(gainRatio).toBeCloseTo(120 / 280, 12);
  expect(dayChangeRatio).toBeCloseTo(60 / 340, 12);
});

it("splits the value by asset class", () => {
  expect(allocate(valueAssets(portfolio))).toEqual([
    { assetClass: "Stocks", value: 300, weight: 0.75 },
    { assetClass: "Bonds", value: 100, weight: 0.25 },
  ]);
});

it("measures concentration", () => {
  const { concentration } = findInsights(portfolio);
  expect(concentration.herfindahl).toBeCloseTo(0.625, 12);
  expect(concentration.effectiveHoldings).toBeCloseTo(1.6, 12);
  expect(concentration.largest).toEqual({ symbol: "A", weight: 0.75 });
});

it("leaves out days on which a holding has no close", () => {
  const gap = new Map([...portfolio.closes, ["B", series(100, 100)]]);
  expect(dailyValues({ ...portfolio, closes: gap })).toEqual([
    { date: "2026-01-01", value: 300 },
    { date: "2026-01-02", value: 340 },
  ]);
});

it("annualises the standard deviation of daily returns", () => {
  const history = [100, 110, 99].map((value, index) => ({ date: `2026-01-0${index + 1}`, value }));
  // Returns +0.1 and −0.1: sample standard deviation √0.02.
  expect(volatilityOf(history)).toBeCloseTo(Math.sqrt(0.02) * Math.sqrt(252), 12);
  expect(volatilityOf(history.slice(0, 2))).toBeNull();
});

it("finds the deepest fall and its dates", () => {
  const history = [100, 120, 90, 130, 104].map((value, index) => ({ date: `2026-01-0${index + 1}`, value }));
  expect(maxDrawdownOf(history)).toEqual({ ratio: 0.25, peakDate: "2026-01-02", troughDate: "2026-01-03" });
  expect(maxDrawdownOf(history.slice(0, 2))).toBeNull();
});

it("says nothing about a portfolio without holdings", () => {
  expect(findInsights(empty)).toMatchObject({ asOf: null, volatility: null, findings: [] });
  expect(totalOf(valueAssets(empty))).toEqual({
    value: 0,
    cost: 0,
    gain: 0,
    gainRatio: 0,
    dayChange: 0,
    dayChangeRatio: 0,
  });
});

it("watches a holding that is more than 35 % of the portfolio", () => {
  expect(findInsights(portfolio).findings[0]).toMatchObject({ id: "largest-holding", severity: "watch" });
});

it("writes findings as a reader would say them", () => {
  const closes = new Map([["A", series(100, 80, 90)]]);
  const { findings } = findInsights({ holdings: [holding("A", "Stocks", 1, 50)], closes });
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ["largest-holding", "watch"],
    ["volatility", "watch"],
    ["drawdown", "info"],
  ]);
  expect(findings[0]?.text).toBe("A is the only holding: nothing spreads its risk.");
  expect(findings[2]?.text).toBe("The deepest fall was 20.0%, from Jan 1, 2026 to Jan 2, 2026.");
});
