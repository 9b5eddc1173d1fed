export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where two documents part; `undefined` stands for a value that one of them lacks. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Every difference in meaning: the order of keys has none, and JSON inside strings (policies, container definitions) is read as JSON. */
export function compare(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): Difference[] {
  const [left, right] =
    typeof before === "string" && typeof after === "string" ? [parsed(before), parsed(after)] : [before, after];
  if (isBranch(left) && isBranch(right) && Array.isArray(left) === Array.isArray(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].flatMap((key) => compare(left[key], right[key], [...path, key]));
  }
  return left === right ? [] : [{ path, before: left, after: right }];
}

function parsed(text: string): Json {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function isBranch(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null;
}
