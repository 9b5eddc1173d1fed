import type { AnyAlarm, Metric, MetricRead } from "./alarm";
import { matches, type SeriesDescription } from "./series";

/** What makes a test silent without anybody noticing. */
export interface Warnings {
  /** Series that no alarm reads. */
  readonly unread: readonly string[];
  /** Alarms of which no series feeds any metric. */
  readonly unfed: readonly string[];
  /** Alarms that compare with a band which the test does not give. */
  readonly unbanded: readonly string[];
}

interface Read {
  readonly alarm: string;
  readonly metric: MetricRead;
}

export function readsOf(alarms: readonly AnyAlarm[]): Read[] {
  return alarms.flatMap((alarm) =>
    alarm.kind === "composite"
      ? []
      : [...alarm.queries.values()].flatMap((query) =>
          "metric" in query ? [{ alarm: alarm.name, metric: query.metric }] : [],
        ),
  );
}

export function warningsOf(alarms: readonly AnyAlarm[], series: readonly SeriesDescription[]): Warnings {
  const reads = readsOf(alarms);
  const given = series.filter(({ namespace }) => namespace !== "band");
  const unread = given.filter((each) => !reads.some(({ metric }) => fits(each, metric)));
  const unfed = alarms.filter(({ name }) => {
    const own = reads.filter(({ alarm }) => alarm === name);
    return own.length > 0 && !own.some(({ metric }) => given.some((each) => fits(each, metric)));
  });
  const hasBand = (name: string) => series.some((each) => each.namespace === "band" && each.dimensions.alarm === name);
  const unbanded = alarms.filter(
    (alarm) => alarm.kind === "metric" && typeof alarm.threshold !== "number" && !hasBand(alarm.name),
  );
  return {
    unread: unread.map((each) => `${nameOf(each)}${nearest(each, reads)}`),
    unbanded: unbanded.map(({ name }) => name),
    unfed: unfed.map(({ name }) => {
      const wanted = [...new Set(reads.filter(({ alarm }) => alarm === name).map(({ metric }) => nameOf(metric)))];
      return `${name} (${wanted.join("; ")})`;
    }),
  };
}

function fits(series: SeriesDescription, metric: MetricRead): boolean {
  const isUnit = series.unit === undefined || metric.unit === undefined || series.unit === metric.unit;
  return isUnit && matches(series, metric);
}

function nameOf({ namespace, name, dimensions, unit }: Metric & { unit?: string }): string {
  const all = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name}${all.length > 0 ? ` {${all.join(", ")}}` : ""}${unit ? ` in ${unit}` : ""}`;
}

/** The metric that is read and whose name is the most like this one, with what differs. */
function nearest(series: SeriesDescription, reads: readonly Read[]): string {
  const scored = reads
    .map(({ alarm, metric }) => ({ alarm, metric, distance: distanceOf(series, metric) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = scored;
  if (!best || best.distance > 6) return "";
  return `; ${best.alarm} reads ${nameOf(best.metric)}: ${differencesOf(series, best.metric).join(", ")}`;
}

function distanceOf(series: SeriesDescription, metric: MetricRead): number {
  const keys = new Set([...Object.keys(series.dimensions), ...Object.keys(metric.dimensions)]);
  const wrong = [...keys].filter((key) => !isSameDimension(series, metric, key)).length;
  return edits(series.name, metric.name) + edits(series.namespace, metric.namespace) + wrong;
}

function isSameDimension(series: Metric, metric: Metric, key: string): boolean {
  const only = (each: Metric) => ({ namespace: "", name: "", dimensions: { [key]: each.dimensions[key] ?? "" } });
  return key in series.dimensions && key in metric.dimensions && matches(only(series), only(metric));
}

function differencesOf(series: SeriesDescription, metric: MetricRead): string[] {
  const keys = [...new Set([...Object.keys(series.dimensions), ...Object.keys(metric.dimensions)])];
  const dimensions = keys.filter((key) => !isSameDimension(series, metric, key));
  return [
    ...(series.namespace === metric.namespace ? [] : [`namespace ${series.namespace} and ${metric.namespace}`]),
    ...(series.name === metric.name ? [] : [`name ${series.name} and ${metric.name}`]),
    ...dimensions.map(
      (key) => `${key} ${series.dimensions[key] ?? "absent"} and ${metric.dimensions[key] ?? "absent"}`,
    ),
    ...(series.unit && metric.unit && series.unit !== metric.unit ? [`unit ${series.unit} and ${metric.unit}`] : []),
  ];
}

/** How many letters must be added, removed or changed. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [place, other] of [...to].entries()) {
      const changed = (row[place] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
