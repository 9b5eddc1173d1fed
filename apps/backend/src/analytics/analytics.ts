import type { Portfolio } from "../portfolio/portfolio";
import { type Asset, type Share, shareBy, type Totals, totalOf, valueAssets } from "./assets";
import { findInsights, type Insights } from "./insights";
import { firstDayOf, growthOf, portfolioReturns, type Returns, trackReturns, valuesOf } from "./performance";
import { at, type Timeline, timelineOf } from "./timeline";

/** Everything that is worked out of a portfolio, once, when it is loaded. */
export interface Analytics {
  /** The latest day that any holding has a close of; null without holdings. */
  readonly asOf: string | null;
  readonly currency: string | null;
  readonly assets: readonly Asset[];
  readonly totals: Totals;
  readonly allocation: readonly (Share & { readonly assetClass: string })[];
  readonly insights: Insights;
  readonly history: readonly HistoryDay[];
}

export interface HistoryDay {
  readonly date: string;
  /** At the end of the day, in the base currency. */
  readonly value: number;
  /** What 1 has become since the first day, money in and out left out; null where it is not defined. */
  readonly growth: number | null;
  /** The same of the benchmark. */
  readonly benchmarkGrowth: number | null;
}

export function computeAnalytics(portfolio: Portfolio): Analytics {
  const timeline = timelineOf(portfolio);
  const assets = valueAssets(portfolio, timeline);
  const totals = totalOf(assets, timeline);
  const returns = portfolioReturns(timeline);
  return {
    asOf: timeline.dates.at(-1) ?? null,
    currency: portfolio.baseCurrency,
    assets,
    totals,
    allocation: shareBy(assets, ({ assetClass }) => assetClass).map(({ key, ...share }) => ({
      assetClass: key,
      ...share,
    })),
    insights: findInsights({ portfolio, timeline, assets, totals, returns }),
    history: historyOf(timeline, returns),
  };
}

function historyOf(timeline: Timeline, returns: Returns | null): HistoryDay[] {
  const values = valuesOf(timeline);
  const growth = new Map((returns ? growthOf(returns) : []).map(({ date, value }) => [date, value]));
  const benchmark = benchmarkGrowth(timeline, returns?.from);
  const first = firstDayOf(timeline);
  return timeline.dates.slice(first).map((date, index) => ({
    date,
    value: at(values, first + index),
    growth: growth.get(date) ?? null,
    benchmarkGrowth: benchmark.get(date) ?? null,
  }));
}

/** From the first day on which both can be compared. */
function benchmarkGrowth({ dates, benchmark }: Timeline, from: string | undefined): ReadonlyMap<string, number> {
  const growth = new Map<string, number>();
  if (!benchmark || from === undefined) return growth;
  let value = 1;
  trackReturns(benchmark).forEach((change, day) => {
    const before = dates[day - 1];
    if (Number.isNaN(change) || before === undefined || before < from) return;
    if (growth.size === 0) growth.set(before, value);
    value *= 1 + change;
    growth.set(dates[day] ?? "", value);
  });
  return growth;
}
