import type { Portfolio } from "../portfolio/portfolio";
import { adjustedCloses, dayMilliseconds } from "./timeline";

/** How far back a sparkline looks, in calendar days, and how many closes it has at most. */
export const sparkline = { days: 90, points: 30 } as const;

/** Closes of a symbol's last days, adjusted for splits, evenly thinned, the first and the last among them. Unit: the asset's currency. */
export function sparklinesOf(portfolio: Portfolio, asOf: string): (symbol: string) => number[] {
  const start = asOf && new Date(Date.parse(asOf) - sparkline.days * dayMilliseconds).toISOString().slice(0, 10);
  return (symbol) => {
    const closes = adjustedCloses(portfolio, symbol, asOf).filter(({ date }) => date >= start);
    if (closes.length <= sparkline.points) return closes.map(({ close }) => close);
    const step = (closes.length - 1) / (sparkline.points - 1);
    return Array.from({ length: sparkline.points }, (_, index) => closes[Math.round(index * step)]?.close ?? 0);
  };
}
