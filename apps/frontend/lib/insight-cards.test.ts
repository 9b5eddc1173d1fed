import { describe, expect, it } from "@jest/globals";
import type { Insights } from "./answers";
import { insights } from "./answers.fixture";
import { insightCards } from "./insight-cards";

const card = (id: string, changes: Partial<Insights> = {}) =>
  insightCards({ ...insights, ...changes }, "USD").find((each) => each.id === id);

describe("insightCards", () => {
  it.each([
    ["return", "grew by 14.3%"],
    ["benchmark", "returned 3.8% less than World Index Fund: +14.30% against +18.10%"],
    ["volatility", "within 8.0% of its average"],
    ["sharpe", "earned 1.28 percent more than money without risk (3.0% a year)"],
    ["drawdown", "fell 7.4%, from Nov 28, 2025 to Feb 18, 2026, and was back on Jun 9, 2026"],
    ["value-at-risk", "loses more than $308.00 (0.8%)"],
    ["concentration", "like 1.9 holdings of the same size. The largest, VTI, is 62.5%"],
    ["income", "came to $900.00, 2.3% of today's value"],
  ])("says in words what %s is", (id, words) => expect(card(id)?.sentence).toContain(words));

  it.each<[string, Partial<Insights>, RegExp]>([
    ["return", { timeWeightedReturn: null }, /history is too short/],
    ["benchmark", { benchmark: null }, /no benchmark/],
    ["volatility", { volatility: null }, /fewer than two returns/],
    ["sharpe", { sharpeRatio: null }, /do not vary/],
    ["drawdown", { maxDrawdown: null }, /never was below/],
    ["value-at-risk", { valueAtRisk: null }, /too few/],
    ["concentration", { concentration: { herfindahl: 0, effectiveHoldings: 0, largest: null } }, /no holding/],
    ["income", { income: null }, /no holding/],
  ])("says why there is no %s", (id, changes, why) => {
    expect(card(id, changes)?.figure).toBeNull();
    expect(card(id, changes)?.sentence).toMatch(why);
  });

  it("says of a fall that goes on that it does", () => {
    const maxDrawdown = { ratio: 0.2, peakDate: "2026-01-01", troughDate: "2026-02-01", recoveryDate: null };
    expect(card("drawdown", { maxDrawdown })?.sentence).toContain("has not recovered yet");
  });

  it("calls nothing of a month a day", () => {
    const monthly = {
      ...insights,
      period: { from: "2024-01-31", to: "2026-01-31", returns: 24, spacing: "month", periodsPerYear: 12 },
      valueAtRisk: { horizon: "month", ratio: 0.03, amount: 30, expectedShortfall: 0.04 },
    } as const;
    expect(JSON.stringify(insightCards(monthly, "USD").slice(0, 6))).not.toMatch(/\bdays?\b(?! are| is)|daily|252/);
    expect(card("volatility", monthly)?.formula).toBe("Sample standard deviation of the monthly returns, × √12");
    expect(card("value-at-risk", monthly)?.title).toBe("A bad month");
    expect(card("value-at-risk", monthly)?.sentence).toContain("One month in twenty loses more than $30.00");
  });

  it("gives each figure a period, a formula and a source", () => {
    for (const { id, period, formula, source } of insightCards(insights, "USD")) {
      expect([id, period, formula, source].every(Boolean)).toBe(true);
    }
  });
});
