import { PortfolioError, quoted } from "./portfolio-error";

it.each([
  [{ file: "closes.csv" }, "closes.csv: is missing"],
  [{ file: "closes.csv", line: 3 }, "closes.csv line 3: is missing"],
  [{ file: "closes.csv", line: 3, column: "date" }, "closes.csv line 3, column date: is missing"],
  [{ file: "portfolio.json", line: 3, column: 7 }, "portfolio.json line 3, column 7: is missing"],
])("says of %j where something is missing", (place, message) => {
  const error = new PortfolioError(place, "is missing");
  expect([error.message, error.place, error.detail]).toEqual([message, place, "is missing"]);
});

it("quotes what was found, short and on one line", () => {
  expect(["a\nb", 1.5, -2, true, null, undefined, { a: [1] }].map(quoted)).toEqual([
    '"a\\nb"',
    "1.5",
    "-2",
    "true",
    "null",
    "nothing",
    '{"a":[1]}',
  ]);
  expect([quoted("x".repeat(58)), quoted("x".repeat(59))]).toEqual([`"${"x".repeat(58)}"`, `"${"x".repeat(58)}…`]);
});

it("calls a number that is too big infinite, not null", () => {
  expect([quoted(Number.POSITIVE_INFINITY), quoted(Number.NEGATIVE_INFINITY)]).toEqual(["Infinity", "-Infinity"]);
});
