import { LabError } from "./alarm";
import type { Assumptions } from "./assumptions";

/** A value and how many samples have it. */
export type Sample = readonly [value: number, count: number];

/** A sum without the rounding errors of adding one after the other (Neumaier). */
export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Statistics of which the sums of minutes are enough. */
export const simpleStatistics = ["Sum", "SampleCount", "Average", "Minimum", "Maximum"] as const;

const forms = "Sum, SampleCount, Average, Minimum, Maximum, p0 to p100, tm, tc, ts, wm, IQM, TM(5%:95%), PR(0:1)";
const ranged = /^(TM|TC|TS|WM|PR)\((\d*\.?\d*)(%?):(\d*\.?\d*)(%?)\)$/;
const single = /^(tm|tc|ts|wm)(\d+(?:\.\d+)?)$/;

/** The percentile of `p99.9`, null for other statistics. */
export function percentileOf(statistic: string): number | null {
  const percent = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(statistic)?.[1];
  return percent === undefined ? null : Number(percent);
}

export function checkStatistic(statistic: string): void {
  const isSimple = simpleStatistics.some((name) => name === statistic);
  if (!isSimple && percentileOf(statistic) === null && !boundariesOf(statistic)) {
    throw new LabError(`Statistic "${statistic}" is unknown; there are ${forms}.`);
  }
}

/**
 * Samples below which a percentile is one of too few: "fewer than 10/(1-percentile) data points".
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
export function samplesNeeded(percent: number): number {
  if (percent <= 0 || percent >= 100) return 0;
  // In whole numbers: 10 / (1 - 0.99) is not 1000.
  return percent >= 50 ? 1000 / round(100 - percent) : 1000 / percent;
}

/** 100 − 99.9 without the error of binary fractions. */
function round(value: number): number {
  return Number(value.toFixed(10));
}

/**
 * Statistics that need each sample, by "CloudWatch statistics definitions":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function distributed(statistic: string, samples: readonly Sample[], assume: Assumptions): number | null {
  // "These type of statistics are not available for metrics when any of the metric values are negative numbers."
  const isNegative = samples.some(([value]) => value < 0);
  if (isNegative && assume["percentile-of-negative"] === "missing") return null;
  const sorted = samples.toSorted(([a], [b]) => a - b);
  const percent = percentileOf(statistic);
  if (percent !== null) return percentile(sorted, percent, assume);
  const boundaries = boundariesOf(statistic);
  if (!boundaries) throw new LabError(`Statistic "${statistic}" is unknown; there are ${forms}.`);
  return trimmed(sorted, boundaries);
}

function countOf(samples: readonly Sample[]): number {
  return samples.reduce((total, [, count]) => total + count, 0);
}

function percentile(sorted: readonly Sample[], percent: number, assume: Assumptions): number {
  const count = countOf(sorted);
  if (assume["percentile-method"] === "nearest_rank") {
    // "p99 is the maximum value of the remaining 99%."
    return atRank(sorted, Math.max(1, Math.ceil(round((count * percent) / 100))));
  }
  const place = ((count - 1) * percent) / 100;
  const low = Math.floor(place);
  const [left, right] = [atRank(sorted, low + 1), atRank(sorted, Math.min(low + 2, count))];
  return left + (right - left) * (place - low);
}

function atRank(sorted: readonly Sample[], rank: number): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0] ?? Number.NaN;
}

interface Boundaries {
  readonly kind: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly isPercent: boolean;
}

function boundariesOf(statistic: string): Boundaries | null {
  if (/^IQM$/i.test(statistic)) return { kind: "TM", low: 25, high: 75, isPercent: true };
  const one = single.exec(statistic);
  // "tm99 … is the same as TM(:99%)."
  if (one?.[1]) return { kind: one[1].toUpperCase(), low: null, high: Number(one[2]), isPercent: true };
  const both = ranged.exec(statistic);
  if (!both?.[1] || (both[2] === "" && both[4] === "")) return null;
  const bound = (text: string | undefined) => (text ? Number(text) : null);
  return { kind: both[1], low: bound(both[2]), high: bound(both[4]), isPercent: Boolean(both[3] || both[5]) };
}

function trimmed(sorted: readonly Sample[], boundaries: Boundaries): number | null {
  const { kind, low, high, isPercent } = boundaries;
  const kept = isPercent
    ? betweenRanks(sorted, low ?? 0, high ?? 100)
    : sorted.filter(([value]) => (low === null || value > low) && (high === null || value <= high));
  const count = countOf(kept);
  const sum = sumOf(kept.map(([value, each]) => value * each));
  if (kind === "PR") return (100 * count) / countOf(sorted);
  if (kind === "TC") return count;
  if (kind === "TS") return sum;
  if (kind === "TM") return count === 0 ? null : sum / count;
  const [below, above] = isPercent ? [kept[0]?.[0], kept.at(-1)?.[0]] : [low, high];
  if (isPercent && count === 0) return null;
  // "Values that are outside the boundary … are considered to be equal to the value at the edge."
  const clipped = (value: number) => Math.min(Math.max(value, below ?? -Infinity), above ?? Infinity);
  return sumOf(sorted.map(([value, each]) => clipped(value) * each)) / countOf(sorted);
}

/** The samples above the rank of one percentile up to the rank of another. */
function betweenRanks(sorted: readonly Sample[], low: number, high: number): Sample[] {
  const count = countOf(sorted);
  const first = Math.floor(round((count * low) / 100));
  const last = Math.ceil(round((count * high) / 100));
  let seen = 0;
  return sorted.flatMap(([value, each]): Sample[] => {
    const kept = Math.min(seen + each, last) - Math.max(seen, first);
    seen += each;
    return kept > 0 ? [[value, kept]] : [];
  });
}
