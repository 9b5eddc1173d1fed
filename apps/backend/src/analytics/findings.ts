import type { Asset } from "./assets";
import type { InsightAnalytics } from "./insight-analytics";

/** A close's date is a day without a time zone: UTC keeps it that day. */
const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
/** Above these a finding asks for attention. Ours; not advice. */
const limits = { largestWeight: 0.35, volatility: 0.25, drawdown: 0.2, foreignWeight: 0.5 };

export interface Finding {
  readonly id: string;
  readonly severity: "info" | "watch" | "act";
  readonly text: string;
}

const percent = (ratio: number) => `${(ratio * 100).toFixed(1)}%`;
const day = (date: string) => dayFormat.format(new Date(date));

/** What the figures mean, in plain words. */
export function describe(insights: InsightAnalytics, assets: readonly Asset[]): Finding[] {
  if (assets.length === 0) return [];
  return [
    concentration(insights, assets.length),
    performance(insights),
    volatility(insights),
    drawdown(insights),
    currencies(insights),
  ].filter((finding) => finding !== null);
}

function concentration({ concentration: { largest, effectiveHoldings } }: InsightAnalytics, count: number): Finding {
  const weight = largest?.weight ?? 0;
  return {
    id: "largest-holding",
    severity: Math.abs(weight) > limits.largestWeight ? "watch" : "info",
    text:
      count === 1
        ? `${largest?.symbol} is the only holding: nothing spreads its risk.`
        : `${largest?.symbol} is ${percent(weight)} of the portfolio. The ${count} holdings spread risk like ${effectiveHoldings.toFixed(1)} equal ones.`,
  };
}

function performance({ benchmark }: InsightAnalytics): Finding | null {
  if (!benchmark) return null;
  const { name, from, to, portfolioReturn, timeWeightedReturn } = benchmark;
  return {
    id: "benchmark",
    severity: "info",
    text: `From ${day(from)} to ${day(to)} the portfolio returned ${percent(portfolioReturn)}, ${name} ${percent(timeWeightedReturn)}.`,
  };
}

/** Of the spacing of returns. */
const adjectives = {
  day: "daily ",
  week: "weekly ",
  month: "monthly ",
  quarter: "quarterly ",
  year: "yearly ",
  period: "",
} as const;

function volatility({ volatility: swing, period }: InsightAnalytics): Finding | null {
  if (swing === null || period === null) return null;
  return {
    id: "volatility",
    severity: swing > limits.volatility ? "watch" : "info",
    text: `The value swings by about ${percent(swing)} a year, one standard deviation of its ${adjectives[period.spacing]}returns.`,
  };
}

function drawdown({ maxDrawdown }: InsightAnalytics): Finding | null {
  if (!maxDrawdown) return null;
  const { ratio, peakDate, troughDate } = maxDrawdown;
  return {
    id: "drawdown",
    severity: ratio > limits.drawdown ? "act" : "info",
    text: `The deepest fall was ${percent(ratio)}, from ${day(peakDate)} to ${day(troughDate)}.`,
  };
}

function currencies({ currency, exposure }: InsightAnalytics): Finding | null {
  const foreign = exposure.currencies.filter((share) => share.currency !== currency);
  if (foreign.length === 0) return null;
  const weight = foreign.reduce((total, share) => total + Math.abs(share.weight), 0);
  return {
    id: "currency",
    severity: weight > limits.foreignWeight ? "watch" : "info",
    text: `${percent(weight)} of the portfolio is in other currencies than ${currency}: ${foreign.map((share) => share.currency).join(", ")}.`,
  };
}
