import { type Broken, closes, holdings, holdingsLine3, put } from "./damage.fixture";

/** CSV files whose cells or rows are wrong. */
export const brokenRows: readonly Broken[] = [
  [
    "a word for a number",
    holdingsLine3("A,Alpha,Stocks,USD,many,10"),
    'holdings.csv line 3, column quantity: "many" is not a number such as 12.5',
  ],
  [
    "NaN",
    holdingsLine3("A,Alpha,Stocks,USD,NaN,10"),
    'holdings.csv line 3, column quantity: "NaN" is not a number such as 12.5',
  ],
  [
    "infinity",
    holdingsLine3("A,Alpha,Stocks,USD,Infinity,10"),
    'holdings.csv line 3, column quantity: "Infinity" is not a number such as 12.5',
  ],
  [
    "a number beyond all reason",
    holdingsLine3(`A,Alpha,Stocks,USD,1${"0".repeat(400)},10`),
    "holdings.csv line 3, column quantity: Infinity is not a number such as 12.5",
  ],
  [
    "a hexadecimal number",
    holdingsLine3("A,Alpha,Stocks,USD,0x10,10"),
    'holdings.csv line 3, column quantity: "0x10" is not a number such as 12.5',
  ],
  [
    "a power of ten",
    holdingsLine3("A,Alpha,Stocks,USD,1e3,10"),
    'holdings.csv line 3, column quantity: "1e3" is not a number such as 12.5',
  ],
  [
    "an amount with its currency",
    holdingsLine3("A,Alpha,Stocks,USD,2,$10"),
    'holdings.csv line 3, column costPerUnit: "$10" is not a price, 0 or more',
  ],
  [
    "a comma that splits a number",
    holdingsLine3("A,Alpha,Stocks,USD,1,200,10"),
    'holdings.csv line 3, column 7: has 7 cells, the header 6; put a value with a comma into "quotes", a number without its comma',
  ],
  [
    "a missing cell",
    holdingsLine3("A,Alpha,Stocks,USD,2"),
    'holdings.csv line 3, column costPerUnit: "" is not a price, 0 or more; `cost`, of all units together, would do too',
  ],
  ["a negative price", closes("2026-11-20,A,-1"), "closes.csv line 3, column close: -1 is not a price, 0 or more"],
  [
    "a currency that is none",
    holdingsLine3("A,Alpha,Stocks,dollars,2,10"),
    'holdings.csv line 3, column currency: "dollars" is not a currency code of three capitals, such as USD',
  ],
  [
    "a second currency without rates",
    holdingsLine3("A,Alpha,Stocks,EUR,2,10"),
    'holdings.csv line 3, column currency: "EUR" differs from USD; with several currencies, baseCurrency in the settings says which one totals are in',
  ],
  [
    "a holding twice",
    holdingsLine3("B,Beta,Bonds,USD,3,5"),
    'holdings.csv line 3, column symbol: "B" stands here for the second time',
  ],
  [
    "a holding without a close",
    holdingsLine3("C,Gamma,Bonds,USD,3,5"),
    'holdings.csv line 3, column symbol: "C" has no close',
  ],
  [
    "a day twice",
    closes("2026-11-20,A,1", "2026-11-20,A,2"),
    'closes.csv line 4, column date: "2026-11-20" stands here for the second time for "A"',
  ],
  [
    "a day that does not exist",
    closes("2026-02-30,A,1"),
    'closes.csv line 3, column date: "2026-02-30" is not a date such as 2026-11-20, from 1900 to 2199',
  ],
  [
    "a day of another format",
    closes("11/20/2026,A,1"),
    'closes.csv line 3, column date: "11/20/2026" is not a date such as 2026-11-20, from 1900 to 2199',
  ],
  [
    "a year of five digits",
    closes("12026-11-20,A,1"),
    'closes.csv line 3, column date: "12026-11-20" is not a date such as 2026-11-20, from 1900 to 2199',
  ],
  [
    "a formula",
    holdingsLine3('A,"=HYPERLINK(""http://x"",""y"")",Stocks,USD,2,10'),
    'holdings.csv line 3, column name: "=HYPERLINK(\\"http://x\\",\\"y\\")" begins with = + - or @, which a spreadsheet would run as a formula',
  ],
  [
    "a command",
    holdingsLine3("@SUM(1),Alpha,Stocks,USD,2,10"),
    'holdings.csv line 3, column symbol: "@SUM(1)" begins with = + - or @, which a spreadsheet would run as a formula',
  ],
  [
    "a control character",
    holdingsLine3("A,Al\u0007pha,Stocks,USD,2,10"),
    'holdings.csv line 3, column name: "Al\\u0007pha" holds a control character or a line break',
  ],
  [
    "a line break in a name, and what is below it",
    holdings('B,"Be\nta",Bonds,USD,3,5'),
    'holdings.csv line 2, column name: "Be\\nta" holds a control character or a line break',
  ],
  [
    "a name beyond all reason",
    holdingsLine3(`A,${"x".repeat(5000)},Stocks,USD,2,10`),
    'holdings.csv line 3, column name: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is longer than 200 characters',
  ],
  [
    "a split of nothing",
    put("splits.csv", "date,symbol,ratio\n2026-11-20,A,4:0\n"),
    'splits.csv line 2, column ratio: "4:0" is not a ratio such as 4 or 1:10, greater than 0',
  ],
  [
    "a negative dividend",
    put("dividends.csv", "date,symbol,amount\n2026-11-20,A,-1\n"),
    "dividends.csv line 2, column amount: -1 is not an amount, 0 or more",
  ],
  [
    "a sale of what is not held",
    put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,C,-1,2\n"),
    'transactions.csv line 2, column symbol: "C" is no holding; one that was sold stands there with a quantity of 0',
  ],
  [
    "a rate between foreign currencies",
    put("rates.csv", "date,from,to,rate\n2026-11-20,EUR,GBP,0.9\n"),
    'rates.csv line 2, column to: "GBP" for "EUR": one of the two must be the base currency, USD',
  ],
];
