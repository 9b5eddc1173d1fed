import { portfolioOf, portfolioOfFiles } from "./portfolio.fixture";

const week = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const holding = (symbol: string, quantity: number) => ({
  symbol,
  name: symbol,
  assetClass: "Stocks",
  currency: "USD",
  quantity,
  costPerUnit: 100,
});
const closesOf = (symbol: string, ...values: number[]) =>
  values.map((close, index) => ({ date: week[index], symbol, close }));
const said = (content: object) => portfolioOf(content).warnings.map(({ detail }) => detail);

it("says nothing of a portfolio that fits together", () => {
  const transactions = [
    { date: week[0], symbol: "A", quantity: 3, price: 1 },
    { date: week[2], symbol: "A", quantity: 6, price: 1 },
    { date: week[4], symbol: "A", quantity: -2.4, price: 1 },
  ];
  const splits = [{ date: week[1], symbol: "A", ratio: 0.1 }];
  // 3 ÷ 10 + 6 − 2.4
  const content = { holdings: [holding("A", 3.9)], closes: closesOf("A", 1, 1, 1, 1, 1), transactions, splits };
  expect(said(content)).toEqual([]);
});

it("says that a holding is not the sum of its transactions, and where", () => {
  const portfolio = portfolioOf({
    holdings: [holding("A", 12)],
    closes: closesOf("A", 100, 100),
    transactions: [{ date: week[1], symbol: "A", quantity: 10, price: 100 }],
  });
  expect(portfolio.warnings).toEqual([
    {
      file: "portfolio.json",
      line: expect.any(Number),
      column: expect.any(Number),
      detail: expect.stringMatching(
        /^holdings\[0\]\.quantity 12 units of "A" are held.*sum to 10.*2 .*before the first/,
      ),
    },
  ]);
});

it("names the file, the line and the column of a CSV file", () => {
  const { warnings } = portfolioOfFiles({
    "holdings.csv": "symbol,name,assetClass,currency,Shares,costPerUnit\nA,A,Stocks,USD,12,1\nB,B,Stocks,USD,1,1\n",
    "closes.csv": "date,symbol,close\n2026-11-20,A,1\n2026-11-20,B,1\n",
    "transactions.csv": "date,symbol,quantity,price\n2026-11-20,A,-3,1\n",
    "settings.json": { files: { "holdings.csv": { columns: { quantity: "Shares" } } } },
  });
  expect(warnings).toEqual([
    { file: "holdings.csv", line: 2, column: "Shares", detail: expect.stringContaining("sum to -3") },
  ]);
});

it("says the first few of many, and counts the rest", () => {
  const symbols = Array.from({ length: 9 }, (_, index) => `S${index}`);
  const warnings = said({
    holdings: symbols.map((symbol) => holding(symbol, 2)),
    closes: symbols.flatMap((symbol) => closesOf(symbol, 1)),
    transactions: symbols.map((symbol) => ({ date: week[0], symbol, quantity: 1, price: 1 })),
  });
  expect(warnings).toHaveLength(5);
  expect(warnings.at(-1)).toMatch(/4 more like this/);
});

it("says of a close in the future that it is", () => {
  const closes = [...closesOf("A", 100, 101), { date: "2162-11-20", symbol: "A", close: 101 }];
  expect(said({ holdings: [holding("A", 1)], closes })).toEqual([
    expect.stringMatching(/^closes\[2\]\.date "2162-11-20" lies in the future/),
  ]);
});

it.each([
  ["a hundred times more", [1, 1.02, 101]],
  ["a hundredth", [100, 101, 1.02]],
])("says of a close that is %s than the one before", (_, values) => {
  expect(said({ holdings: [holding("A", 1)], closes: closesOf("A", ...values) })).toEqual([
    expect.stringMatching(/^closes\[2\]\.close .*99.0 times/),
  ]);
});

it("says nothing of a jump that a split explains", () => {
  const splits = [{ date: week[1], symbol: "A", ratio: 100 }];
  expect(said({ holdings: [holding("A", 1)], closes: closesOf("A", 100, 1), splits })).toEqual([]);
});

it("says of a transaction's price that it is another unit than the closes'", () => {
  const transactions = [
    { date: week[1], symbol: "A", quantity: 1, price: 9900 },
    { date: week[2], symbol: "A", quantity: 1, price: 101 },
  ];
  expect(said({ holdings: [holding("A", 2)], closes: closesOf("A", 100, 100, 100), transactions })).toEqual([
    expect.stringMatching(/^transactions\[0\]\.price 9900 .*99\.0 times/),
  ]);
});

it("says of a rate that jumps that it does", () => {
  const rates = [150, 151, 0.0066].map((rate, index) => ({ date: week[index], from: "USD", to: "JPY", rate }));
  const closes = closesOf("A", 100, 100, 100);
  const held = { ...holding("A", 1), currency: "JPY" };
  expect(said({ baseCurrency: "USD", holdings: [held], closes, rates })).toEqual([
    expect.stringMatching(/^rates\[2\]\.rate .* times/),
  ]);
});

it("says of units that came for nothing how they count", () => {
  const transactions = [{ date: week[0], symbol: "A", quantity: 1, price: 0 }];
  expect(said({ holdings: [holding("A", 1)], closes: closesOf("A", 100, 100), transactions })).toEqual([
    expect.stringMatching(/^transactions\[0\]\.price 0 .*nothing was paid/),
  ]);
});

it("says from when a holding counts that has no price at the start", () => {
  const closes = [...closesOf("A", 1, 1, 1), { date: week[2], symbol: "NEW", close: 5 }];
  expect(said({ holdings: [holding("A", 1), holding("NEW", 1)], closes })).toEqual([
    expect.stringMatching(/^holdings\[1\]\.symbol "NEW" has no close before 2026-11-18/),
  ]);
});

it("leaves a transaction after the last close out where what is held is without it, and says so", () => {
  const content = (quantity: number) => ({
    holdings: [holding("A", quantity)],
    closes: closesOf("A", 100, 100),
    transactions: [
      { date: week[0], symbol: "A", quantity: 10, price: 100 },
      { date: week[3], symbol: "A", quantity: 5, price: 100 },
      ...(quantity === 16 ? [{ date: week[4], symbol: "A", quantity: 1, price: 100 }] : []),
    ],
  });
  expect(said(content(15))).toEqual([]);
  expect(said(content(16))).toEqual([]);
  expect(said(content(10))).toEqual([
    expect.stringMatching(/^transactions\[1\]\.date "2026-11-19" is after the latest close, 2026-11-17, .*left out/),
  ]);
  expect(portfolioOf(content(10)).transactions.get("A")).toHaveLength(1);
});

it("says from when a holding counts that has no rate at the start", () => {
  const foreign = { ...holding("E", 1), currency: "EUR" };
  const closes = [...closesOf("A", 1, 1, 1), ...closesOf("E", 1, 1, 1)];
  const rates = [{ date: week[1], from: "EUR", to: "USD", rate: 1.1 }];
  expect(said({ baseCurrency: "USD", holdings: [holding("A", 1), foreign], closes, rates })).toEqual([
    expect.stringMatching(/^holdings\[1\]\.symbol "E" has no rate before 2026-11-17/),
  ]);
});

it("takes a holding that has transactions and no close, and says so", () => {
  const content = {
    holdings: [holding("A", 1), holding("NEW", 1)],
    closes: closesOf("A", 1, 1, 1),
    transactions: [{ date: week[1], symbol: "NEW", quantity: 1, price: 7 }],
  };
  expect(said(content)).toEqual([expect.stringMatching(/^holdings\[1\]\.symbol "NEW" has no close: .*transaction/)]);
  const late = { ...content, transactions: [{ date: week[4], symbol: "NEW", quantity: 1, price: 7 }] };
  expect(() => portfolioOf(late)).toThrow(
    '"NEW" has no close, and no transaction on or before 2026-11-18 with a price',
  );
});
