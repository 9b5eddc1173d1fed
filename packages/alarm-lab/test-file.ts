import { LabError, type State, states } from "./alarm";
import { pointsOf } from "./notation";
import type { SeriesDescription } from "./series";
import { duration } from "./time";

/** One thing that a test expects. */
export interface Expectation {
  /** From when to when events count, in seconds. With `at`, from 0 to then. */
  readonly from: number;
  readonly to: number;
  /** The moment at which a state is wanted. */
  readonly at?: number;
  /** Names of alarms, where `*` stands for any part. @default every alarm */
  readonly alarms: readonly string[];
  readonly except: readonly string[];
  readonly state?: State;
  /** Who is notified: parts of the names of topics, `somebody` or `nobody`. */
  readonly notified?: readonly string[];
  /** How often. @default at least once */
  readonly times?: number;
}

export interface Test {
  readonly name: string;
  readonly series: readonly SeriesDescription[];
  readonly seconds: number;
  readonly expect: readonly Expectation[];
  /** Whether every notification of an ALARM must be expected. */
  readonly nothingElse: boolean;
  /** `first`: series had their first points before minute 0, and alarms are settled. `none`: alarms are new. */
  readonly history: "first" | "none";
  readonly evaluationDelaySeconds: number;
  readonly startEpoch: number;
}

export interface TestFile {
  readonly alarms: readonly string[];
  readonly assume: readonly string[];
  readonly tests: readonly Test[];
}

// biome-ignore lint/suspicious/noExplicitAny: a file that somebody wrote, checked below
type Json = Record<string, any>;

const fileKeys = [
  "alarms",
  "assume",
  "tests",
  "series",
  "history",
  "evaluationDelay",
  "start",
  "nothingElse",
  "duration",
];
const testKeys = [
  "name",
  "series",
  "expect",
  "bands",
  "history",
  "evaluationDelay",
  "start",
  "nothingElse",
  "duration",
];
const seriesKeys = ["metric", "namespace", "name", "dimensions", "values", "points", "step", "delay", "unit", "begin"];
const expectKeys = ["at", "within", "alarm", "except", "state", "notified", "times"];

/** The content of a test file, as YAML or JSON have it. What stands beside `tests` is for each of them. */
export function readTestFile(file: string, content: unknown): TestFile {
  const top = objectOf(content, file, fileKeys);
  const tests = listOf(top.tests, `${file}: tests`);
  if (tests.length === 0) throw new LabError(`${file} has no tests.`);
  const { alarms, assume = {}, tests: _, ...shared } = top;
  return {
    alarms: [alarms ?? []].flat(),
    assume: Object.entries(assume).map(([name, answer]) => `${name}=${answer}`),
    tests: tests.map((test, index) => testOf(test, shared, `${file}: test ${index + 1}`)),
  };
}

function testOf(content: unknown, shared: Json, where: string): Test {
  const own = objectOf(content, where, testKeys);
  const test: Json = { ...shared, ...own, series: [...(own.series ?? []), ...(shared.series ?? [])] };
  const name = String(test.name ?? where);
  const inTest = `${where} (${name})`;
  const series = [
    ...listOf(test.series, `${inTest}: series`).map((each, index) => seriesOf(each, `${inTest}: series ${index + 1}`)),
    ...bandsOf(test.bands ?? {}, inTest),
  ];
  const longest = Math.max(0, ...series.map(endOf));
  const seconds = test.duration === undefined ? longest : duration(test.duration, `${inTest}: duration`);
  if (seconds <= 0) throw new LabError(`${inTest} lasts for no time: give it series or a duration.`);
  return {
    ...{ name, series, seconds },
    expect: readExpectations(test.expect ?? [], seconds, inTest),
    nothingElse: Boolean(test.nothingElse ?? false),
    history: oneOf(test.history ?? "first", ["first", "none"], `${inTest}: history`),
    evaluationDelaySeconds: duration(test.evaluationDelay ?? 0, `${inTest}: evaluationDelay`),
    startEpoch: test.start === undefined ? 0 : epochOf(test.start, `${inTest}: start`),
  };
}

function endOf({ points, startSecond = 0, stepSeconds = 60 }: SeriesDescription): number {
  return startSecond + points.length * stepSeconds;
}

/** One series of a test file or of an incident. */
export function seriesOf(content: unknown, where: string): SeriesDescription {
  const given = objectOf(content, where, seriesKeys);
  // A namespace may have spaces, a metric's name has none here.
  const [, ofMetric, nameOfMetric] = /^(.*\S)\s+(\S+)$/.exec(given.metric ?? "") ?? [];
  const [namespace, name] = [given.namespace ?? ofMetric, given.name ?? nameOfMetric];
  if (typeof namespace !== "string" || typeof name !== "string") {
    throw new LabError(`${where}: metric is ${JSON.stringify(given.metric)}; it is written "AWS/Lambda Errors".`);
  }
  const stepSeconds = given.step === undefined ? 60 : duration(given.step, `${where}: step`);
  return {
    ...{ namespace, name, stepSeconds },
    dimensions: Object.fromEntries(
      Object.entries(objectOf(given.dimensions ?? {}, `${where}: dimensions`)).map(([key, value]) => [
        key,
        String(value),
      ]),
    ),
    points: pointsOf(given.values ?? given.points, stepSeconds, `${where} (${name}): values`),
    startSecond: duration(given.begin ?? 0, `${where}: begin`),
    ...(given.delay !== undefined && { delaySeconds: duration(given.delay, `${where}: delay`) }),
    ...(given.unit !== undefined && { unit: String(given.unit) }),
  };
}

/** The band of an anomaly detector, which has no model here: `bands: { alarm: { lower: …, upper: … } }`. */
function bandsOf(bands: unknown, where: string): SeriesDescription[] {
  return Object.entries(objectOf(bands, `${where}: bands`)).flatMap(([alarm, limits]) =>
    ["lower", "upper"].map((name) => ({
      ...{ namespace: "band", name, dimensions: { alarm } },
      points: pointsOf(objectOf(limits, `${where}: bands`)[name], 60, `${where}: bands: ${alarm}: ${name}`),
    })),
  );
}

/** What a test of so many seconds expects. */
export function readExpectations(expected: unknown, seconds: number, where: string): Expectation[] {
  const all = listOf(expected, `${where}: expect`);
  return all.map((each, index) => expectationOf(each, seconds, `${where}: expect ${index + 1}`));
}

function expectationOf(content: unknown, end: number, where: string): Expectation {
  const { at, within, alarm, except, state, notified, times } = objectOf(content, where, expectKeys);
  if ((at === undefined) === (within === undefined))
    throw new LabError(`${where} has either at: 7m or within: 5m..9m.`);
  if (state === undefined && notified === undefined) throw new LabError(`${where} has neither state nor notified.`);
  if (at !== undefined && alarm === undefined && times !== 0) throw new LabError(`${where} names no alarm.`);
  if (times !== undefined && !(Number.isInteger(times) && times >= 0)) {
    throw new LabError(`${where}: times is ${JSON.stringify(times)}; it is a whole number.`);
  }
  const [from, to] =
    within === undefined ? [0, duration(at, `${where}: at`)] : intervalOf(within, end, `${where}: within`);
  if (to > end) throw new LabError(`${where} is about ${at ?? within}, after the end of the test.`);
  return {
    ...{ from, to },
    ...(at !== undefined && { at: to }),
    alarms: [alarm ?? "*"].flat().map(String),
    except: [except ?? []].flat().map(String),
    ...(state !== undefined && { state: oneOf(state, states, `${where}: state`) }),
    ...(notified !== undefined && { notified: [notified].flat().map(String) }),
    ...(times !== undefined && { times }),
  };
}

/** `5m..9m`, `5m..` and `..9m`. */
function intervalOf(text: unknown, end: number, where: string): [from: number, to: number] {
  const [, from, to] = typeof text === "string" ? (/^(.*?)\s*\.\.\s*(.*)$/.exec(text.trim()) ?? []) : [];
  if (from === undefined || to === undefined)
    throw new LabError(`${where} is ${JSON.stringify(text)}; it is written 5m..9m.`);
  const interval: [number, number] = [from ? duration(from, where) : 0, to ? duration(to, where) : end];
  if (interval[0] > interval[1]) throw new LabError(`${where} is ${text}, which ends before it begins.`);
  return interval;
}

function epochOf(start: unknown, where: string): number {
  const milliseconds = start instanceof Date ? start.getTime() : Date.parse(String(start));
  if (Number.isNaN(milliseconds)) throw new LabError(`${where} is ${start}; it is written 2026-01-05T00:00:00Z.`);
  return milliseconds / 1000;
}

function objectOf(value: unknown, where: string, keys?: readonly string[]): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new LabError(
      `${where} is ${JSON.stringify(value)}; it is a mapping${keys ? ` with ${keys.join(", ")}` : ""}.`,
    );
  }
  const other = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (other) throw new LabError(`${where} has ${other}; there are ${keys.join(", ")}.`);
  return value as Json;
}

function listOf(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new LabError(`${where} is ${JSON.stringify(value)}; it is a list.`);
}

function oneOf<Value extends string>(value: unknown, allowed: readonly Value[], where: string): Value {
  const found = allowed.find((each) => each === value);
  if (found) return found;
  throw new LabError(`${where} is ${JSON.stringify(value)}; there are ${allowed.join(", ")}.`);
}
