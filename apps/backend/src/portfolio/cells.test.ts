import { readCell } from "./cells";
import { fileFormat } from "./settings";
import type { CellKind } from "./tables";

const plain = fileFormat.parse({});
const reader =
  (kind: CellKind, format: Partial<typeof plain> = {}) =>
  (cell: string) =>
    readCell(cell, kind, { ...plain, ...format });

it("takes an empty cell for nothing, whatever its column, and text as it is", () => {
  for (const kind of ["text", "date", "number", "ratio"] as const) expect(reader(kind)("")).toBeUndefined();
  expect(reader("text")("1.5")).toBe("1.5");
});

it.each([
  ["12.5", 12.5],
  ["1234.56", 1234.56],
  ["-12", -12],
  ["+12", 12],
  ["12.", 12],
  [".25", 0.25],
])("reads %s as the number %d", (cell, value) => expect(reader("number")(cell)).toBe(value));

it.each(["x5", "5x", "1,234", "1,5", "$5", "5 €", "(5)", ".", "1.2.3", "--1", "1e3", "1 234"])(
  "leaves %s, which is no plain number, as it is",
  (cell) => expect(reader("number")(cell)).toBe(cell),
);

describe("with groups of thousands", () => {
  const read = reader("number", { grouping: "," });

  it.each([
    ["1234.5", 1234.5],
    ["1,234", 1234],
    ["-1,234.5", -1234.5],
    ["12,345,678.25", 12_345_678.25],
    ["(12)", -12],
    ["(1,234.50)", -1234.5],
    ["$5", 5],
    ["$ 5", 5],
    ["-$5", -5],
    ["- $ 5", -5],
    ["+£5", 5],
    ["($5)", -5],
    ["5€", 5],
    ["5 €", 5],
    ["-1,234 ¥", -1234],
  ])("reads %s as %d", (cell, value) => expect(read(cell)).toBe(value));

  it.each([
    "12,34",
    "1234,567",
    "1,2345",
    "1,234,5",
    "1,5,234",
    "1,x234",
    "x1,234",
    ",234",
    "1(2)",
    "(2)1",
    "1$2",
    "5€0",
    "5 $ 0",
    "$$5",
    "$",
  ])("leaves %s as it is", (cell) => expect(read(cell)).toBe(cell));

  it("has no decimal comma unless told so", () => {
    const german = reader("number", { grouping: ".", decimal: "," });
    expect([german("1.234,5"), german("€ 2.469,00"), german("1.5"), german("1,5,5")]).toEqual([
      1234.5,
      2469,
      "1.5",
      "1,5,5",
    ]);
  });

  it("takes every kind of blank between groups, and an apostrophe", () => {
    const french = reader("number", { grouping: " ", decimal: "," });
    expect(["1 234,5", "1\u00a0234\u00a0567", "1\u202f234,5", "1 234 €"].map(french)).toEqual([
      1234.5, 1_234_567, 1234.5, 1234,
    ]);
    expect(reader("number", { grouping: "'" })("1'234.5")).toBe(1234.5);
  });
});

it("reads a decimal comma without groups, and then no point", () => {
  const read = reader("number", { decimal: "," });
  expect(["1,5", "-,5", "1.5", "1,2,3"].map(read)).toEqual([1.5, -0.5, "1.5", "1,2,3"]);
});

it.each([
  ["4", 4],
  ["4:1", 4],
  ["1:10", 0.1],
  ["3 : 2", 1.5],
  ["1.5", 1.5],
])("reads the ratio %s as %d", (cell, value) => expect(reader("ratio")(cell)).toBe(value));

it.each(["4:0", "x:1", "1:x", "4:1:1", ":2", "4:", "1/10"])("leaves %s, which is no ratio, as it is", (cell) =>
  expect(reader("ratio")(cell)).toBe(cell),
);

describe("a date", () => {
  const read = (order: typeof plain.dates, cell: string) => reader("date", { dates: order })(cell);

  it.each([
    ["YYYY-MM-DD", "2026-02-01"],
    ["YYYYMMDD", "20260201"],
    ["YYYY/MM/DD", "2026/02/01"],
    ["DD.MM.YYYY", "01.02.2026"],
    ["DD/MM/YYYY", "01/02/2026"],
    ["MM/DD/YYYY", "02/01/2026"],
    ["DD.MM.YYYY", "1.2.2026"],
    ["MM/DD/YYYY", "2/1/2026"],
    ["YYYY/MM/DD", "2026/2/1"],
    ["YYYYMMDD", "20260201 10:30"],
    ["DD.MM.YYYY", "01.02.2026 10:30:00"],
    ["MM/DD/YYYY", "02/01/2026T10:30"],
  ] as const)("in the order %s is read from %s", (order, cell) => expect(read(order, cell)).toBe("2026-02-01"));

  it.each([
    ["YYYY-MM-DD", "2026.02.01"],
    ["YYYY-MM-DD", "2026-02-01 10:30"],
    ["YYYYMMDD", "120260201"],
    ["YYYYMMDD", "202602011"],
    ["YYYYMMDD", "2026-02-01"],
    ["YYYYMMDD", "2026.02.01"],
    ["DD.MM.YYYY", "x1.02.2026"],
    ["DD.MM.YYYY", "01.02.2026x"],
    ["DD.MM.YYYY", "01.02.20260"],
    ["DD.MM.YYYY", "01.02"],
    ["DD.MM.YYYY", "01.02.2026.1"],
    ["DD.MM.YYYY", "01..2026"],
    ["DD.MM.YYYY", "20260201"],
    ["MM/DD/YYYY", "Feb/01/2026"],
  ] as const)("in the order %s is not read from %s", (order, cell) => expect(read(order, cell)).toBe(cell));

  it("of a year of two digits is one of long ago, which no table takes", () =>
    expect(read("DD.MM.YYYY", "1.2.26")).toBe("0026-02-01"));
});
