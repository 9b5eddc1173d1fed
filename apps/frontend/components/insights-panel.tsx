import type { Insights } from "../lib/portfolio";
import { Findings } from "./findings";
import { RiskFigures } from "./risk-figures";

interface InsightsPanelProps {
  readonly insights: Insights | null;
}

export function InsightsPanel({ insights }: InsightsPanelProps) {
  return (
    <section className="panel insights" aria-labelledby="insights-heading">
      <h2 id="insights-heading">Insights</h2>
      {insights ? (
        <div className="insights-columns">
          <Findings findings={insights.findings} />
          <RiskFigures insights={insights} />
        </div>
      ) : (
        <p className="aside">There is not enough history to say anything yet.</p>
      )}
    </section>
  );
}
