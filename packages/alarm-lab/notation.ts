import { LabError } from "./alarm";
import type { Point } from "./series";
import { duration } from "./time";

/** What a shape has at a point, given its number, how many there are, and the seconds since the start of the test. */
type Shape = (index: number, count: number, second: number) => number;

const number = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?";
const promtool = new RegExp(`^(${number})(?:([+-])(${number}))?x(\\d+)$`, "i");
const missing = /^_(?:x(\d+))?$/;
const sample = new RegExp(`^(${number})(?:#(\\d+))?$`, "i");
const forms =
  "5, _, 5*30m, 0+10x5, 0.2#90, [0.2#90 5#10], ramp(0..100)*30m, daily(10..400)*1d, noise(100,10,seed=1)*1h, and sums of shapes";

/**
 * Points in a short notation: promtool's `0+10x5`, `5x3` (n + 1 points) and `_x3` (n points); `*30m` or `*30` for that long; `v#n` for n
 * samples; shapes. https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 */
export function pointsOf(values: unknown, stepSeconds: number, where: string): Point[] {
  if (Array.isArray(values)) return values.flatMap((each) => listed(each, stepSeconds, where));
  if (typeof values === "number") return [values];
  if (typeof values !== "string")
    throw new LabError(`${where} is ${JSON.stringify(values)}; it is a text such as "0 5*30m _".`);
  const points: Point[] = [];
  for (const token of values.match(/\[[^\]]*\]\S*|\S+/g) ?? [])
    points.push(...tokenPoints(token, points.length, stepSeconds, where));
  return points;
}

/** A point of a list: as JSON has them, or in the notation. */
function listed(value: unknown, stepSeconds: number, where: string): Point[] {
  if (value === null || typeof value === "number") return [value];
  if (typeof value === "string") return pointsOf(value, stepSeconds, where);
  const { repeat, point, values, counts } = value as Record<string, unknown>;
  if (Number.isInteger(repeat) && Number(repeat) > 0 && point !== undefined) {
    const once = listed(point, stepSeconds, where);
    return Array.from({ length: Number(repeat) }, () => once).flat();
  }
  const isList = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((each) => typeof each === "number");
  if (isList(values) && isList(counts) && values.length === counts.length) return [{ values, counts }];
  throw new LabError(`${where}: ${JSON.stringify(value)} is no number, null, { values, counts } or { repeat, point }.`);
}

function tokenPoints(token: string, before: number, stepSeconds: number, where: string): Point[] {
  const gap = missing.exec(token);
  if (gap) return Array(Number(gap[1] ?? 1)).fill(null);
  const [, first, sign, change, times] = promtool.exec(token) ?? [];
  if (first !== undefined) {
    const step = change === undefined ? 0 : Number(change) * (sign === "-" ? -1 : 1);
    return Array.from({ length: Number(times) + 1 }, (_, index) => rounded(Number(first) + step * index));
  }
  const [, body = token, length] = /^(.*?)(?:\*(\w+))?$/s.exec(token) ?? [];
  const count = length === undefined ? 1 : countOf(length, stepSeconds, `${where}: ${token}`);
  if (body === "_") return Array(count).fill(null);
  const point = pointOf(body);
  if (point !== undefined) return Array(count).fill(point);
  const shape = shapeOf(body, `${where}: ${token}`);
  return Array.from({ length: count }, (_, index) => rounded(shape(index, count, (before + index) * stepSeconds)));
}

function countOf(length: string, stepSeconds: number, where: string): number {
  const count = /^\d+$/.test(length) ? Number(length) : duration(length, where) / stepSeconds;
  if (Number.isInteger(count) && count > 0 && count < 1e7) return count;
  throw new LabError(`${where}: ${length} is no whole number of points of ${stepSeconds} s.`);
}

function pointOf(text: string): Point | undefined {
  const inBrackets = /^\[(.*)\]$/s
    .exec(text)?.[1]
    ?.trim()
    .split(/[\s,]+/);
  const samples = (inBrackets ?? [text]).map((each) => sample.exec(each));
  if (samples.some((each) => each === null)) return undefined;
  if (!inBrackets && samples[0]?.[2] === undefined) return Number(text);
  return {
    values: samples.map((each) => Number(each?.[1])),
    counts: samples.map((each) => Number(each?.[2] ?? 1)),
  };
}

function shapeOf(text: string, where: string): Shape {
  const terms = text.match(/[a-z]+\([^)]*\)|[^+]+/g) ?? [];
  const shapes = terms.map((term): Shape => {
    const constant = sample.exec(term);
    if (constant && constant[2] === undefined) return () => Number(constant[1]);
    const [, name = "", args = ""] = /^([a-z]+)\((.*)\)$/.exec(term) ?? [];
    const make = shapesByName[name];
    if (!make) throw new LabError(`${where} cannot be read; there are ${forms}.`);
    return make(argumentsOf(args), where);
  });
  if (shapes.length === 0) throw new LabError(`${where} cannot be read; there are ${forms}.`);
  return (index, count, second) => shapes.reduce((sum, shape) => sum + shape(index, count, second), 0);
}

interface Arguments {
  readonly numbers: readonly number[];
  readonly named: Readonly<Record<string, string>>;
}

function argumentsOf(text: string): Arguments {
  const parts = text.split(/,|\.\./).map((part) => part.trim());
  const named = parts.flatMap((part) => (part.includes("=") ? [part.split("=") as [string, string]] : []));
  return { numbers: parts.filter((part) => !part.includes("=")).map(Number), named: Object.fromEntries(named) };
}

const day = 86_400;

const shapesByName: Readonly<Record<string, (args: Arguments, where: string) => Shape>> = {
  /** From one value to another. */
  ramp: (args, where) => {
    const [from, to] = two(args, where, "ramp(0..100)");
    return (index, count) => from + ((to - from) * index) / Math.max(count - 1, 1);
  },
  /** A day: the least at midnight, the most at noon, or at another hour. */
  daily: (args, where) => {
    const [least, most] = two(args, where, "daily(10..400) or daily(10..400,peak=14h)");
    const peak = duration(args.named.peak ?? "12h", `${where}: peak`);
    return (_, __, second) => least + (most - least) * (0.5 + 0.5 * Math.cos(((second - peak) / day) * 2 * Math.PI));
  },
  /** Normally distributed: mean, deviation and seed. */
  noise: (args, where) => {
    const [mean, deviation] = two(args, where, "noise(100,10,seed=1)");
    const random = randomOf(Number(args.named.seed ?? 1));
    return () => mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  },
};

function two({ numbers }: Arguments, where: string, form: string): [number, number] {
  const [first, second, ...others] = numbers;
  if (first !== undefined && second !== undefined && others.length === 0 && numbers.every(Number.isFinite))
    return [first, second];
  throw new LabError(`${where} cannot be read; it is written ${form}.`);
}

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 0.1 + 0.2 is written 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
