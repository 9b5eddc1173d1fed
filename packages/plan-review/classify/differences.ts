import { isObject, type Json } from "../read/plan";
import {
  canonical,
  hasUnknown,
  isEmpty,
  isListOrEmpty,
  isNothing,
  isObjectOrEmpty,
  isOneInAList,
  json,
  list,
  opened,
  valueAt,
} from "./meaning";

/** What differs at one place. Absent is what is not there. */
export interface Difference {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Paths whose values only the apply will tell. */
  readonly unknown: readonly string[];
}

/**
 * Compares by meaning: JSON in strings is opened, entries are found by their names, and neither order nor emptiness is a difference. In a
 * document of steps or choices order is one.
 */
export function compare(before: Json | undefined, after: Json | undefined, unknown: Json | undefined): Comparison {
  const differences: Difference[] = [];
  const notKnown: string[] = [];
  walk(before, after, unknown, "", { differences, notKnown, isOrdered: false });
  const told = differences.filter((each) => !isZeroOfBlock(each, before, after));
  return { differences: withoutMirroredTags(told), unknown: notKnown };
}

interface Found {
  readonly differences: Difference[];
  readonly notKnown: string[];
  /** Whether the order of lists has a meaning here. */
  readonly isOrdered: boolean;
}

/** Arguments whose JSON has lists in any order. Other JSON may be steps, choices or filters, of which the first counts. */
const unordered = /polic|container_definitions|pattern|dashboard_body/;

function walk(
  before: Json | undefined,
  after: Json | undefined,
  unknown: Json | undefined,
  path: string,
  found: Found,
): void {
  if (unknown === true) {
    found.notKnown.push(path);
    return;
  }
  const [a, b] = [opened(before, after), opened(after, before)];
  const isJson = typeof before === "string" && a !== before;
  const inside = isJson ? { ...found, isOrdered: !unordered.test(path) } : found;
  if ((isEmpty(a) && isEmpty(b) && !hasUnknown(unknown)) || a === b) return;
  if (isObjectOrEmpty(a) && isObjectOrEmpty(b) && (isObject(a) || isObject(b) || isObject(unknown))) {
    const keys = new Set([
      ...Object.keys(a ?? {}),
      ...Object.keys(b ?? {}),
      ...(isObject(unknown) ? Object.keys(unknown) : []),
    ]);
    for (const key of keys) {
      walk(valueAt(a, key), valueAt(b, key), valueAt(unknown, key), path ? `${path}.${key}` : key, inside);
    }
    return;
  }
  if (isListOrEmpty(a) && isListOrEmpty(b)) walkList(list(a), list(b), unknown, path, inside);
  else if (!isOneInAList(a, b)) found.differences.push(difference(path, before, after));
}

function walkList(
  before: readonly Json[],
  after: readonly Json[],
  unknown: Json | undefined,
  path: string,
  found: Found,
): void {
  const isNested = [...before, ...after].some((each) => typeof each === "object" && each !== null);
  const key = keyOf(before, after);
  if (found.isOrdered && isReordered(before, after)) found.differences.push(difference(path, before, after));
  else if (!isNested) walkValues(before, after, unknown, path, found);
  else if (key === undefined) walkEntries(before, after, unknown, path, found);
  else walkByKey(before, after, unknown, path, key, found);
}

function walkEntries(
  before: readonly Json[],
  after: readonly Json[],
  unknown: Json | undefined,
  path: string,
  found: Found,
): void {
  const [left, right] = withoutEqual(before, after);
  const single = before.length <= 1 && after.length <= 1;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const mark = Array.isArray(unknown) ? unknown[single ? 0 : after.indexOf(right[index] as Json)] : undefined;
    const place = single ? path : `${path}[${index}]`;
    if (isEmptyBlock(left[index], right[index]))
      found.differences.push({ path: place, before: left[index] ?? "", after: right[index] ?? "" });
    else walk(left[index], right[index], mark, place, found);
  }
}

function isReordered(before: readonly Json[], after: readonly Json[]): boolean {
  const [a, b] = [before.map(canonical), after.map(canonical)];
  return a.join() !== b.join() && a.sort().join() === b.sort().join();
}

/** A block says something by being there: `count {}` in a web ACL's rule. */
function isEmptyBlock(before: Json | undefined, after: Json | undefined): boolean {
  return (before === undefined) !== (after === undefined) && isEmpty(before) && isEmpty(after);
}

/** Order has a meaning in commands alone. */
function walkValues(
  before: readonly Json[],
  after: readonly Json[],
  unknown: Json | undefined,
  path: string,
  found: Found,
): void {
  if (hasUnknown(unknown)) found.notKnown.push(path);
  if (/command|entry_?point|args/i.test(path)) {
    if (JSON.stringify(before) !== JSON.stringify(after)) found.differences.push(difference(path, before, after));
    return;
  }
  const [left, right] = withoutEqual(before, after);
  const gone = hasUnknown(unknown) ? [] : left;
  if (gone.length === 1 && right.length === 1) found.differences.push(difference(path, gone[0], right[0]));
  else {
    for (const each of gone) found.differences.push({ path: `${path}[]`, before: each });
    for (const each of right.filter((value) => value !== null))
      found.differences.push({ path: `${path}[]`, after: each });
  }
}

function walkByKey(
  before: readonly Json[],
  after: readonly Json[],
  unknown: Json | undefined,
  path: string,
  key: string,
  found: Found,
): void {
  const placesOf = (values: readonly Json[]) =>
    new Map(values.map((each, index) => [String(valueAt(each, key)), index] as const));
  const [left, right] = [placesOf(before), placesOf(after)];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [old, now] = [left.get(name), right.get(name)];
    const mark = Array.isArray(unknown) && now !== undefined ? unknown[now] : undefined;
    const entry = (values: readonly Json[], place = -1) => withoutKey(values[place], key);
    walk(entry(before, old), entry(after, now), mark, `${path}[${name}]`, found);
  }
}

const keys = [
  "name",
  "Sid",
  "sid",
  "id",
  "object_id",
  "key",
  "containerName",
  "container_name",
  "capacity_provider",
  "sourceVolume",
];

/** An argument that each entry has, and no two share. */
function keyOf(...lists: readonly (readonly Json[])[]): string | undefined {
  return keys.find((key) =>
    lists.every((values) => {
      const names = values.map((each) => valueAt(each, key));
      return names.every((name) => typeof name === "string" && name !== "") && new Set(names).size === names.length;
    }),
  );
}

/** An entry with nothing but its name is its name. */
function withoutKey(value: Json | undefined, key: string): Json | undefined {
  if (!isObject(value)) return value;
  const { [key]: name, ...rest } = value;
  const entries = Object.entries(rest);
  if (entries.length === 0) return name;
  return entries.length === 1 && entries[0]?.[0] === "value" ? entries[0][1] : rest;
}

function withoutEqual(before: readonly Json[], after: readonly Json[]): [Json[], Json[]] {
  const left = new Map<string, Json[]>();
  for (const value of before) {
    const text = canonical(value);
    left.set(text, [...(left.get(text) ?? []), value]);
  }
  const right = after.filter((value) => left.get(canonical(value))?.shift() === undefined);
  return [[...left.values()].flat(), right];
}

function difference(path: string, before: Json | undefined, after: Json | undefined): Difference {
  return {
    path,
    ...(!isNothing(before) && { before }),
    ...(!isNothing(after) && { after }),
  };
}

/** In blocks within blocks most providers cannot tell 0 from nothing, and write now the one, now the other. JSON can. */
function isZeroOfBlock({ path, before, after }: Difference, ...sides: readonly (Json | undefined)[]): boolean {
  const [argument = "", ...inner] = path.split(/[.[]/);
  const isZero = (before === undefined && after === 0) || (before === 0 && after === undefined);
  return isZero && inner.length > 0 && sides.every((side) => json(valueAt(side, argument)) === undefined);
}

/** `tags_all` says once more what `tags` and the provider's default tags say. */
function withoutMirroredTags(differences: readonly Difference[]): Difference[] {
  const paths = new Set(differences.map(({ path }) => path));
  return differences.filter(
    ({ path }) => !path.startsWith("tags_all.") || !paths.has(path.replace("tags_all.", "tags.")),
  );
}
