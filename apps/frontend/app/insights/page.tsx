import type { Metadata } from "next";
import { BackendDown } from "../../components/backend-down";
import { CorrelationTable } from "../../components/correlation-table";
import { EmptyPortfolio } from "../../components/empty-portfolio";
import { InsightCard } from "../../components/insight-card";
import { MissingPart } from "../../components/missing-part";
import { Screen } from "../../components/screen";
import { fetchPortfolio } from "../../lib/backend";
import { insightCards } from "../../lib/insight-cards";
import { backendForRequest, logged } from "../../lib/this-request";

export const metadata: Metadata = { title: "Insights" };

export default async function InsightsPage() {
  const backend = await backendForRequest();
  const result = logged(backend, await fetchPortfolio(backend, { include: "insights", limit: "1" }));
  if (!result.ok) return <BackendDown current="insights" failure={result.failure} requestId={backend.requestId} />;

  const { source, asOf, currency, page, insights } = result.content;
  if (page.total === 0 || currency === null) return <EmptyPortfolio current="insights" source={{ source, asOf }} />;
  return (
    <Screen current="insights" source={{ source, asOf }}>
      <div className="wide page-head">
        <h1>Insights</h1>
        <p className="aside">What the figures say, in words first. The past promises nothing about what comes next.</p>
      </div>
      {!insights && <MissingPart what="The insights" why="The data service did not send them." />}
      {insights && (
        <>
          <div className="wide insight-grid">
            {insightCards(insights, currency).map((card) => (
              <InsightCard key={card.id} card={card} />
            ))}
          </div>
          <CorrelationTable correlation={insights.correlation} spacing={insights.period?.spacing} />
        </>
      )}
    </Screen>
  );
}
