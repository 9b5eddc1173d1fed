import { bandComparisons, comparisons, LabError, type MetricAlarm, type MetricRead, type State } from "./alarm";
import { type AssumptionName, type Assumptions, defaults } from "./assumptions";
import { type Datapoint, evaluate, evaluationRange, type Verdict } from "./evaluate";
import type { Scope } from "./math-functions";
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
  private readonly assume: Assumptions;
  private readonly startEpoch: number;
  private readonly longestDelay: number;
  private readonly isPointwise: boolean;
  private readonly known = new Map<number, number | null>();
  private readonly range: number;
  private readonly newest: (number | null)[] = [];
  private readonly breaching: (boolean | null)[] = [];
  private readonly judged: Parameters<typeof evaluate>[0];
  private readonly scopeOptions: ScopeOptions;
  private readonly neededSamples: number;
  private readonly isComparable: boolean;

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
    this.isComparable = this.findBand(series);
    this.longestDelay = Math.max(0, ...[...this.series.values()].map((each) => each?.longestDelay ?? 0));
    this.isPointwise = [...this.formulas.values()].every((formula) => formula.isPointwise);
    this.range = evaluationRange(alarm, assume);
    this.judged = { ...alarm, treatMissingData: treatmentOf(alarm, assume) };
    this.scopeOptions = { alarm, series: this.series, formulas: this.formulas, startEpoch, assume };
    this.neededSamples = neededSamplesOf(alarm);
    if (this.formulas.size > 0) for (const name of mathAssumptions) this.depends.add(name);
    if (!this.isPointwise) this.depends.add("extra-datapoints");
    if (percentilesOf(alarm)) this.depends.add("percentile-method");
    if (this.neededSamples > 0) for (const name of lowSampleAssumptions) this.depends.add(name);
    if (isDynamodb(alarm)) this.depends.add("dynamodb");
    if (this.everySeconds === hour) this.depends.add("multiday-minute");
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
    if (this.everySeconds !== hour) return second % this.everySeconds === 0;
    return (second + this.startEpoch - Number(this.assume["multiday-minute"]) * 60) % hour === 0;
  }

  state(now: number, current: State): State {
    return this.verdict(now, current).state;
  }

  /** The state after the evaluation at a second, and how it came about. */
  verdict(now: number, current: State): Verdict {
    if (!this.isComparable) return { state: current, rule: "no data", filled: 0 };
    const end = this.endOfRange(now);
    // "The alarm state does not change during periods with too few data points."
    const isHeld = this.assume["low-sample-effect"] === "hold";
    if (isHeld && this.neededSamples > 0 && this.hasFewSamples(end, now))
      return { state: current, rule: "few samples", filled: 0 };
    const values = this.values(end, now);
    for (let age = 0; age < this.range; age++) {
      const value = values[age] ?? null;
      this.breaching[age] = value === null ? null : this.breaches(value, end - age * this.alarm.periodSeconds, now);
    }
    return evaluate(this.judged, this.breaching, current, this.assume, this.depends);
  }

  /** The existing datapoints that an evaluation judges, the newest first. */
  datapoints(now: number): Datapoint[] {
    const { periodSeconds, evaluationPeriods } = this.alarm;
    const end = this.endOfRange(now);
    const existing = this.values(end, now).flatMap((value, age): Datapoint[] =>
      value === null ? [] : [{ age, value, breaching: this.breaches(value, end - age * periodSeconds, now) }],
    );
    return existing.slice(0, evaluationPeriods);
  }

  /** What is compared with the threshold, of the period up to this second; null without data. */
  compared(end: number, now = end): number | null {
    return this.isPointwise ? this.at(end, now) : (this.values(end, now)[0] ?? null);
  }

  /** Alarms of more than a day see "only the metrics up to the current hour at the :00 minute". */
  private endOfRange(now: number): number {
    const { periodSeconds } = this.alarm;
    const end = this.everySeconds === hour ? floor(now, hour, this.startEpoch) : now;
    return this.assume["period-alignment"] === "sliding" ? end : floor(end, periodSeconds, this.startEpoch);
  }

  /** Of each period of the range, the newest first. */
  private values(end: number, now: number): TimeSeries {
    if (!this.isPointwise) return this.computed(end, now, this.range).toReversed();
    for (let age = 0; age < this.range; age++) this.newest[age] = this.at(end - age * this.alarm.periodSeconds, now);
    return this.newest;
  }

  /** A datapoint that depends on its own period alone is computed once, as soon as nothing of it is delayed any more. */
  private at(end: number, now: number): number | null {
    const isFinal = now >= end - 1 + this.longestDelay;
    const before = isFinal ? this.known.get(end) : undefined;
    if (before !== undefined) return before;
    const value = this.isOfFewSamples(end, now) ? null : (this.computed(end, now, 1)[0] ?? null);
    if (isFinal) this.known.set(end, value);
    return value;
  }

  private isOfFewSamples(end: number, now: number): boolean {
    if (this.neededSamples === 0 || this.assume["low-sample-effect"] === "hold") return false;
    const [found] = this.series.values();
    return (found?.samples(end - this.alarm.periodSeconds, end, now) ?? 0) < this.neededSamples;
  }

  /** The compared id over `size` periods, the oldest first. */
  private computed(end: number, now: number, size: number): TimeSeries {
    const scope = new RangeScope(this.scopeOptions, end - size * this.alarm.periodSeconds, size, now);
    return onlySeries(scope.lookUp(this.alarm.compared));
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

  /** Whether there is what the alarm compares with: the band of an anomaly detector, which a test gives as two series. */
  private findBand(series: SeriesSet): boolean {
    const { threshold, name } = this.alarm;
    if (typeof threshold === "number") return true;
    const limits = (["lower", "upper"] as const).map((limit) => {
      const found = series.find({ namespace: "band", name: limit, dimensions: { alarm: name } });
      this.series.set(limit, found);
      return found;
    });
    return limits.every((limit) => limit !== null);
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

interface ScopeOptions {
  readonly alarm: MetricAlarm;
  readonly series: ReadonlyMap<string, Series | null>;
  readonly formulas: ReadonlyMap<string, Formula>;
  readonly startEpoch: number;
  readonly assume: Assumptions;
}

/** The ids of an alarm over some periods, as they are seen at a second. */
class RangeScope implements Scope {
  private readonly found = new Map<string, Value>();

  constructor(
    private readonly options: ScopeOptions,
    private readonly start: number,
    readonly size: number,
    private readonly now: number,
  ) {}

  get assume(): Assumptions {
    return this.options.assume;
  }

  get periodSeconds(): number {
    return this.options.alarm.periodSeconds;
  }

  get metricIds(): readonly string[] {
    const { alarm, series } = this.options;
    return [...series.keys()].filter((id) => alarm.queries.has(id));
  }

  epoch(index: number): number {
    return this.options.startEpoch + this.start + index * this.periodSeconds;
  }

  lookUp(id: string): Value {
    const before = this.found.get(id);
    if (before) return before;
    const formula = this.options.formulas.get(id);
    const value = formula ? formula.valueIn(this) : this.read(id);
    this.found.set(id, value);
    return value;
  }

  private read(id: string): Value {
    const { alarm, series } = this.options;
    const query = alarm.queries.get(id);
    const found = series.get(id);
    const values: (number | null)[] = [];
    for (let index = 0; index < this.size; index++) {
      const from = this.start + index * alarm.periodSeconds;
      const isRead = found && query && "metric" in query;
      values.push(isRead ? found.statistic(query.metric.statistic, from, from + alarm.periodSeconds, this.now) : null);
    }
    return asSeries(values);
  }
}

/** The whole multiple of a length before a second, counted from 1970. */
function floor(second: number, length: number, startEpoch: number): number {
  const past = (((second + startEpoch) % length) + length) % length;
  return second - past;
}

const mathAssumptions: readonly AssumptionName[] = [
  ...(["math-missing", "avg-counts-missing", "array-missing", "stddev", "power-before-minus"] as const),
  ...(["power-associativity", "math-and-before-or", "fill-linear-edges", "fill-empty-series"] as const),
];
const lowSampleAssumptions: readonly AssumptionName[] = [
  "low-sample-scope",
  "low-sample-effect",
  "low-sample-when-empty",
];

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
function onlySeries(value: Value): TimeSeries {
  const [only, ...others] = value.kind === "array" ? value.items : [value];
  if (others.length === 0 && only?.kind === "series") return only.values;
  const found = value.kind === "array" ? `${value.items.length} time series` : "a number for the whole range";
  throw new LabError(`its expression gives ${found}; an alarm compares one time series.`);
}
