import {
  mean,
  sampleCorrelation,
  sampleCovariance,
  sampleStandardDeviation,
  sampleVariance,
  sum,
} from "simple-statistics";
import { growthOf, linked, type Returns, trackReturns } from "./performance";
import { frequencyOf, type Spacing } from "./spacing";
import { at, type Timeline } from "./timeline";

/** Returns whose standard deviation is below this do not vary: what is left is rounding. */
const noSpread = 1e-12;

export interface Drawdown {
  /** Fall from the peak, as a part of 1. */
  readonly ratio: number;
  readonly peakDate: string;
  readonly troughDate: string;
  /** The first day at or above the peak again; null when there is none yet. */
  readonly recoveryDate: string | null;
}

export interface ValueAtRisk {
  readonly confidence: 0.95;
  /** How long the loss takes: one of these. */
  readonly horizon: Spacing;
  /** Loss that one period in twenty exceeds, as a part of 1; negative when even that one gains. */
  readonly ratio: number;
  /** `ratio` × value of the portfolio, in the base currency. */
  readonly amount: number;
  /** Mean loss of the worst twentieth of periods, as a part of 1. */
  readonly expectedShortfall: number;
}

export interface Comparison {
  readonly symbol: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Of the benchmark, and of the portfolio on the same days. */
  readonly timeWeightedReturn: number;
  readonly portfolioReturn: number;
  /** portfolioReturn − timeWeightedReturn */
  readonly activeReturn: number;
  readonly beta: number | null;
  readonly correlation: number | null;
  /** Annualised standard deviation of the differences of returns. */
  readonly trackingError: number | null;
}

/** Annualised: sample standard deviation × √(periods per year). Null with fewer than two returns. */
export function volatilityOf(returns: readonly number[], periodsPerYear: number): number | null {
  if (returns.length < 2) return null;
  const deviation = sampleStandardDeviation([...returns]);
  return deviation < noSpread ? 0 : deviation * Math.sqrt(periodsPerYear);
}

/** Annualised: mean ÷ sample standard deviation of returns above the risk-free one, × √(periods per year). Null when they do not vary. */
export function sharpeRatioOf(returns: readonly number[], riskFreeRate: number, periodsPerYear: number): number | null {
  const riskFree = (1 + riskFreeRate) ** (1 / periodsPerYear) - 1;
  const excess = returns.map((value) => value - riskFree);
  if (!varies(excess)) return null;
  return (mean(excess) / sampleStandardDeviation(excess)) * Math.sqrt(periodsPerYear);
}

/** Of what 1 has become. Null when it never fell. */
export function maxDrawdownOf(returns: Returns): Drawdown | null {
  const growth = growthOf(returns);
  let peak = growth[0];
  let worst: (Omit<Drawdown, "recoveryDate"> & { peak: number }) | undefined;
  for (const day of growth) {
    if (!peak || day.value > peak.value) peak = day;
    const ratio = 1 - day.value / peak.value;
    if (ratio > (worst?.ratio ?? noSpread))
      worst = { ratio, peakDate: peak.date, troughDate: day.date, peak: peak.value };
  }
  if (!worst) return null;
  const { peak: level, ...drawdown } = worst;
  // Back at the peak but for rounding is back.
  const recovery = growth.find(({ date, value }) => date > drawdown.troughDate && value >= level * (1 - noSpread));
  return { ...drawdown, recoveryDate: recovery?.date ?? null };
}

/** Historical simulation: the 5 % quantile of returns, between two of them by linear interpolation. Null with fewer than 20 returns. */
export function valueAtRiskOf(returns: readonly number[], value: number, horizon: Spacing): ValueAtRisk | null {
  const count = returns.length;
  if (count < 20) return null;
  const worstFirst = returns.toSorted((a, b) => a - b);
  // In whole numbers: 5 % of a count is not exact.
  const lower = Math.floor((count - 1) / 20);
  const part = ((count - 1) % 20) / 20;
  const [low = 0, high = low] = worstFirst.slice(lower, lower + 2);
  const ratio = -(low + part * (high - low));
  const expectedShortfall = -mean(worstFirst.slice(0, Math.ceil(count / 20)));
  return { confidence: 0.95, horizon, ratio, amount: ratio * value, expectedShortfall };
}

/** On the days on which both have a return. Null when there are none. */
export function compare(
  { dates, benchmark }: Timeline,
  returns: Returns,
  name: { symbol: string; name: string },
): Comparison | null {
  if (!benchmark) return null;
  const byDay = trackReturns(benchmark);
  const days = new Map(dates.map((date, day) => [date, day]));
  const pairs = returns.list
    .map((own) => ({ ...own, other: at(byDay, days.get(own.date) ?? 0) }))
    .filter(({ other }) => !Number.isNaN(other));
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last) return null;
  const [own, other] = [pairs.map(({ value }) => value), pairs.map((pair) => pair.other)];
  const timeWeightedReturn = linked(other);
  const portfolioReturn = linked(own);
  return {
    ...name,
    from: first.from,
    to: last.date,
    timeWeightedReturn,
    portfolioReturn,
    activeReturn: portfolioReturn - timeWeightedReturn,
    beta: varies(other) ? sampleCovariance(own, other) / sampleVariance(other) : null,
    correlation: correlationOf(own, other),
    trackingError: volatilityOf(
      pairs.map(({ value, other }) => value - other),
      frequencyOf(pairs).periodsPerYear,
    ),
  };
}

/** Pearson's; null with fewer than two pairs, and when one of both does not vary. */
export function correlationOf(a: readonly number[], b: readonly number[]): number | null {
  if (!varies(a) || !varies(b)) return null;
  return Math.max(-1, Math.min(1, sampleCorrelation([...a], [...b])));
}

function varies(values: readonly number[]): boolean {
  return values.length > 1 && values.every(Number.isFinite) && sampleStandardDeviation([...values]) >= noSpread;
}

/** Rows of the largest holdings' correlations with each other, over the days on which all of them have a return. */
export function correlationsOf(
  timeline: Timeline,
  symbols: readonly string[],
): { symbols: string[]; matrix: (number | null)[][] } {
  const returns = symbols.map((symbol) => {
    const track = timeline.holdings.find((holding) => holding.symbol === symbol);
    return track ? trackReturns(track) : new Float64Array(timeline.dates.length).fill(Number.NaN);
  });
  const days = timeline.dates
    .map((_, day) => day)
    .filter((day) => returns.every((series) => !Number.isNaN(at(series, day))));
  const rows = returns.map((series) => days.map((day) => at(series, day)));
  const matrix = rows.map((a, row) => rows.map((b, column) => (row === column && varies(a) ? 1 : correlationOf(a, b))));
  return { symbols: [...symbols], matrix };
}

/** Sum of squares of parts. */
export function herfindahlOf(weights: readonly number[]): number {
  return sum(weights.map((weight) => weight ** 2));
}
