import { portfolioOf } from "../portfolio/portfolio.fixture";
import { computeAnalytics } from "./analytics";

/** Figures of a portfolio as it is written in `portfolio.json`. */
const figuresOf = (content: object) => computeAnalytics(portfolioOf(content));
const holding = (symbol: string, quantity: number) => ({
  symbol,
  name: symbol,
  assetClass: "Stocks",
  currency: "EUR",
  quantity,
  costPerUnit: 1,
});
/** Closes of a symbol on some days; null where there is none. */
const closesOn = (dates: readonly string[], symbol: string, ...values: (number | null)[]) =>
  values.flatMap((close, index) => (close === null ? [] : [{ date: dates[index], symbol, close }]));
const trade = (date: string | undefined, symbol: string, quantity: number, price: number) => ({
  date,
  symbol,
  quantity,
  price,
});
/** Monday to Friday. */
const week = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];

describe("a switch from one holding to another on one day", () => {
  const switched = (bought: number) =>
    figuresOf({
      holdings: [holding("OLD", 0), holding("NEW", bought)],
      closes: [...closesOn(week, "OLD", 100, 100, 110), ...closesOn(week, "NEW", 50, 50, 50)],
      transactions: [
        trade(week[0], "OLD", 10, 100),
        trade(week[2], "OLD", -10, 110),
        trade(week[2], "NEW", bought, 50),
      ],
    }).insights.timeWeightedReturn;

  it("is no money in or out", () => expect(switched(22)).toBeCloseTo(0.1, 12));
  // 1,100 sold, 1,600 bought: 500 paid in. (1,600 + 0) ÷ (1,000 + 500) − 1
  it("counts what was paid in on top of it", () => expect(switched(32)).toBeCloseTo(1600 / 1500 - 1, 12));
  // 1,100 sold, 600 bought: 500 taken out. (600 + 500) ÷ 1,000 − 1
  it("counts what was taken out of it", () => expect(switched(12)).toBeCloseTo(0.1, 12));
});

it("takes what was bought and sold on a day that begins with nothing as that day's capital", () => {
  const { insights } = figuresOf({
    holdings: [holding("A", 0)],
    closes: closesOn(week, "A", 100, 105, 105),
    transactions: [trade(week[1], "A", 10, 100), trade(week[1], "A", -10, 105)],
  });
  expect(insights.timeWeightedReturn).toBeCloseTo(0.05, 12);
  expect(insights.period).toMatchObject({ from: week[0], to: week[1], returns: 1 });
});

describe("a holding without a close", () => {
  const closes = [
    ...closesOn(week, "A", 100, 110, 121, 121, 133.1),
    ...closesOn(week, "NEW", null, null, null, 20, 20),
  ];

  it("has its transaction's price until the first one, and the history before it stays", () => {
    const { history, insights } = figuresOf({
      holdings: [holding("A", 10), holding("NEW", 5)],
      closes,
      transactions: [trade(week[0], "A", 10, 100), trade(week[2], "NEW", 5, 20)],
    });
    expect(history.map(({ value }) => value)).toEqual([1000, 1100, 1310, 1310, 1431]);
    expect(insights.period).toMatchObject({ from: week[0], to: week[4], returns: 4 });
    // 1,100 ÷ 1,000 × 1,310 ÷ (1,100 + 100) × 1 × 1,431 ÷ 1,310
    expect(insights.timeWeightedReturn).toBeCloseTo(1.1 * (1310 / 1200) * (1431 / 1310) - 1, 12);
  });

  it("counts from its first close on when it has no transaction, as money in and no gain", () => {
    const { history, insights } = figuresOf({ holdings: [holding("A", 10), holding("NEW", 5)], closes });
    expect(history.map(({ value }) => value)).toEqual([1000, 1100, 1210, 1310, 1431]);
    expect(insights.timeWeightedReturn).toBeCloseTo(1.21 * (1431 / 1310) - 1, 12);
  });

  it("has its transaction's price after the last one, also on its page", () => {
    const { assets, history, insights } = figuresOf({
      holdings: [holding("A", 10), holding("OLD", 10)],
      closes: [...closesOn(week, "A", 100, 100, 100, 100, 100), ...closesOn(week, "OLD", 50)],
      transactions: [trade(week[0], "A", 10, 100), trade(week[0], "OLD", 5, 50), trade(week[3], "OLD", 5, 60)],
    });
    expect(history.map(({ value }) => value)).toEqual([1250, 1250, 1250, 1600, 1600]);
    expect(insights.timeWeightedReturn).toBeCloseTo(1600 / (1250 + 300) - 1, 12);
    expect(assets.find(({ symbol }) => symbol === "OLD")).toMatchObject({ price: 60, priceDate: week[3], value: 600 });
  });

  it("has the mean price of a day's transactions, whatever their order, and today's units", () => {
    const { history } = figuresOf({
      holdings: [holding("A", 1), holding("NEW", 8)],
      closes: [...closesOn(week, "A", 100, 100, 100), ...closesOn(week, "NEW", null, null, 20)],
      splits: [{ date: week[2], symbol: "NEW", ratio: 2 }],
      transactions: [
        trade(week[0], "A", 1, 100),
        trade(week[1], "NEW", 1, 46),
        trade(week[1], "NEW", 3, 50),
        trade(week[1], "NEW", -1, 50),
        trade(week[1], "NEW", 1, 46),
      ],
    });
    // (46 + 3 × 50 + 50 + 46) ÷ 6 a unit of then, 4 of which were held
    expect(history.map(({ value }) => value)).toEqual(
      [100, 100 + (4 * 292) / 6, 260].map((each) => expect.closeTo(each, 9)),
    );
  });

  it("takes what was traded after the last day of closes at that day's price", () => {
    const { history, insights } = figuresOf({
      holdings: [holding("A", 20)],
      closes: closesOn(week, "A", 99, 99, 100),
      transactions: [trade(week[0], "A", 10, 99), trade(week[3], "A", 10, 120)],
    });
    expect(history.map(({ value }) => value)).toEqual([990, 990, 2000]);
    expect(insights.timeWeightedReturn).toBeCloseTo(100 / 99 - 1, 12);
  });
});

describe("units that came for nothing", () => {
  it("begin the returns with the next day when there was nothing before", () => {
    const { insights } = figuresOf({
      holdings: [holding("A", 10)],
      closes: closesOn(week, "A", 90, 100, 110, 99, 121),
      transactions: [trade(week[1], "A", 10, 0)],
    });
    expect(insights.period).toMatchObject({ from: week[1], to: week[4], returns: 3 });
    expect(insights.timeWeightedReturn).toBeCloseTo(0.21, 12);
    expect(insights.volatility).not.toBeNull();
  });

  it("have no price of 0 before their first close", () => {
    const { history, insights } = figuresOf({
      holdings: [holding("A", 10), holding("G", 10)],
      closes: [...closesOn(week, "A", 100, 100, 110), ...closesOn(week, "G", null, null, 5)],
      transactions: [trade(week[0], "A", 10, 100), trade(week[1], "G", 10, 0)],
    });
    expect(history.map(({ value }) => value)).toEqual([1000, 1000, 1150]);
    expect(insights.timeWeightedReturn).toBeCloseTo(0.1, 12);
  });
});

describe("figures by the year", () => {
  /** Returns of +4 % and −3 % in turn: sample standard deviation 0.035752656…, by numpy. */
  const alternating = (dates: readonly string[]) => {
    const values = dates.map((_, index) => 100 * (1.04 * 0.97) ** Math.floor(index / 2) * (index % 2 ? 1.04 : 1));
    return figuresOf({ riskFreeRate: 0.03, holdings: [holding("F", 1)], closes: closesOn(dates, "F", ...values) });
  };
  const monthEnds = Array.from({ length: 25 }, (_, i) => new Date(Date.UTC(2024, i + 1, 0)).toISOString().slice(0, 10));
  const every = (days: number, isOpen = (_: Date) => true, count = 25) => {
    const dates: string[] = [];
    for (let time = Date.UTC(2024, 0, 1); dates.length < count; time += days * 86_400_000) {
      if (isOpen(new Date(time))) dates.push(new Date(time).toISOString().slice(0, 10));
    }
    return dates;
  };
  const isWeekday = (day: Date) => day.getUTCDay() % 6 !== 0;

  it.each([
    ["month", 12, monthEnds, 0.12385124317011359],
    ["day", 252, every(1, isWeekday), 0.5675576967414281],
    ["day", 365, every(1), 0.6830557937616109],
    ["week", 52, every(7), 0.25781692189883754],
    ["quarter", 4, every(91), 0.07150554858373488],
  ])("take a %s for what it is: %d in a year", (spacing, periodsPerYear, dates, volatility) => {
    const { insights } = alternating(dates);
    expect(insights.period).toMatchObject({ spacing, periodsPerYear });
    expect(insights.volatility).toBeCloseTo(volatility, 12);
    expect(insights.valueAtRisk).toMatchObject({ horizon: spacing, ratio: expect.closeTo(0.03, 12) });
  });

  it("count the periods of a year when no word fits their spacing", () => {
    const { insights } = alternating(every(10));
    expect(insights.period).toMatchObject({ spacing: "period", periodsPerYear: expect.closeTo(36.525, 9) });
    expect(insights.volatility).toBeCloseTo(Math.sqrt((0.035 ** 2 * 24) / 23) * Math.sqrt(36.525), 12);
  });

  it("do not take a series that changes its spacing for either of the two", () => {
    const { insights } = alternating([...monthEnds, ...every(1, isWeekday, 600).filter((date) => date > "2026-02-01")]);
    expect(insights.period?.spacing).toBe("period");
  });

  it("take the risk-free rate of a period off", () => {
    expect(alternating(monthEnds).insights.sharpeRatio).toBeCloseTo(0.24549420703507882, 12);
  });

  it("call nothing of a month a day", () => {
    const { insights } = alternating(monthEnds);
    expect(JSON.stringify(insights)).not.toMatch(/\bda(y|ily)\b/i);
    expect(insights.findings.find(({ id }) => id === "volatility")?.text).toContain("monthly returns");
  });
});
