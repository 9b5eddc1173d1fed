import { portfolioOf } from "../portfolio/portfolio.fixture";
import { sparklinesOf } from "./sparkline";

const dayOf = (index: number) => new Date(Date.UTC(2026, 7, 1 + index)).toISOString().slice(0, 10);
const holding = { symbol: "A", name: "A", assetClass: "Stocks", currency: "USD", quantity: 1, costPerUnit: 1 };
/** Of closes of 1, 2, 3 and so on, on days that are some days apart; the last day is that of the portfolio. */
const lineOf = (count: number, apart = 1, more = {}) => {
  const closes = Array.from({ length: count }, (_, index) => ({
    date: dayOf(index * apart),
    symbol: "A",
    close: index + 1,
  }));
  return sparklinesOf(portfolioOf({ holdings: [holding], closes, ...more }), dayOf((count - 1) * apart))("A");
};
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

it("has every close of up to thirty", () => {
  expect(lineOf(1)).toEqual([1]);
  expect(lineOf(30)).toEqual(upTo(1, 30));
});

it("thins more of them to thirty, evenly, the first and the last among them", () => {
  const line = lineOf(59);
  expect(line).toEqual(upTo(0, 29).map((index) => 1 + 2 * index));
  expect([lineOf(31).length, lineOf(31).at(0), lineOf(31).at(-1)]).toEqual([30, 1, 31]);
});

it("looks back ninety days, the first of them included", () => {
  expect(lineOf(12, 10)).toEqual(upTo(3, 12));
});

it("has closes in today's units, and none of a symbol that has none", () => {
  expect(lineOf(3, 1, { splits: [{ date: dayOf(2), symbol: "A", ratio: 2 }] })).toEqual([0.5, 1, 3]);
  expect(sparklinesOf(portfolioOf({ holdings: [], closes: [] }), "")("A")).toEqual([]);
});
