import { frequencyOf } from "./spacing";

const dayOf = (days: number) => new Date(Date.UTC(2026, 0, 5) + days * 86_400_000).toISOString().slice(0, 10);
/** Of returns that span so many days each, from a Monday on. */
const spacingOf = (...spans: number[]) => {
  let day = 0;
  const { spacing, periodsPerYear } = frequencyOf(
    spans.map((days) => {
      const from = dayOf(day);
      day += days;
      return { from, date: dayOf(day) };
    }),
  );
  return `${spacing} ${Math.round(periodsPerYear * 1000) / 1000}`;
};
const times = (count: number, ...spans: number[]) => Array.from({ length: count }, () => spans).flat();

it.each<[string, string, number[]]>([
  ["Mondays to Fridays", "day 252", times(4, 1, 1, 1, 1, 3)],
  ["a single day of the week", "day 252", [1]],
  ["a weekend with closes", "day 365", times(4, 1, 1, 1, 1, 1, 1, 1)],
  ["a holiday in twenty days", "day 252", [...times(3, 1, 1, 1, 1, 3), 1, 2, 1, 3]],
  ["two holidays in nine days", "period 232.432", [2, 2, 3, 1, 1, 1, 1]],
  ["weeks", "week 52", times(10, 7)],
  ["weeks of which one in thirty is missing", "week 52", [...times(29, 7), 14]],
  ["weeks of which one in ten is missing", "period 47.435", [...times(9, 7), 14]],
  ["months", "month 12", times(4, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)],
  ["a February", "month 12", [29]],
  ["quarters", "quarter 4", times(4, 90, 91, 92, 92)],
  ["years", "year 1", times(4, 365, 365, 365, 366)],
  ["ten days", "period 36.525", times(5, 10)],
  ["two years", "period 0.5", [730.5, 730.5].map(Math.round)],
])("calls %s %s", (_, called, spans) => expect(spacingOf(...spans)).toBe(called));
