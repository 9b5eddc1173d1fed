import { bandComparisons, comparisons, LabError, type MetricAlarm, type MetricRead, type State } from "./alarm";
import { type AssumptionName, type Assumptions, defaults } from "./assumptions";
import { type Datapoint, evaluate, evaluationRange, type Verdict } from "./evaluate";
import { series as asSeries, type TimeSeries, type Value } from "./math-values";
import { compile, type Formula } from "./metric-math";
import type { Series, SeriesSet } from "./series";
import { checkStatistic, percentileOf, samplesNeeded } from "./statistics";

const day = 86_400;
const hour = 3600;

export interface EvaluationOptions {
  readonly assume?: Assumptions;
  /** When second 0 is, in seconds since 1970. @default 0 */
  readonly startEpoch?: number;
}

/** A metric alarm over the series that it reads. */
export class MetricEvaluation {
  /** The assumptions that decided an evaluation. */
  readonly depends = new Set<AssumptionName>();
  private readonly series = new Map<string, Series | null>();
  private readonly formulas = new Map<string, Formula>();
  private readonly metricIds: readonly string[];
  private readonly assume: Assumptions;
  private readonly startEpoch: number;
  private readonly longestDelay: number;
  private readonly isPointwise: boolean;
  private readonly known = new Map<number, number | null>();
  private readonly range: number;
  private readonly neededSamples: number;

  constructor(
    readonly alarm: MetricAlarm,
    series: SeriesSet,
    { assume = defaults, startEpoch = 0 }: EvaluationOptions = {},
  ) {
    this.assume = assume;
    this.startEpoch = startEpoch;
    for (const [id, query] of alarm.queries) {
      if ("metric" in query) {
        checkStatistic(query.metric.statistic);
        this.series.set(id, series.find(query.metric));
      } else this.formulas.set(id, compile(query.expression, assume));
    }
    this.metricIds = [...this.series.keys()];
    this.findBand(series);
    this.longestDelay = Math.max(0, ...[...this.series.values()].map((each) => each?.longestDelay ?? 0));
    this.isPointwise = [...this.formulas.values()].every((formula) => formula.isPointwise);
    this.range = evaluationRange(alarm, assume);
    this.neededSamples = neededSamplesOf(alarm);
    if (this.formulas.size > 0) for (const name of mathAssumptions) this.depends.add(name);
    if (!this.isPointwise) this.depends.add("extra-datapoints");
    if (percentilesOf(alarm)) this.depends.add("percentile-method");
    if (this.neededSamples > 0) for (const name of lowSampleAssumptions) this.depends.add(name);
    if (isDynamodb(alarm)) this.depends.add("dynamodb");
    if (this.alarm.periodSeconds !== 60) this.depends.add("period-alignment");
    if (reads(alarm).some((read) => !read.unit && series.unitsOf(read) > 1)) this.depends.add("no-unit");
  }

  /** "Evaluated every minute"; "10 seconds, 20 seconds, or 30 seconds … every 10 seconds"; more than a day "once per hour". */
  get everySeconds(): number {
    const { periodSeconds, evaluationPeriods } = this.alarm;
    if (periodSeconds * evaluationPeriods > day) return hour;
    return periodSeconds < 60 ? 10 : 60;
  }

  isDue(second: number): boolean {
    return (second + (this.everySeconds === hour ? this.startEpoch : 0)) % this.everySeconds === 0;
  }

  state(now: number, current: State): State {
    return this.verdict(now, current).state;
  }

  /** The state after the evaluation at a second, and why. */
  verdict(now: number, current: State): Verdict {
    const { periodSeconds, evaluationPeriods } = this.alarm;
    const end = this.endOfRange(now);
    if (this.neededSamples > 0 && this.hasFewSamples(end, now)) {
      // "The alarm state does not change during periods with too few data points."
      return { state: current, judged: [], filled: 0, rule: "few samples" };
    }
    const values = this.values(end, now);
    const existing = values.flatMap((value, age): Datapoint[] =>
      value === null ? [] : [{ age, value, breaching: this.breaches(value, end - age * periodSeconds, now) }],
    );
    if (existing.length < evaluationPeriods) this.depends.add("extra-datapoints");
    const treatMissingData = treatmentOf(this.alarm, this.assume);
    return evaluate({ ...this.alarm, treatMissingData }, existing, current, this.assume, this.depends);
  }

  /** What is compared with the threshold, of the period up to this second; null without data. */
  compared(end: number, now = end): number | null {
    return this.values(end, now, 1)[0] ?? null;
  }

  private endOfRange(now: number): number {
    const { periodSeconds } = this.alarm;
    if (this.assume["period-alignment"] === "sliding") return now;
    return now - ((now + this.startEpoch) % periodSeconds);
  }

  /** Of each period of the range, the newest first. */
  private values(end: number, now: number, size = this.range): TimeSeries {
    const { periodSeconds } = this.alarm;
    if (!this.isPointwise) return this.computed(end, now, this.range).toReversed().slice(0, size);
    return Array.from({ length: size }, (_, age) => this.at(end - age * periodSeconds, now));
  }

  /** A datapoint that depends on its own period alone is computed once, as soon as nothing of it is delayed any more. */
  private at(end: number, now: number): number | null {
    const isFinal = now >= end - 1 + this.longestDelay;
    const before = isFinal ? this.known.get(end) : undefined;
    if (before !== undefined) return before;
    const value = this.computed(end, now, 1)[0] ?? null;
    if (isFinal) this.known.set(end, value);
    return value;
  }

  /** The compared id over `size` periods, the oldest first. */
  private computed(end: number, now: number, size: number): TimeSeries {
    const { periodSeconds, compared } = this.alarm;
    const start = end - size * periodSeconds;
    const ids = new Map<string, Value>();
    const lookUp = (id: string): Value => {
      const before = ids.get(id);
      if (before) return before;
      const formula = this.formulas.get(id);
      const value = formula ? formula.valueIn(scope) : this.read(id, start, size, now);
      ids.set(id, value);
      return value;
    };
    const epoch = (index: number) => this.startEpoch + start + index * periodSeconds;
    const scope = { size, periodSeconds, epoch, metricIds: this.metricIds, lookUp, assume: this.assume };
    return onlySeries(lookUp(compared), this.alarm.name);
  }

  private read(id: string, start: number, size: number, now: number): Value {
    const { periodSeconds } = this.alarm;
    const query = this.alarm.queries.get(id);
    const found = this.series.get(id);
    if (!found || !query || !("metric" in query)) return asSeries(Array(size).fill(null));
    const { statistic } = query.metric;
    return asSeries(
      Array.from({ length: size }, (_, index) => {
        const from = start + index * periodSeconds;
        return found.statistic(statistic, from, from + periodSeconds, now);
      }),
    );
  }

  private breaches(value: number, end: number, now: number): boolean {
    const { comparison, threshold, periodSeconds } = this.alarm;
    if (typeof threshold === "number") return comparisons[comparison as keyof typeof comparisons](value, threshold);
    const limit = (kind: "lower" | "upper") =>
      this.series.get(kind)?.statistic("Average", end - periodSeconds, end, now) ?? null;
    const [lower, upper] = [limit("lower"), limit("upper")];
    // Without a band nothing is outside of it.
    if (lower === null || upper === null) return false;
    return bandComparisons[comparison as keyof typeof bandComparisons](value, { lower, upper });
  }

  /** The band of an anomaly detector, which a test gives as two series of the namespace `band`. */
  private findBand(series: SeriesSet): void {
    const { threshold, name } = this.alarm;
    if (typeof threshold === "number") return;
    for (const limit of ["lower", "upper"] as const) {
      const found = series.find({ namespace: "band", name: limit, dimensions: { alarm: name } });
      if (!found)
        throw new LabError(`Alarm ${name}: the test gives no band for it: bands: { ${name}: { lower, upper } }.`);
      this.series.set(limit, found);
    }
  }

  private hasFewSamples(end: number, now: number): boolean {
    const { periodSeconds, evaluationPeriods } = this.alarm;
    const [found] = this.series.values();
    const counts = Array.from({ length: evaluationPeriods }, (_, age) => {
      const to = end - age * periodSeconds;
      return found?.samples(to - periodSeconds, to, now) ?? 0;
    });
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0 && this.assume["low-sample-when-empty"] === "missing") return false;
    const scope = this.assume["low-sample-scope"];
    if (scope === "interval") return all < this.neededSamples;
    if (scope === "newest_period") return (counts[0] ?? 0) < this.neededSamples;
    return counts.some((count) => count < this.neededSamples);
  }
}

const mathAssumptions: readonly AssumptionName[] = [
  ...(["math-missing", "avg-counts-missing", "array-missing", "stddev", "power-before-minus"] as const),
  ...(["power-associativity", "math-and-before-or", "fill-linear-edges", "fill-empty-series"] as const),
];
const lowSampleAssumptions: readonly AssumptionName[] = ["low-sample-scope", "low-sample-when-empty"];

function reads(alarm: MetricAlarm): MetricRead[] {
  return [...alarm.queries.values()].flatMap((query) => ("metric" in query ? [query.metric] : []));
}

function percentilesOf(alarm: MetricAlarm): boolean {
  return reads(alarm).some(({ statistic }) => percentileOf(statistic) !== null);
}

/** "Used only for alarms based on percentiles." */
function neededSamplesOf({ queries, compared, lowSamples }: MetricAlarm): number {
  const query = queries.get(compared);
  if (lowSamples !== "ignore" || !query || !("metric" in query)) return 0;
  return samplesNeeded(percentileOf(query.metric.statistic) ?? 0);
}

function isDynamodb(alarm: MetricAlarm): boolean {
  return reads(alarm).some(({ namespace }) => namespace === "AWS/DynamoDB");
}

/**
 * "Alarms that evaluate metrics in the AWS/DynamoDB namespace always ignore missing data even if you choose a different option":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function treatmentOf(alarm: MetricAlarm, assume: Assumptions): MetricAlarm["treatMissingData"] {
  const isDefault = alarm.treatMissingData === "missing";
  return isDynamodb(alarm) && (assume.dynamodb === "ignore" || isDefault) ? "ignore" : alarm.treatMissingData;
}

/** "An alarm based on a math expression can watch only one time series"; "a scalar is not valid". */
function onlySeries(value: Value, name: string): TimeSeries {
  const [only, ...others] = value.kind === "array" ? value.items : [value];
  if (others.length === 0 && only?.kind === "series") return only.values;
  const found = value.kind === "array" ? `${value.items.length} time series` : "a number for the whole range";
  throw new LabError(`Alarm ${name}: its expression gives ${found}; an alarm compares one time series.`);
}
