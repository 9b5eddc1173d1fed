import type { ReactNode } from "react";
import { day, oneDecimal, percent, threeDecimals } from "../lib/format";
import type { Insights } from "../lib/portfolio";

interface RiskFiguresProps {
  readonly insights: Insights;
}

/** The numbers behind the findings. */
export function RiskFigures({ insights }: RiskFiguresProps) {
  const { volatility, maxDrawdown, concentration } = insights;
  // Enough days for a volatility are enough to say that there was no fall.
  const neverFell = maxDrawdown === null && volatility !== null;
  return (
    <dl className="risk-figures">
      <Figure label="Volatility" value={volatility === null ? null : percent(volatility)}>
        A year's typical swing around the average
      </Figure>
      <Figure label="Deepest fall" value={neverFell ? "None" : maxDrawdown && percent(Math.abs(maxDrawdown.ratio))}>
        {neverFell && "Never below an earlier day"}
        {maxDrawdown && (
          <>
            <time dateTime={maxDrawdown.peakDate}>{day(maxDrawdown.peakDate)}</time> to{" "}
            <time dateTime={maxDrawdown.troughDate}>{day(maxDrawdown.troughDate)}</time>
          </>
        )}
      </Figure>
      <Figure
        label="Largest holding"
        value={concentration.largest && `${concentration.largest.symbol} ${percent(concentration.largest.weight)}`}
      >
        Share of the whole portfolio
      </Figure>
      <Figure label="Spread like" value={`${oneDecimal(concentration.effectiveHoldings)} equal holdings`}>
        Concentration (Herfindahl) {threeDecimals(concentration.herfindahl)}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly label: string;
  /** Null when the history is too short to tell. */
  readonly value: string | null;
  readonly children: ReactNode;
}

function Figure({ label, value, children }: FigureProps) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>
        <span className="figure">{value ?? "Not known"}</span>
        <span className="aside">{value === null ? "Too little history" : children}</span>
      </dd>
    </div>
  );
}
