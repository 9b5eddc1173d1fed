import { median, sum } from "simple-statistics";
import { dayMilliseconds } from "./timeline";

export const spacings = ["day", "week", "month", "quarter", "year", "period"] as const;
/** How far apart the days of a series are; "period" when no word fits. */
export type Spacing = (typeof spacings)[number];

export interface Frequency {
  readonly spacing: Spacing;
  /** How many of its returns a year has. */
  readonly periodsPerYear: number;
}

/** From one day to another, ISO 8601. */
export interface Span {
  readonly from: string;
  readonly date: string;
}

const daysPerYear = 365.25;

interface Regular extends Frequency {
  /** How many such periods lie between two days, counted since 1970. */
  count(from: number, to: number): number;
  /** How far the series may be off, as a part of 1: holidays have no return. */
  readonly tolerance: number;
}

const everyDays =
  (days: number): Regular["count"] =>
  (from, to) =>
    (to - from) / days;

/** The first that a series fits. 252 trading days in a year are the convention of the field. */
const regular: readonly Regular[] = [
  { spacing: "day", periodsPerYear: 252, count: weekdays, tolerance: 0.1 },
  { spacing: "day", periodsPerYear: 365, count: everyDays(1), tolerance: 0.1 },
  { spacing: "week", periodsPerYear: 52, count: everyDays(7), tolerance: 0.05 },
  { spacing: "month", periodsPerYear: 12, count: everyDays(daysPerYear / 12), tolerance: 0.05 },
  { spacing: "quarter", periodsPerYear: 4, count: everyDays(daysPerYear / 4), tolerance: 0.05 },
  { spacing: "year", periodsPerYear: 1, count: everyDays(daysPerYear), tolerance: 0.05 },
];

/** The spacing of returns by the days they span: regular when half of them, and all together, are as long as one should be. At least one. */
export function frequencyOf(spans: readonly Span[]): Frequency {
  const days = spans.map(({ from, date }) => [dayNumber(from), dayNumber(date)] as const);
  const found = regular.find(({ count, tolerance }) => {
    const counts = days.map(([from, to]) => count(from, to));
    // A February is 8 % shorter than a month.
    return Math.abs(median(counts) - 1) <= 0.1 && Math.abs(counts.length / sum(counts) - 1) <= tolerance;
  });
  if (found) return { spacing: found.spacing, periodsPerYear: found.periodsPerYear };
  const length = sum(days.map(([from, to]) => to - from));
  return { spacing: "period", periodsPerYear: (days.length * daysPerYear) / length };
}

function dayNumber(date: string): number {
  return Date.parse(date) / dayMilliseconds;
}

/** Mondays to Fridays after one day, up to another. */
function weekdays(from: number, to: number): number {
  return weekdaysUpTo(to) - weekdaysUpTo(from);
}

/** Counted from a Monday long ago. */
function weekdaysUpTo(day: number): number {
  const sinceMonday = day + 3 + 7 * 10_000;
  return 5 * Math.floor(sinceMonday / 7) + Math.min((sinceMonday % 7) + 1, 5);
}
