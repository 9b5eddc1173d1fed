import type { Assumptions } from "./assumptions";

/** A value of each period of the range, the oldest first; null where data is missing. */
export type TimeSeries = readonly (number | null)[];

/** What a part of an expression has: S, TS and TS[] of the guide, or a word such as REPEAT. */
export type Value =
  | { readonly kind: "scalar"; readonly value: number | null }
  | { readonly kind: "series"; readonly values: TimeSeries }
  | { readonly kind: "array"; readonly items: readonly Value[] }
  | { readonly kind: "word"; readonly word: string };

export const scalar = (value: number | null): Value => ({ kind: "scalar", value });
export const series = (values: TimeSeries): Value => ({ kind: "series", values });

type Binary = (left: number, right: number) => number;

export const binaryOperators: Readonly<Record<string, Binary>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "^": (left, right) => left ** right,
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
  "==": (left, right) => Number(left === right),
  "!=": (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped." */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Applies an operator to scalars, series and arrays in any combination. */
export function combine(apply: Binary, left: Value, right: Value, assume: Assumptions): Value {
  if (left.kind === "array") {
    return {
      kind: "array",
      items: left.items.map((item, index) => combine(apply, item, itemOf(right, index), assume)),
    };
  }
  if (right.kind === "array") {
    return { kind: "array", items: right.items.map((item) => combine(apply, left, item, assume)) };
  }
  if (left.kind === "scalar" && right.kind === "scalar") {
    if (left.value === null || right.value === null) return scalar(null);
    return scalar(finite(apply(left.value, right.value)));
  }
  const size = left.kind === "series" ? left.values.length : right.kind === "series" ? right.values.length : 0;
  const values: (number | null)[] = [];
  for (let index = 0; index < size; index++) values.push(combined(apply, left, right, index, assume));
  return series(values);
}

function itemOf(value: Value, index: number): Value {
  return value.kind === "array" ? (value.items[index] ?? scalar(null)) : value;
}

/**
 * "Missing values in a time series are treated as 0", where the other series has a value. A scalar is no series: with it, what is missing
 * stays missing.
 */
function combined(apply: Binary, left: Value, right: Value, index: number, assume: Assumptions): number | null {
  const a = valueAt(left, index);
  const b = valueAt(right, index);
  if (a !== null && b !== null) return finite(apply(a, b));
  if ((left.kind === "scalar" && a === null) || (right.kind === "scalar" && b === null)) return null;
  const present = [...(left.kind === "series" ? [a !== null] : []), ...(right.kind === "series" ? [b !== null] : [])];
  return exists(present, assume) ? finite(apply(a ?? 0, b ?? 0)) : null;
}

export function valueAt(value: Value, index: number): number | null {
  if (value.kind === "series") return value.values[index] ?? null;
  return value.kind === "scalar" ? value.value : null;
}

/** Whether there is a result, by which of the series have a value. */
export function exists(present: readonly boolean[], assume: Assumptions): boolean {
  if (assume["math-missing"] === "everywhere") return true;
  return assume["math-missing"] === "intersection" ? present.every(Boolean) : present.some(Boolean);
}
