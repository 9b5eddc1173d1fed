import { portfolioOf } from "./portfolio.fixture";

const week = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const holding = (symbol: string, quantity: number, more = {}) => ({
  symbol,
  name: symbol,
  assetClass: "Stocks",
  currency: "USD",
  quantity,
  costPerUnit: 100,
  ...more,
});
const closesOf = (symbol: string, ...values: (number | null)[]) =>
  values.flatMap((close, index) => (close === null ? [] : [{ date: week[index], symbol, close }]));
const trade = (day: number, symbol: string, quantity: number, price: number) => {
  const date = week[day];
  return { date, symbol, quantity, price };
};
const ratesOf = (...values: number[]) =>
  values.map((rate, index) => ({ date: week[index], from: "EUR", to: "USD", rate }));

/** What the tests take for now. */
const today = Date.UTC(2026, 10, 20, 12);
beforeEach(() => jest.spyOn(Date, "now").mockReturnValue(today));
afterEach(() => jest.restoreAllMocks());

it.each<[string, object, string[]]>([
  [
    "more held than bought",
    { holdings: [holding("A", 12)], closes: closesOf("A", 100), transactions: [trade(0, "A", 10, 100)] },
    [
      'holdings[0].quantity 12 units of "A" are held, but its transactions sum to 10: 2 units count as held before the first of them. Is a transaction or a split missing?',
    ],
  ],
  [
    "a transaction that is not in what is held",
    {
      holdings: [holding("A", 10)],
      closes: closesOf("A", 100, 100),
      transactions: [trade(0, "A", 10, 100), trade(3, "A", 5, 100)],
    },
    [
      'transactions[1].date "2026-11-19" is after the latest close, 2026-11-17, and the 10 units of "A" that are held are without it: it is left out. Give a close of that day, and the quantity with it',
    ],
  ],
  [
    "a close, a rate and a transaction of the day after tomorrow",
    {
      baseCurrency: "USD",
      holdings: [holding("A", 1), holding("E", 1, { currency: "EUR" })],
      closes: [
        ...closesOf("A", 100),
        { date: "2026-11-21", symbol: "A", close: 100 },
        ...closesOf("E", 100),
        { date: "2026-11-22", symbol: "E", close: 100 },
      ],
      rates: [...ratesOf(1), { date: "2026-11-22", from: "EUR", to: "USD", rate: 1 }],
      transactions: [{ date: "2026-11-22", symbol: "A", quantity: 1, price: 100 }],
    },
    ["closes[3]", "rates[1]", "transactions[0]"].map(
      (row) => `${row}.date "2026-11-22" lies in the future: it is 2026-11-20. Is it mistyped?`,
    ),
  ],
  [
    "a close in another unit, exactly fifty times the one before",
    { holdings: [holding("A", 1)], closes: closesOf("A", 2, 100) },
    [
      'closes[1].close 100 of "A" and the close before, 2 of 2026-11-16, differ 50.0 times. Is it another currency or unit (pence, cents), or is a split missing?',
    ],
  ],
  [
    "a close whose split is missing, the other one's being there",
    {
      holdings: [holding("A", 1)],
      closes: closesOf("A", 100, 1, 0.01),
      splits: [{ date: week[1], symbol: "A", ratio: 100 }],
    },
    [
      'closes[2].close 0.01 of "A" and the close before, 1 of 2026-11-17, differ 100.0 times. Is it another currency or unit (pence, cents), or is a split missing?',
    ],
  ],
  [
    "a rate the wrong way round",
    {
      baseCurrency: "USD",
      holdings: [holding("E", 1, { currency: "JPY" })],
      closes: closesOf("E", 100, 100),
      rates: [
        { date: week[0], from: "USD", to: "JPY", rate: 150 },
        { date: week[1], from: "USD", to: "JPY", rate: 0.01 },
      ],
    },
    [
      "rates[1].rate 0.01 from USD to JPY and the rate before, 150 of 2026-11-16, differ 15000.0 times. Are USD and JPY the wrong way round on 2026-11-17?",
    ],
  ],
  [
    "prices in cents, before the first close and after it",
    {
      holdings: [holding("A", 2), holding("B", 1)],
      closes: [...closesOf("A", null, 100, 100), ...closesOf("B", 1)],
      transactions: [trade(0, "A", 1, 9900), trade(2, "A", 1, 10_200), trade(0, "B", 1, 1)],
    },
    [
      'transactions[0].price 9900 for "A" and its close of 2026-11-17, 100, differ 99.0 times. Is it another currency or unit (pence, cents), or is a split missing?',
      'transactions[1].price 10200 for "A" and its close of 2026-11-18, 100, differ 102.0 times. Is it another currency or unit (pence, cents), or is a split missing?',
    ],
  ],
  [
    "units that came for nothing, and some that went for nothing",
    {
      holdings: [holding("A", 1)],
      closes: closesOf("A", 100, 100),
      transactions: [trade(0, "A", 3, 0), trade(1, "A", -2, 0)],
    },
    [
      'transactions[0].price 0 for 3 units of "A": nothing was paid for them, so what they are worth counts as a gain, unless nothing else was held. If they came from or went to another account, give their market price',
      'transactions[1].price 0 for 2 units of "A": nothing was received for them, so what they are worth counts as a loss, unless nothing else was held. If they came from or went to another account, give their market price',
    ],
  ],
  [
    "a close and a rate that begin late",
    {
      baseCurrency: "USD",
      holdings: [holding("A", 1), holding("B", 1), holding("E", 1, { currency: "EUR" }), holding("SOLD", 0)],
      closes: [
        ...closesOf("A", 1, 1, 1),
        ...closesOf("B", null, 1, 1),
        ...closesOf("E", 1, 1, 1),
        ...closesOf("SOLD", null, 1),
      ],
      rates: ratesOf(1, 1).slice(1),
    },
    [
      'holdings[1].symbol "B" has no close before 2026-11-17, and the history begins on 2026-11-16: it counts from its first close on, as a contribution. transactions.csv can say when it was bought',
      'holdings[2].symbol "E" has no rate before 2026-11-17, and the history begins on 2026-11-16: it counts from its first rate on, as a contribution. transactions.csv can say when it was bought',
    ],
  ],
  [
    "a holding without a close",
    {
      holdings: [holding("A", 1), holding("NEW", 1)],
      closes: closesOf("A", 1, 1),
      transactions: [trade(0, "NEW", 1, 7)],
    },
    ['holdings[1].symbol "NEW" has no close: the price of its latest transaction counts'],
  ],
])("says of %s what it is and how it counts", (_, content, said) => {
  expect(portfolioOf(content).warnings.map(({ detail }) => detail)).toEqual(said);
});

it.each<[string, object]>([
  ["a close of tomorrow", { closes: [...closesOf("A", 1), { date: "2026-11-21", symbol: "A", close: 1 }] }],
  ["a close that is 49 times the one before", { closes: closesOf("A", 1, 49) }],
  ["a close of 0 and one after it", { closes: closesOf("A", 1, 0, 1) }],
  [
    "a holding that was sold before the others begin",
    { holdings: [holding("A", 1), holding("SOLD", 0)], closes: [...closesOf("A", null, 1), ...closesOf("SOLD", 1)] },
  ],
  [
    "what was bought on the day of the last close",
    { closes: closesOf("A", 1, 1), transactions: [trade(1, "A", 1, 1)] },
  ],
  [
    "what rounding leaves of a sum",
    { holdings: [holding("A", 1.0000001)], closes: closesOf("A", 1), transactions: [trade(0, "A", 1, 1)] },
  ],
])("says nothing of %s", (_, content) => {
  expect(portfolioOf({ holdings: [holding("A", 1)], ...content }).warnings).toEqual([]);
});

it("says five of a kind, and at the fifth how many more there are", () => {
  const said = (count: number) => {
    const symbols = Array.from({ length: count }, (_, index) => `S${index}`);
    const transactions = symbols.map((symbol) => trade(0, symbol, 1, 0));
    const holdings = symbols.map((symbol) => holding(symbol, 1));
    const closes = symbols.flatMap((symbol) => closesOf(symbol, 1));
    return portfolioOf({ holdings, closes, transactions }).warnings.map(({ detail }) => detail.slice(-30));
  };
  const end = "nt, give their market price";
  const last = (text: string) => expect.stringMatching(new RegExp(`${text}$`));
  expect(said(5)).toEqual(Array.from({ length: 5 }, () => last(end)));
  expect(said(7)).toEqual([...Array.from({ length: 4 }, () => last(end)), last("There are 2 more like this")]);
});
