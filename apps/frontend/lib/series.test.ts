import { describe, expect, it } from "@jest/globals";
import { downsample, drawdowns, growthSince } from "./series";

describe("growthSince", () => {
  it("counts from the first day, and leaves days without a figure out", () => {
    const days = [2, null, 2.5].map((growth, index) => ({ date: `2026-01-0${index + 1}`, growth }));
    expect(growthSince(days)).toEqual([
      { date: "2026-01-01", value: 0 },
      { date: "2026-01-03", value: 0.25 },
    ]);
  });
  it("knows none without a day, or after everything was lost", () => {
    expect(growthSince([])).toEqual([]);
    expect(growthSince([{ date: "2026-01-01", growth: 0 }])).toEqual([]);
  });
});

it("measures each day against the highest one before it", () => {
  const points = [0, 1, 0, 2].map((value, index) => ({ date: String(index), value }));
  expect(drawdowns(points).map(({ value }) => value)).toEqual([0, 0, -0.5, 0]);
});

it("thins to so many, the first and the last among them, in order", () => {
  const many = Array.from({ length: 1001 }, (_, index) => index);
  const few = downsample(many, 11);
  expect(few).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  expect(downsample([1, 2], 11)).toEqual([1, 2]);
});
