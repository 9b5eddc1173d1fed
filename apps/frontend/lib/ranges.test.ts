import { describe, expect, it } from "@jest/globals";
import { rangeOf, within } from "./ranges";

const days = ["2025-03-31", "2025-12-30", "2026-02-28", "2026-03-02", "2026-03-30", "2026-03-31"].map((date) => ({
  date,
}));
const shown = (range: string) => within(days, rangeOf(range)).map(({ date }) => date);

describe("within", () => {
  it("begins a month earlier, on that month's last day when it is shorter", () => {
    expect(shown("1m")).toEqual(["2026-02-28", "2026-03-02", "2026-03-30", "2026-03-31"]);
  });
  it("begins a year with the last day of the one before", () => expect(shown("ytd")[0]).toBe("2025-12-30"));
  it("goes back a whole year", () => expect(shown("1y")[0]).toBe("2025-03-31"));
  it("shows everything", () => expect(shown("all")).toHaveLength(6));
  it("shows what there is when the history is shorter", () => {
    expect(within(days.slice(3), rangeOf("1y"))).toHaveLength(3);
    expect(within([], rangeOf("1y"))).toEqual([]);
  });
});

it.each([undefined, "", "2y", "1Y"])("takes one year for the range %p, which there is not", (asked) => {
  expect(rangeOf(asked).id).toBe("1y");
});
