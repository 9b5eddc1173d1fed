import { describe, expect, it } from "@jest/globals";
import { parsePortfolio } from "./parse-portfolio";
import { fallingAsset, portfolio } from "./portfolio.fixture";

describe("parsePortfolio", () => {
  it("returns a good answer as it is", () => expect(parsePortfolio(portfolio)).toEqual(portfolio));

  it("keeps the reason why the latest reading failed", () => {
    const source = { ...portfolio.source, error: "no such file" };
    expect(parsePortfolio({ ...portfolio, source }).source.error).toBe("no such file");
  });

  it("takes an empty portfolio, which has no date and no currency", () => {
    const empty = { ...portfolio, asOf: null, currency: null, allocation: [], assets: [], insights: null };
    expect(parsePortfolio(empty)).toEqual(empty);
  });

  it("takes ratios that are not defined, and prices in another currency", () => {
    const asset = { ...fallingAsset, currency: "EUR", gainRatio: null, dayChangeRatio: null };
    const totals = { ...portfolio.totals, gainRatio: null, dayChangeRatio: null };
    const answer = { ...portfolio, totals, assets: [asset] };
    expect(parsePortfolio(answer)).toEqual(answer);
  });

  it("takes an asset's prices to be in the portfolio's currency when it names none", () => {
    const { currency: _, ...asset } = fallingAsset;
    expect(parsePortfolio({ ...portfolio, assets: [asset] }).assets).toEqual([fallingAsset]);
  });

  it.each([
    [null, "the answer is null, not an object"],
    [[], "the answer is a list, not an object"],
    [{ ...portfolio, totals: {} }, "totals.value is missing, not a number"],
    [{ ...portfolio, asOf: "yesterday" }, 'asOf is "yesterday", not a date'],
    [{ ...portfolio, currency: "dollars" }, 'currency is "dollars", not a code of three capital letters'],
    [{ ...portfolio, assets: [{ ...fallingAsset, price: "100" }] }, 'assets[0].price is "100", not a number'],
    [
      { ...portfolio, insights: { ...portfolio.insights, findings: [{ id: "a", severity: "bad", text: "" }] } },
      'insights.findings[0].severity is "bad", not one of info, watch, act',
    ],
  ])("names the first field that is wrong (%#)", (answer, message) => {
    expect(() => parsePortfolio(answer)).toThrow(new TypeError(message));
  });
});
