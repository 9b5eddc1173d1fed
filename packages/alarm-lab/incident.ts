import { LabError } from "./alarm";
import type { Point, SeriesDescription } from "./series";

/** What happened, as time series by the minute. */
export interface Incident {
  readonly name: string;
  readonly title: string;
  readonly series: readonly SeriesDescription[];
}

// biome-ignore lint/suspicious/noExplicitAny: a file that somebody wrote, checked below
type Json = Record<string, any>;

/**
 * An incident of a file. Points are numbers, null for no data, `{ values, counts }` for many samples, and `{ repeat: 30, point: … }` for the
 * same over and over.
 */
export function readIncident(file: string, content: unknown): Incident {
  const fail = (problem: string): never => {
    throw new LabError(`${file}: ${problem}`);
  };
  if (content === null || typeof content !== "object") fail("an incident has name, title and series.");
  const { name, title, series } = content as Json;
  if (typeof name !== "string" || typeof title !== "string") fail("name and title are texts.");
  if (!Array.isArray(series) || series.length === 0) fail("series is a list of at least one metric.");
  return {
    name,
    title,
    series: series.map((each: Json, index: number) => readSeries(each, `series ${index + 1}`, fail)),
  };
}

type Fail = (problem: string) => never;

function readSeries({ namespace, name, dimensions, points }: Json, where: string, fail: Fail): SeriesDescription {
  if (typeof namespace !== "string" || typeof name !== "string") fail(`${where}: namespace and name are texts.`);
  if (dimensions === null || typeof dimensions !== "object") fail(`${where} (${name}): dimensions is a mapping.`);
  if (!Array.isArray(points)) fail(`${where} (${name}): points is a list.`);
  return { namespace, name, dimensions, points: points.flatMap((point: unknown) => readPoints(point, where, fail)) };
}

function readPoints(point: unknown, where: string, fail: Fail): Point[] {
  if (point === null || typeof point === "number") return [point];
  const { repeat, point: repeated, values, counts } = point as Json;
  if (Number.isInteger(repeat) && repeat > 0) {
    return Array.from({ length: repeat as number }, () => readPoints(repeated, where, fail)).flat();
  }
  const isList = (list: unknown) => Array.isArray(list) && list.every((each) => typeof each === "number");
  if (isList(values) && isList(counts) && values.length === counts.length) return [{ values, counts }];
  return fail(`${where}: ${JSON.stringify(point)} is no number, null, { values, counts } or { repeat, point }.`);
}

export function minutesOf({ series }: Incident): number {
  return Math.max(...series.map(({ points }) => points.length));
}
