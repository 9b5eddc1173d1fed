/** Addresses from the first to the last, as numbers. */
interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

interface Range extends Interval {
  readonly version: 4 | 6;
}

/** `10.0.0.0/8`, `2001:db8::/32`, and an address without a length; undefined for anything else. */
export function rangeOf(text: string): Range | undefined {
  const [address = "", length] = text.split("/");
  const parsed = address.includes(":") ? sixOf(address) : fourOf(address);
  if (parsed === undefined) return undefined;
  const version = address.includes(":") ? 6 : 4;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (parsed / size) * size;
  return { version, first, last: first + size - 1n };
}

function fourOf(address: string): bigint | undefined {
  const parts = address.split(".").map(Number);
  const isValid = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
  return isValid ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined;
}

function sixOf(address: string): bigint | undefined {
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const all = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  if (all.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** What of a range is in none of the others: nothing, part of it, or all. */
export function uncovered(range: string, others: readonly string[]): "nothing" | "part" | "all" {
  const whole = rangeOf(range);
  if (whole === undefined) return others.includes(range) ? "nothing" : "all";
  const covering = others
    .flatMap((other) => rangeOf(other) ?? [])
    .filter(({ version, first, last }) => version === whole.version && first <= whole.last && last >= whole.first);
  if (covering.length === 0) return "all";
  let next = whole.first;
  for (const { first, last } of covering.sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > next) return "part";
    if (last >= next) next = last + 1n;
  }
  return next > whole.last ? "nothing" : "part";
}
