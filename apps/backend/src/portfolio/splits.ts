import type { Split } from "./portfolio";

/** How many units after the splits up to `asOf` one unit of a day has become. */
export function unitsPerUnit(splits: readonly Split[], asOf: string): (date: string) => number {
  const counted = splits.filter(({ date }) => date <= asOf);
  return (day) => counted.reduce((units, { date, ratio }) => (date > day ? units * ratio : units), 1);
}
