import type { Metric, MetricRead } from "./alarm";
import { type Assumptions, defaults } from "./assumptions";
import { distributed, type Sample, sumOf } from "./statistics";

/** What a metric had in one interval: one sample, many of few values, or nothing. */
export type Point = number | { readonly values: readonly number[]; readonly counts: readonly number[] } | null;

/** The namespace and dimensions may have `*` for what is not known, such as the end of an ARN. */
export interface SeriesDescription extends Metric {
  readonly points: readonly Point[];
  /** When the first point begins; before 0 is history. @default 0 */
  readonly startSecond?: number;
  /** How long a point lasts. @default 60 */
  readonly stepSeconds?: number;
  /** How long after its interval a point is published. @default 0 */
  readonly delaySeconds?: number;
  /** @default any: alarms with and without a unit read it */
  readonly unit?: string;
}

/** Samples at one second, with the second from which evaluations see them. */
export interface Published {
  readonly second: number;
  readonly visibleFrom: number;
  readonly samples: readonly Sample[];
}

export function publishedOf(description: SeriesDescription): Published[] {
  const { points, startSecond = 0, stepSeconds = 60, delaySeconds = 0 } = description;
  return points.flatMap((point, index) => {
    const samples = samplesOf(point);
    const second = startSecond + index * stepSeconds;
    return samples.length === 0 ? [] : [{ second, samples, visibleFrom: second + stepSeconds + delaySeconds }];
  });
}

function samplesOf(point: Point): Sample[] {
  if (point === null) return [];
  if (typeof point === "number") return [[point, 1]];
  return point.values.map((value, index): Sample => [value, point.counts[index] ?? 0]).filter(([, count]) => count > 0);
}

/** A metric's samples in the order of time, and statistics over windows of it. */
export class Series {
  private readonly seconds: Float64Array;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;
  /** The longest time until a sample can be seen. */
  readonly longestDelay: number;

  constructor(
    private readonly published: readonly Published[],
    private readonly assumptions: Assumptions = defaults,
  ) {
    this.seconds = Float64Array.from(published, ({ second }) => second);
    this.sums = Float64Array.from(published, ({ samples }) => sumOf(samples.map(([value, count]) => value * count)));
    this.counts = Float64Array.from(published, ({ samples }) => samples.reduce((sum, [, count]) => sum + count, 0));
    this.longestDelay = published.reduce((most, { second, visibleFrom }) => Math.max(most, visibleFrom - second), 0);
  }

  /** The statistic over seconds from `start` up to, not including, `end`, as it is seen at `now`; null where there is no sample. */
  statistic(name: string, start: number, end: number, now: number): number | null {
    const [first, last] = this.span(start, end, now);
    if (first >= last) return null;
    if (name === "SampleCount") return this.countOf(first, last);
    const sum = () => (last - first === 1 ? (this.sums[first] ?? 0) : sumOf(this.sums.subarray(first, last)));
    if (name === "Sum") return sum();
    if (name === "Average") return sum() / this.countOf(first, last);
    const samples = this.published.slice(first, last).flatMap((each) => each.samples);
    if (name === "Minimum") return samples.reduce((least, [value]) => Math.min(least, value), Infinity);
    if (name === "Maximum") return samples.reduce((most, [value]) => Math.max(most, value), -Infinity);
    return distributed(name, samples, this.assumptions);
  }

  samples(start: number, end: number, now: number): number {
    return this.countOf(...this.span(start, end, now));
  }

  private countOf(first: number, last: number): number {
    let count = 0;
    for (let index = first; index < last; index++) count += this.counts[index] ?? 0;
    return count;
  }

  private span(start: number, end: number, now: number): [first: number, last: number] {
    const first = this.firstFrom(start);
    let last = this.firstFrom(end);
    // What is not published yet is the newest.
    while (last > first && (this.published[last - 1]?.visibleFrom ?? 0) > now) last--;
    return [first, last];
  }

  /** The index of the first samples at this second or later. */
  private firstFrom(second: number): number {
    let [low, high] = [0, this.seconds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.seconds[middle] ?? 0) < second) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export interface PublishedSeries {
  readonly metric: Metric;
  readonly unit?: string;
  readonly published: readonly Published[];
}

/** The series of a test, to be found by the metric that an alarm reads. */
export class SeriesSet {
  private readonly found = new Map<string, Series | null>();

  constructor(
    private readonly all: readonly PublishedSeries[],
    readonly assumptions: Assumptions = defaults,
  ) {}

  static of(descriptions: readonly SeriesDescription[], assumptions: Assumptions = defaults): SeriesSet {
    const all = descriptions.map(({ namespace, name, dimensions, unit, ...rest }) => ({
      metric: { namespace, name, dimensions },
      ...(unit !== undefined && { unit }),
      published: publishedOf({ namespace, name, dimensions, ...rest }),
    }));
    return new SeriesSet(all, assumptions);
  }

  /** The same series, read with other assumptions. */
  with(assumptions: Assumptions): SeriesSet {
    return new SeriesSet(this.all, assumptions);
  }

  /** The series that an alarm reads; null when there is none: then the metric has no data. */
  find(read: Metric & Pick<MetricRead, "unit">): Series | null {
    const key = JSON.stringify([read.namespace, read.name, read.dimensions, read.unit]);
    let series = this.found.get(key);
    if (series === undefined) {
      series = this.combined(this.matching(read));
      this.found.set(key, series);
    }
    return series;
  }

  /** How many units the metric has. */
  unitsOf(read: Metric): number {
    return new Set(this.matching(read).map(({ unit }) => unit)).size;
  }

  private matching(read: Metric & Pick<MetricRead, "unit">): PublishedSeries[] {
    const same = this.all.filter(({ metric }) => matches(metric, read));
    // "If you specify a unit, the operation returns only data that was collected with that unit."
    if (read.unit) return same.filter(({ unit }) => unit === undefined || unit === read.unit);
    if (this.assumptions["no-unit"] === "first") return same.filter(({ unit }) => unit === same[0]?.unit);
    return same;
  }

  private combined(matching: readonly PublishedSeries[]): Series | null {
    const [only, ...others] = matching;
    if (!only) return null;
    if (others.length === 0) return new Series(only.published, this.assumptions);
    // Of series with `*`, the first that is written fits, unless they differ in their units.
    const units = matching.filter(({ unit }, index) => matching.findIndex((other) => other.unit === unit) === index);
    const all = units.flatMap(({ published }) => published).toSorted((a, b) => a.second - b.second);
    return new Series(all, this.assumptions);
  }
}

export function matches(pattern: Metric, metric: Metric): boolean {
  const wanted = Object.entries(pattern.dimensions);
  return (
    pattern.name === metric.name &&
    isLike(metric.namespace, pattern.namespace) &&
    wanted.length === Object.keys(metric.dimensions).length &&
    wanted.every(([name, value]) => isLike(metric.dimensions[name], value))
  );
}

function isLike(value: string | undefined, pattern: string): boolean {
  if (value === undefined || !pattern.includes("*")) return value === pattern;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value);
}
