import type { Split, Transaction } from "./portfolio";

/** How many units after the splits up to `asOf` one unit of a day has become. */
export function unitsPerUnit(splits: readonly Split[], asOf: string): (date: string) => number {
  const counted = splits.filter(({ date }) => date <= asOf);
  return (day) => counted.reduce((units, { date, ratio }) => (date > day ? units * ratio : units), 1);
}

/** What transactions sum to, in units after the splits up to `asOf`, and how many units they moved. */
export interface Sum {
  readonly units: number;
  readonly moved: number;
}

export function sumOf(transactions: readonly Transaction[], splits: readonly Split[], asOf: string): Sum {
  const unitsOf = unitsPerUnit(splits, asOf);
  const traded = transactions.map(({ date, quantity }) => quantity * unitsOf(date));
  return {
    units: traded.reduce((all, units) => all + units, 0),
    moved: traded.reduce((all, units) => all + Math.abs(units), 0),
  };
}

/** What exports round away, as a part of what was moved. */
const rounding = 1e-6;

/** Whether a quantity is another than a sum by more than rounding. */
export function differs(quantity: number, { units, moved }: Sum): boolean {
  return Math.abs(quantity - units) > rounding * Math.max(moved, Math.abs(quantity));
}

/** A number without what binary fractions leave of it. */
export const plain = (value: number) => Number(value.toPrecision(9));
