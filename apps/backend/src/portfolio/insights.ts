import { sampleStandardDeviation, sum } from "simple-statistics";
import { type Asset, latestDate, valueAssets } from "./assets";
import type { Portfolio } from "./portfolio";

/** Trading days in a year, by convention of the field. */
const tradingDays = 252;
/** A close's date is a day without a time zone: UTC keeps it that day. */
const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
/** Above these a finding asks for attention. Ours; not advice. */
const limits = { largestWeight: 0.35, volatility: 0.25, drawdown: 0.2 };

export interface Drawdown {
  /** Fall from the peak, as a part of 1. */
  readonly ratio: number;
  readonly peakDate: string;
  readonly troughDate: string;
}

export interface Finding {
  readonly id: string;
  readonly severity: "info" | "watch" | "act";
  readonly text: string;
}

export interface Insights {
  readonly asOf: string | null;
  readonly concentration: {
    /** Σ weight²: 1 ÷ number of holdings when all are equal, 1 for a single one. */
    readonly herfindahl: number;
    /** 1 ÷ herfindahl: as many equal holdings would be as concentrated. */
    readonly effectiveHoldings: number;
    readonly largest: { readonly symbol: string; readonly weight: number } | null;
  };
  /** Sample standard deviation of simple daily returns × √252. Null with fewer than two returns. */
  readonly volatility: number | null;
  /** The largest fall from a peak. Null when the value never fell. */
  readonly maxDrawdown: Drawdown | null;
  readonly findings: Finding[];
}

interface DailyValue {
  readonly date: string;
  readonly value: number;
}

export function findInsights(portfolio: Portfolio): Insights {
  const assets = valueAssets(portfolio);
  const history = dailyValues(portfolio);
  const concentration = concentrationOf(assets);
  const volatility = volatilityOf(history);
  const maxDrawdown = maxDrawdownOf(history);
  const insights = { asOf: latestDate(portfolio), concentration, volatility, maxDrawdown };
  return { ...insights, findings: assets.length === 0 ? [] : describe(insights, assets.length) };
}

/** Value of today's quantities on each day for which every holding has a close. */
export function dailyValues({ holdings, closes }: Portfolio): DailyValue[] {
  const byDate = new Map<string, { value: number; count: number }>();
  for (const { symbol, quantity } of holdings) {
    for (const { date, close } of closes.get(symbol) ?? []) {
      const day = byDate.get(date) ?? { value: 0, count: 0 };
      byDate.set(date, { value: day.value + quantity * close, count: day.count + 1 });
    }
  }
  return [...byDate]
    .filter(([, { count }]) => count === holdings.length)
    .map(([date, { value }]) => ({ date, value }))
    .sort((a, b) => a.date.localeCompare(b.date));
}

export function volatilityOf(history: readonly DailyValue[]): number | null {
  const returns = history.slice(1).map(({ value }, index) => value / (history[index]?.value ?? Number.NaN) - 1);
  return returns.length < 2 ? null : sampleStandardDeviation(returns) * Math.sqrt(tradingDays);
}

export function maxDrawdownOf(history: readonly DailyValue[]): Drawdown | null {
  let peak: DailyValue | undefined;
  let worst: Drawdown | null = null;
  for (const day of history) {
    if (!peak || day.value > peak.value) peak = day;
    const ratio = 1 - day.value / peak.value;
    if (ratio > (worst?.ratio ?? 0)) worst = { ratio, peakDate: peak.date, troughDate: day.date };
  }
  return worst;
}

function concentrationOf(assets: readonly Asset[]): Insights["concentration"] {
  const herfindahl = sum(assets.map(({ weight }) => weight ** 2));
  const [largest] = assets;
  return {
    herfindahl,
    effectiveHoldings: herfindahl === 0 ? 0 : 1 / herfindahl,
    largest: largest ? { symbol: largest.symbol, weight: largest.weight } : null,
  };
}

function describe({ concentration, volatility, maxDrawdown }: Omit<Insights, "findings">, count: number): Finding[] {
  const percent = (ratio: number) => `${(ratio * 100).toFixed(1)}%`;
  const day = (date: string) => dayFormat.format(new Date(date));
  const { largest, effectiveHoldings } = concentration;
  const findings: Finding[] = [
    {
      id: "largest-holding",
      severity: (largest?.weight ?? 0) > limits.largestWeight ? "watch" : "info",
      text:
        count === 1
          ? `${largest?.symbol} is the only holding: nothing spreads its risk.`
          : `${largest?.symbol} is ${percent(largest?.weight ?? 0)} of the portfolio. The ${count} holdings spread risk like ${effectiveHoldings.toFixed(1)} equal ones.`,
    },
  ];
  if (volatility !== null) {
    findings.push({
      id: "volatility",
      severity: volatility > limits.volatility ? "watch" : "info",
      text: `The value swings by about ${percent(volatility)} a year, one standard deviation of its daily moves.`,
    });
  }
  if (maxDrawdown) {
    findings.push({
      id: "drawdown",
      severity: maxDrawdown.ratio > limits.drawdown ? "act" : "info",
      text: `The deepest fall was ${percent(maxDrawdown.ratio)}, from ${day(maxDrawdown.peakDate)} to ${day(maxDrawdown.troughDate)}.`,
    });
  }
  return findings;
}
