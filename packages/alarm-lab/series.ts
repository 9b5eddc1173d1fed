import { LabError, type Metric } from "./alarm";

/** What a metric had in one minute: one sample, many of few values, or nothing. */
export type Point = number | { readonly values: readonly number[]; readonly counts: readonly number[] } | null;

/** The namespace and dimensions may have `*` for what is not known, such as the end of an ARN. */
export interface SeriesDescription extends Metric {
  readonly points: readonly Point[];
}

/** A metric's samples by minute, and statistics over windows of it. */
export class Series {
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  constructor(private readonly points: readonly Point[]) {
    this.sums = new Float64Array(points.length + 1);
    this.counts = new Float64Array(points.length + 1);
    for (const [minute, point] of points.entries()) {
      const samples = samplesOf(point);
      const sum = samples.reduce((total, [value, count]) => total + value * count, 0);
      this.sums[minute + 1] = at(this.sums, minute) + sum;
      this.counts[minute + 1] = at(this.counts, minute) + samples.reduce((total, [, count]) => total + count, 0);
    }
  }

  /** The statistic over minutes from `start` up to, not including, `end`; null where there is no sample. */
  statistic(name: string, start: number, end: number): number | null {
    const first = Math.min(Math.max(start, 0), this.points.length);
    const last = Math.min(Math.max(end, 0), this.points.length);
    const count = at(this.counts, last) - at(this.counts, first);
    if (count === 0) return null;
    const sum = at(this.sums, last) - at(this.sums, first);
    if (name === "Sum") return sum;
    if (name === "SampleCount") return count;
    if (name === "Average") return sum / count;
    const samples = this.points.slice(first, last).flatMap(samplesOf);
    if (name === "Minimum") return Math.min(...samples.map(([value]) => value));
    if (name === "Maximum") return Math.max(...samples.map(([value]) => value));
    return distributed(name, samples, count);
  }
}

type Sample = readonly [value: number, count: number];

function samplesOf(point: Point): Sample[] {
  if (point === null) return [];
  if (typeof point === "number") return [[point, 1]];
  return point.values.map((value, index): Sample => [value, point.counts[index] ?? 0]).filter(([, count]) => count > 0);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** Percentiles, such as `p99.9`, and the share in percent of samples between two values, such as `PR(:1)`. */
function distributed(name: string, samples: readonly Sample[], count: number): number {
  const percentile = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  if (percentile)
    return nearestRank(
      [...samples].sort(([a], [b]) => a - b),
      (count * Number(percentile)) / 100,
    );
  const rank = /^PR\(([\d.]*):([\d.]*)\)$/.exec(name);
  if (!rank) {
    throw new LabError(
      `Statistic "${name}" is unknown; there are Sum, SampleCount, Average, Minimum, Maximum, p0 to p100, and PR(from:to).`,
    );
  }
  const [from, to] = [rank[1] ? Number(rank[1]) : -Infinity, rank[2] ? Number(rank[2]) : Infinity];
  const inside = samples.filter(([value]) => value > from && value <= to);
  return (100 * inside.reduce((total, [, each]) => total + each, 0)) / count;
}

function nearestRank(sorted: readonly Sample[], rank: number): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0] ?? Number.NaN;
}

/** The series of an incident, to be found by the metric that an alarm reads. */
export class SeriesSet {
  private readonly all: readonly { readonly metric: Metric; readonly series: Series }[];
  private readonly found = new Map<string, Series | null>();

  constructor(descriptions: readonly SeriesDescription[]) {
    this.all = descriptions.map(({ points, ...metric }) => ({ metric, series: new Series(points) }));
  }

  /** Null when the incident says nothing of it: then it has no data. */
  find(metric: Metric): Series | null {
    const key = JSON.stringify([metric.namespace, metric.name, metric.dimensions]);
    let series = this.found.get(key);
    if (series === undefined) {
      series = this.all.find((candidate) => matches(candidate.metric, metric))?.series ?? null;
      this.found.set(key, series);
    }
    return series;
  }
}

function matches(pattern: Metric, metric: Metric): boolean {
  const wanted = Object.entries(pattern.dimensions);
  return (
    isLike(metric.namespace, pattern.namespace) &&
    pattern.name === metric.name &&
    wanted.length === Object.keys(metric.dimensions).length &&
    wanted.every(([name, value]) => isLike(metric.dimensions[name], value))
  );
}

function isLike(value: string | undefined, pattern: string): boolean {
  if (value === undefined) return false;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}
