/** How far back a chart looks. The first day of each is counted from the last day of the data. */
export const ranges = [
  { id: "1m", label: "1M", title: "one month", months: 1 },
  { id: "3m", label: "3M", title: "three months", months: 3 },
  { id: "6m", label: "6M", title: "six months", months: 6 },
  { id: "ytd", label: "YTD", title: "this year", months: null },
  { id: "1y", label: "1Y", title: "one year", months: 12 },
  { id: "all", label: "All", title: "the whole history", months: Number.POSITIVE_INFINITY },
] as const;

export type Range = (typeof ranges)[number];

const usual = "1y";

/** The range that an address asks for; one year when it names none that there is. */
export function rangeOf(asked: string | undefined): Range {
  return ranges.find(({ id }) => id === asked) ?? ranges.find(({ id }) => id === usual) ?? ranges[0];
}

/** The days of a history that a range shows, with the one before them, on which growth begins. */
export function within<Day extends { readonly date: string }>(days: readonly Day[], range: Range): readonly Day[] {
  const last = days.at(-1)?.date;
  if (!last || range.months === Number.POSITIVE_INFINITY) return days;
  const start = range.months === null ? `${Number(last.slice(0, 4)) - 1}-12-31` : monthsBefore(last, range.months);
  const first = days.findLastIndex(({ date }) => date <= start);
  return days.slice(Math.max(first, 0));
}

/** The same day some months earlier, or that month's last. */
function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() - months);
  if (date.getUTCDate() !== dayOfMonth) date.setUTCDate(0);
  return date.toISOString().slice(0, 10);
}
