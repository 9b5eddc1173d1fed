import type { Metric } from "../../../packages/alarm-lab/alarm";
import { SeriesSet } from "../../../packages/alarm-lab/series";

/** What was seen of a metric in one minute: its values, and how often each. */
export interface MinuteSamples {
  readonly metric: Metric;
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

interface Recorded {
  readonly metric: Metric;
  /** By minute; how often each value was seen. */
  readonly minutes: Map<number, Map<number, number>>;
}

/** What alarms and policies look at. Minute `end` of the series is the present, of which nothing is known yet. */
export interface MetricHistory {
  readonly series: SeriesSet;
  readonly end: number;
}

/** Alarms look back for three days at most, and a little further where data is missing. */
const keptMinutes = 5 * 24 * 60;

/** The samples of one account's metrics, by minute. */
export class Samples {
  private readonly recorded = new Map<string, Recorded>();
  private first = Number.POSITIVE_INFINITY;

  add(metric: Metric, minute: number, value: number, count = 1): void {
    const key = keyOf(metric);
    const found = this.recorded.get(key) ?? { metric, minutes: new Map() };
    this.recorded.set(key, found);
    const counts = found.minutes.get(minute) ?? new Map<number, number>();
    found.minutes.set(minute, counts);
    counts.set(value, (counts.get(value) ?? 0) + count);
    this.first = Math.min(this.first, minute);
  }

  sum(metric: Metric, minute: number): number {
    const counts = this.recorded.get(keyOf(metric))?.minutes.get(minute) ?? new Map<number, number>();
    return [...counts].reduce((total, [value, count]) => total + value * count, 0);
  }

  samplesOf(minute: number): MinuteSamples[] {
    return [...this.recorded.values()].flatMap(({ metric, minutes }) => {
      const counts = minutes.get(minute);
      return counts ? [{ metric, values: [...counts.keys()], counts: [...counts.values()] }] : [];
    });
  }

  /** Everything before the minute `end`. */
  before(end: number): MetricHistory {
    const start = Math.max(Math.min(this.first, end), end - keptMinutes);
    this.forgetBefore(start);
    const descriptions = [...this.recorded.values()].map(({ metric, minutes }) => ({
      ...metric,
      points: Array.from({ length: end - start }, (_, index) => {
        const counts = minutes.get(start + index);
        return counts ? { values: [...counts.keys()], counts: [...counts.values()] } : null;
      }),
    }));
    return { series: SeriesSet.of(descriptions), end: end - start };
  }

  private forgetBefore(start: number): void {
    for (const { minutes } of this.recorded.values()) {
      for (const minute of minutes.keys()) if (minute < start) minutes.delete(minute);
    }
  }
}

function keyOf({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
