import { LabError } from "./alarm";
import type { Assumptions } from "./assumptions";
import { exists, finite, scalar, series, type TimeSeries, type Value, valueAt } from "./math-values";
import { sumOf } from "./statistics";

/** The periods over which an expression is computed. */
export interface Scope {
  readonly size: number;
  readonly periodSeconds: number;
  /** The timestamp of a datapoint: the beginning of its period, in seconds since 1970. */
  epoch(index: number): number;
  readonly metricIds: readonly string[];
  lookUp(id: string): Value;
  readonly assume: Assumptions;
}

type MathFunction = (args: readonly Value[], scope: Scope) => Value;

/** What a function does with an argument that it does not take. */
class ArgumentError extends LabError {}

function need(isRight: boolean, problem: string): asserts isRight {
  if (!isRight) throw new ArgumentError(problem);
}

function argument(args: readonly Value[], index: number): Value {
  const found = args[index];
  need(found !== undefined, `has too few arguments, ${args.length}`);
  return found;
}

function onlyArgument(args: readonly Value[]): Value {
  need(args.length === 1, `takes one argument, not ${args.length}`);
  return argument(args, 0);
}

function each(value: Value, change: (values: TimeSeries) => TimeSeries): Value {
  if (value.kind === "array") return { kind: "array", items: value.items.map((item) => each(item, change)) };
  need(value.kind === "series", "takes a time series or an array of them");
  return series(change(value.values));
}

/** A function of each datapoint; scalars are taken, too. */
const pointwise =
  (compute: (value: number) => number): MathFunction =>
  (args) => {
    const value = onlyArgument(args);
    const one = (each: number | null) => (each === null ? null : finite(compute(each)));
    return value.kind === "scalar" ? scalar(one(value.value)) : each(value, (values) => values.map(one));
  };

const real = (values: TimeSeries) => values.filter((value) => value !== null);
const average = (values: readonly number[]) => (values.length === 0 ? null : sumOf(values) / values.length);

type Summary = (values: TimeSeries, assume: Assumptions) => number | null;

function deviation(values: readonly number[], assume: Assumptions): number | null {
  const divisor = assume.stddev === "population" ? values.length : values.length - 1;
  const mean = average(values);
  return mean === null || divisor < 1 ? null : Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / divisor);
}

/** Over one series, a scalar. */
const summaries: Readonly<Record<string, Summary>> = {
  // "Missing values are treated as 0."
  AVG: (values, assume) => average(assume["avg-counts-missing"] ? values.map((value) => value ?? 0) : real(values)),
  SUM: (values) => sumOf(real(values)),
  MIN: (values) => finite(Math.min(...real(values))),
  MAX: (values) => finite(Math.max(...real(values))),
  STDDEV: (values, assume) => deviation(real(values), assume),
  DATAPOINT_COUNT: (values) => real(values).length,
};
export const summaryNames = Object.keys(summaries);

const summary =
  (name: string, compute: Summary): MathFunction =>
  (args, scope) => {
    const value = onlyArgument(args);
    if (value.kind === "scalar") return value;
    if (value.kind === "series") return scalar(compute(value.values, scope.assume));
    need(value.kind === "array", "takes a time series or an array of them");
    return across(name, compute, value.items, scope);
  };

/** Over an array, one series. */
function across(name: string, compute: Summary, items: readonly Value[], { size, assume }: Scope): Value {
  const withZeros = name === "AVG" || (assume["array-missing"] === "zero" && ["MIN", "MAX", "STDDEV"].includes(name));
  const values = Array.from({ length: size }, (_, index) => {
    const column = items.map((item) => valueAt(item, index));
    const present = items.flatMap((item, place) => (item.kind === "series" ? [column[place] !== null] : []));
    if (present.length > 0 && !exists(present, assume)) return null;
    if (name === "AVG") return average(column.map((value) => value ?? 0));
    return compute(withZeros ? column.map((value) => value ?? 0) : column, assume);
  });
  return series(values);
}

/** A function of each value and "the preceding value from that time series"; the first has none. */
const fromPreceding =
  (compute: (difference: number, seconds: number) => number): MathFunction =>
  (args, { periodSeconds }) =>
    each(onlyArgument(args), (values) => {
      let before: number | null = null;
      return values.map((value, index) => {
        if (value === null) return null;
        const preceding = before;
        before = index;
        if (preceding === null) return null;
        return finite(compute(value - (values[preceding] ?? 0), (index - preceding) * periodSeconds));
      });
    });

function runningSum(values: TimeSeries): TimeSeries {
  let total = 0;
  return values.map((value) => {
    total += value ?? 0;
    return value === null ? null : total;
  });
}

const fill: MathFunction = (args, { assume }) => {
  const filler = argument(args, 1);
  need(args.length === 2 && filler.kind !== "array", "takes a series and a value, a series, REPEAT or LINEAR");
  return each(argument(args, 0), (values) => {
    if (!assume["fill-empty-series"] && real(values).length === 0) return values;
    if (filler.kind !== "word") return values.map((value, index) => value ?? valueAt(filler, index));
    need(filler.word === "REPEAT" || filler.word === "LINEAR", `fills with REPEAT or LINEAR, not ${filler.word}`);
    return filler.word === "REPEAT" ? repeated(values) : interpolated(values, assume);
  });
};

/** "The most recent actual value of the metric before the missing value." */
function repeated(values: TimeSeries): TimeSeries {
  let last: number | null = null;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
}

/** "A linear interpolation between the values at the beginning and the end of the gap." */
function interpolated(values: TimeSeries, assume: Assumptions): TimeSeries {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
  const isNearest = assume["fill-linear-edges"] === "nearest";
  return values.map((value, index) => {
    if (value !== null) return value;
    const left = known.findLast((other) => other.index < index);
    const right = known.find((other) => other.index > index);
    if (!left || !right) return isNearest ? (left?.value ?? right?.value ?? null) : null;
    return left.value + ((right.value - left.value) * (index - left.index)) / (right.index - left.index);
  });
}

/** "A new non-sparse time series where each value is based on its timestamp." In UTC. */
const calendar =
  (read: (date: Date) => number): MathFunction =>
  (args, scope) => {
    need(onlyArgument(args).kind === "series", "takes a time series");
    return series(Array.from({ length: scope.size }, (_, index) => read(new Date(scope.epoch(index) * 1000))));
  };

function itemsOf(value: Value): readonly Value[] {
  need(value.kind === "array", "takes an array of time series, such as METRICS()");
  return value.items;
}

function scalarOf(value: Value | undefined): number | undefined {
  need(value === undefined || (value.kind === "scalar" && value.value !== null), "takes a number there");
  return value?.kind === "scalar" ? (value.value ?? undefined) : undefined;
}

const sort: MathFunction = (args, { assume }) => {
  const [by, order] = [argument(args, 1), argument(args, 2)];
  const compute = by.kind === "word" && by.word !== "STDDEV" ? summaries[by.word] : undefined;
  need(compute !== undefined, "sorts by AVG, MIN, MAX or SUM");
  need(order.kind === "word" && /^(ASC|DESC)$/.test(order.word), "sorts ASC or DESC");
  const sign = order.word === "ASC" ? 1 : -1;
  const keyed = itemsOf(argument(args, 0)).map((item) => {
    const key = item.kind === "series" ? compute(item.values, assume) : null;
    return { item, key: key === null ? Infinity : sign * key };
  });
  const sorted = keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key - b.key)).map(({ item }) => item);
  return { kind: "array", items: sorted.slice(0, scalarOf(args[3])) };
};

const slice: MathFunction = (args) => {
  const items = itemsOf(argument(args, 0)).slice(scalarOf(argument(args, 1)), scalarOf(args[2]));
  // "Return type TS[] TS": one series that is left is that series.
  return items.length === 1 && items[0] ? items[0] : { kind: "array", items };
};

const end =
  (index: 0 | -1): MathFunction =>
  (args) => {
    const found = itemsOf(onlyArgument(args)).at(index);
    need(found !== undefined, "takes an array with at least one time series");
    return found;
  };

/** "Using IF expressions" of the guide. */
const choose: MathFunction = (args, { size }) => {
  const [condition, yes, no] = [argument(args, 0), argument(args, 1), args[2]];
  const isPlain = args.every(({ kind }) => kind === "scalar" || kind === "series");
  need(args.length <= 3 && isPlain, "takes a condition and one or two numbers or time series");
  if (condition.kind === "scalar") {
    const chosen = condition.value === null ? undefined : condition.value !== 0 ? yes : no;
    // "Is an empty time series, if metric3 is omitted from the expression."
    return chosen ?? series(Array(size).fill(null));
  }
  const values = Array.from({ length: size }, (_, index) => {
    const is = valueAt(condition, index);
    if (is === null) return null;
    if (is === 0) return no ? valueAt(no, index) : null;
    // "Has the value of 0, if … TRUE and the corresponding data point does not exist in metric2."
    return valueAt(yes, index) ?? (yes.kind === "series" ? 0 : null);
  });
  return series(values);
};

const metrics: MathFunction = (args, scope) => {
  const part = args[0] ?? { kind: "word", word: "" };
  need(part.kind === "word", "takes a part of an id in quotes, or nothing");
  const ids = scope.metricIds.filter((id) => id.includes(part.word));
  return { kind: "array", items: ids.map((id) => scope.lookUp(id)) };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list */
export const functions: Readonly<Record<string, MathFunction>> = {
  ...Object.fromEntries(Object.entries(summaries).map(([name, compute]) => [name, summary(name, compute)])),
  ABS: pointwise(Math.abs),
  CEIL: pointwise(Math.ceil),
  FLOOR: pointwise(Math.floor),
  LOG: pointwise(Math.log),
  LOG10: pointwise(Math.log10),
  DIFF: fromPreceding((difference) => difference),
  DIFF_TIME: fromPreceding((_, seconds) => seconds),
  RATE: fromPreceding((difference, seconds) => difference / seconds),
  RUNNING_SUM: (args) => each(onlyArgument(args), runningSum),
  FILL: fill,
  SECOND: calendar((date) => date.getUTCSeconds()),
  MINUTE: calendar((date) => date.getUTCMinutes()),
  HOUR: calendar((date) => date.getUTCHours()),
  // Monday is 1, Sunday 7.
  DAY: calendar((date) => date.getUTCDay() || 7),
  DATE: calendar((date) => date.getUTCDate()),
  MONTH: calendar((date) => date.getUTCMonth() + 1),
  YEAR: calendar((date) => date.getUTCFullYear()),
  EPOCH: calendar((date) => date.getTime() / 1000),
  TIME_SERIES: (args, { size }) => {
    const value = onlyArgument(args);
    need(value.kind === "scalar", "takes a number");
    return series(Array(size).fill(value.value));
  },
  SORT: sort,
  SLICE: slice,
  FIRST: end(0),
  LAST: end(-1),
  METRIC_COUNT: (args) => scalar(itemsOf(onlyArgument(args)).length),
  REMOVE_EMPTY: (args) => ({
    kind: "array",
    items: itemsOf(onlyArgument(args)).filter((item) => item.kind === "series" && real(item.values).length > 0),
  }),
  METRICS: metrics,
  IF: choose,
};

/** Functions of the guide that no test can have, and why. */
export const unsupported: Readonly<Record<string, string>> = {
  SEARCH: "AWS allows no alarm on SEARCH",
  INSIGHT_RULE_METRIC: "it reads Contributor Insights",
  SERVICE_QUOTA: "it reads the quotas of an account",
  DB_PERF_INSIGHTS: "it reads Performance Insights",
  LAMBDA: "it runs a function of an account",
};
