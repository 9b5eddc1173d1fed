import { compareFigures, keyDifferences } from "./compare";

it("takes what differs by less than a billionth, and measures it", () => {
  expect(compareFigures({ a: 1 }, { a: 1 + 5e-10 }, 1)).toMatchObject({ numbers: 1, differences: [] });
  expect(compareFigures({ a: 1 }, { a: 1 + 5e-10 }, 1).largestError).toBeCloseTo(5e-10, 12);
});

it("names what differs by more, is of another kind, or is missing", () => {
  const reference = { a: { b: 1, c: null, d: "2026-01-01", e: 2 } };
  expect(compareFigures(reference, { a: { b: 1.00001, c: 0, d: "2026-01-02" } }, 1).differences).toEqual([
    ".a.b is 1.00001, not 1",
    ".a.c is 0, not null",
    '.a.d is "2026-01-02", not "2026-01-01"',
    ".a.e is undefined, not 2",
  ]);
});

it("measures what is nearly 0 by the portfolio's size, and counts it", () => {
  expect(compareFigures({ gain: 0 }, { gain: 1e-7 }, 1e6)).toMatchObject({ nearZero: 1, differences: [] });
  expect(compareFigures({ gain: 0 }, { gain: 1e-5 }, 1e6).differences).toHaveLength(1);
  expect(compareFigures({ ratio: 0 }, { ratio: 1e-7 }, 1e6).differences).toHaveLength(1);
});

it("notices what only one of both has", () => {
  expect(keyDifferences("symbols", { A: 1, B: 1 }, { B: 1, A: 1 })).toEqual([]);
  expect(keyDifferences("symbols", { A: 1 }, { A: 1, B: 1 })).toEqual(["symbols are A, B, not A"]);
});
