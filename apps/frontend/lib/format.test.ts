import { describe, expect, it } from "@jest/globals";
import { assetClassName, day, instant, money, percent, quantity, signedMoney, signedPercent } from "./format";

describe("money", () => {
  it("groups thousands and keeps the cents", () => expect(money(1234567.5, "USD")).toBe("$1,234,567.50"));
  it("names another currency by its own sign", () => expect(money(12, "EUR")).toBe("€12.00"));
});

describe("signedMoney", () => {
  it("shows a gain's plus", () => expect(signedMoney(12.3, "USD")).toBe("+$12.30"));
  it("shows a loss's minus", () => expect(signedMoney(-12.3, "USD")).toBe("-$12.30"));
  it("gives zero no sign", () => expect(signedMoney(0, "USD")).toBe("$0.00"));
  it("gives what rounds to zero no sign", () => expect(signedMoney(-0.001, "USD")).toBe("$0.00"));
});

describe("percent and signedPercent", () => {
  it("reads a ratio as hundredths", () => expect(percent(0.1254)).toBe("12.5%"));
  it("signs changes, with two decimals", () => {
    expect(signedPercent(0.125)).toBe("+12.50%");
    expect(signedPercent(-0.0042)).toBe("-0.42%");
    expect(signedPercent(0)).toBe("0.00%");
    expect(signedPercent(null)).toBe("–");
  });
});

describe("quantity", () => {
  it("keeps fractions of a unit", () => expect(quantity(0.4521)).toBe("0.4521"));
  it("shows whole units without decimals", () => expect(quantity(1200)).toBe("1,200"));
});

describe("day and instant", () => {
  it("keeps the day wherever the server runs", () => expect(day("2026-11-20")).toBe("Nov 20, 2026"));
  // Newer versions of ICU put a narrow space before AM.
  it("says that the time is UTC", () => {
    expect(instant("2026-11-23T06:00:00.000Z").replaceAll(/\s/g, " ")).toBe("Nov 23, 2026, 6:00 AM UTC");
  });
});

describe("assetClassName", () => {
  it("turns a key into words", () => expect(assetClassName("real_estate")).toBe("Real estate"));
  it("keeps an abbreviation's capitals", () => expect(assetClassName("etf")).toBe("ETF"));
});
