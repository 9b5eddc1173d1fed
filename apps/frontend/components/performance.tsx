import type { Benchmark, History } from "../lib/answers";
import { axisPercent, day, percent, signedPercent } from "../lib/format";
import { type Range, within } from "../lib/ranges";
import { drawdowns, growthSince, type Point } from "../lib/series";
import { type ChartLine, LineChart } from "./line-chart";
import { RangeLinks } from "./range-links";
import { SignedAmount } from "./signed-amount";

interface PerformanceProps {
  readonly history: History;
  readonly benchmark: Benchmark | null;
  readonly range: Range;
}

/** What the portfolio grew by, money that came and went left out, beside its benchmark; and how far it was below its peak. */
export function Performance({ history, benchmark, range }: PerformanceProps) {
  const days = within(history, range);
  const portfolio = growthSince(days);
  const belowPeak = drawdowns(portfolio);
  const lines: ChartLine[] = [{ name: "Portfolio", className: "line-portfolio", points: portfolio }];
  if (benchmark) {
    const points = growthSince(days.map(({ date, benchmarkGrowth: growth }) => ({ date, growth })));
    lines.push({ name: benchmark.name, className: "line-benchmark", points });
  }
  const drawn = lines.filter(({ points }) => points.length > 1);
  return (
    <section id="performance" className="panel performance" aria-labelledby="performance-heading">
      <div className="panel-head">
        <h2 id="performance-heading">Performance</h2>
        <RangeLinks current={range} anchor="performance" />
      </div>
      {portfolio.length > 1 ? (
        <>
          <ul className="legend">
            {drawn.map(({ name, className, points }) => (
              <li key={name}>
                <svg className="legend-mark" viewBox="0 0 16 4" aria-hidden="true">
                  <path className={`chart-line ${className}`} d="M0 2H16" />
                </svg>
                {name} <strong>{endOf(points)}</strong>
              </li>
            ))}
          </ul>
          <LineChart summary={sentence(drawn)} lines={drawn} format={axisPercent} height={276} />
          <h3 className="label">Below its peak</h3>
          <LineChart
            summary={`At its lowest, the portfolio was ${percent(-lowest(belowPeak))} below the highest value that it had reached in this time.`}
            lines={[{ name: "Below its peak", className: "line-loss", points: belowPeak }]}
            format={axisPercent}
            height={150}
          />
        </>
      ) : (
        <p className="aside">There are not enough days with prices to draw a line.</p>
      )}
    </section>
  );
}

function endOf(points: readonly Point[]) {
  const { value } = points.at(-1) ?? { value: 0 };
  return <SignedAmount of={value}>{signedPercent(value)}</SignedAmount>;
}

function lowest(points: readonly Point[]): number {
  return Math.min(...points.map(({ value }) => value));
}

function sentence(lines: readonly ChartLine[]): string {
  return lines
    .map(({ name, points }) => {
      const [first, last] = [points[0], points.at(-1)];
      return first && last && `${name}: ${signedPercent(last.value)} from ${day(first.date)} to ${day(last.date)}.`;
    })
    .join(" ");
}
