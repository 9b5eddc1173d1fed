import { fileFormat, settingsFile } from "./settings";

const accepts = (value: object) => settingsFile.safeParse(value).success;
const acceptsFormat = (value: object) => fileFormat.safeParse(value).success;

it("has a default for everything, as data/FORMAT.md says", () => {
  expect(settingsFile.parse({})).toEqual({ riskFreeRate: 0, files: {} });
  expect(fileFormat.parse({})).toEqual({
    columns: {},
    constants: {},
    ignore: {},
    delimiter: ",",
    decimal: ".",
    dates: "YYYY-MM-DD",
    skipLines: 0,
    endAtBlankLine: false,
    encoding: "utf-8",
  });
});

it.each([
  ["delimiter", [",", ";", "\t", "|"]],
  ["decimal", [".", ","]],
  ["grouping", [",", ".", " ", "'"]],
  ["dates", ["YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY"]],
  ["skipLines", [0, 100]],
  ["endAtBlankLine", [true, false]],
  ["encoding", ["utf-8", "utf-16le", "windows-1252"]],
  ["sides", [{}, { buy: ["B"] }, { sell: ["S"] }]],
  ["columns", [{}, { symbol: "T" }, { symbol: "x".repeat(200) }]],
])("takes each value of %s that there is, and no other", (key, values) => {
  for (const value of values) expect(fileFormat.parse({ [key]: value })).toHaveProperty(key, value);
  for (const value of ["", "x", -1, 101, 1.5, null, { hold: [] }, { symbol: "" }, { symbol: "x".repeat(201) }]) {
    expect([value, acceptsFormat({ [key]: value })]).toEqual([value, false]);
  }
});

it("refuses what it does not know, at each level", () => {
  expect(accepts({ benchmarc: "A" })).toBe(false);
  expect(accepts({ benchmark: { symbol: "A", weight: 1 } })).toBe(false);
  expect(accepts({ files: { "closes.csv": { delimeter: ";" } } })).toBe(false);
  expect(accepts({ files: { "prices.csv": {} } })).toBe(false);
});

it("takes a risk-free rate of -0.5 to 1, and a base currency of three capitals", () => {
  expect([-0.51, -0.5, 1, 1.01].map((riskFreeRate) => accepts({ riskFreeRate }))).toEqual([false, true, true, false]);
  expect(["EUR", "eur", "EURO", "xEUR"].map((baseCurrency) => accepts({ baseCurrency }))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it("takes a benchmark's symbol alone, and its name and currency", () => {
  expect(accepts({ benchmark: { symbol: "W" } })).toBe(true);
  expect(accepts({ benchmark: { symbol: "W", name: "World", currency: "USD" } })).toBe(true);
  expect([{}, { symbol: "" }, { symbol: "x".repeat(33) }].map((benchmark) => accepts({ benchmark }))).toEqual([
    false,
    false,
    false,
  ]);
});
