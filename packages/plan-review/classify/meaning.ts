import { isObject, type Json } from "../read/plan";

/** The same text for the same meaning. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, each]) => !isEmpty(each));
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join()}}`;
}

/** JSON in a string, where the other side has some, too. */
export function opened(value: Json | undefined, other: Json | undefined): Json | undefined {
  const inner = json(value);
  return inner !== undefined && (isEmpty(other) || json(other) !== undefined) ? inner : value;
}

export function json(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

/** Whether two values differ only in how JSON in them is written. Outside of JSON the order of a list counts: providers sort their sets. */
export function isWrittenOtherwise(a: Json | undefined, b: Json | undefined): boolean {
  return canonical(withSortedJson(a, false)) === canonical(withSortedJson(b, false));
}

function withSortedJson(value: Json | undefined, isInJson: boolean): Json | undefined {
  const inner = json(value);
  if (inner !== undefined) return withSortedJson(inner, true);
  if (Array.isArray(value)) {
    const all = value.map((each) => withSortedJson(each, isInJson) ?? null);
    if (!isInJson) return all;
    // Policies write one action with and without a list around it.
    return all.length === 1 ? all[0] : all.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSortedJson(each, isInJson)]));
}

export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return (
    typeof value === "object" &&
    Object.values(value).every((each) => each === undefined || (Array.isArray(value) ? false : isEmpty(each)))
  );
}

export function isObjectOrEmpty(value: Json | undefined): value is { [key: string]: Json } | null | undefined {
  return isObject(value) || value === null || value === undefined;
}

export function isListOrEmpty(value: Json | undefined): boolean {
  return Array.isArray(value) || value === null || value === undefined;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Policies write one action with and without a list around it. */
export function isOneInAList(a: Json | undefined, b: Json | undefined): boolean {
  const inList = (one: Json | undefined, many: Json | undefined) =>
    Array.isArray(many) && many.length === 1 && many[0] === one;
  return inList(a, b) || inList(b, a);
}

export function hasUnknown(unknown: Json | undefined): boolean {
  if (unknown === true) return true;
  return typeof unknown === "object" && unknown !== null && Object.values(unknown).some(hasUnknown);
}

export function valueAt(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isNothing(value: Json | undefined): value is null | undefined | "" {
  return value === undefined || value === null || value === "";
}
