import { Allocation } from "../components/allocation";
import { BackendDown } from "../components/backend-down";
import { EmptyPortfolio } from "../components/empty-portfolio";
import { Findings } from "../components/findings";
import { MissingPart } from "../components/missing-part";
import { Movers } from "../components/movers";
import { Performance } from "../components/performance";
import { Screen } from "../components/screen";
import { Summary } from "../components/summary";
import { fetchPortfolio } from "../lib/backend";
import { rangeOf } from "../lib/ranges";
import { backendForRequest, logged } from "../lib/this-request";

interface OverviewProps {
  readonly searchParams: Promise<{ readonly range?: string }>;
}

export default async function Overview({ searchParams }: OverviewProps) {
  const backend = await backendForRequest();
  const result = logged(backend, await fetchPortfolio(backend, { include: "insights,history" }));
  if (!result.ok) return <BackendDown current="overview" failure={result.failure} requestId={backend.requestId} />;

  const { source, asOf, currency, totals, allocation, assets, insights, history } = result.content;
  if (assets.length === 0 || currency === null) return <EmptyPortfolio current="overview" source={{ source, asOf }} />;
  return (
    <Screen current="overview" source={{ source, asOf }}>
      {!insights && <MissingPart what="The insights" why="The data service did not send them." />}
      <Summary totals={totals} currency={currency} holdings={assets.length} income={insights?.income ?? null} />
      <Performance
        history={history}
        benchmark={insights?.benchmark ?? null}
        range={rangeOf((await searchParams).range)}
      />
      <Movers assets={assets} currency={currency} dayBefore={totals.dayBefore} />
      {insights && <Findings findings={insights.findings} />}
      <Allocation
        classes={allocation}
        sectors={insights?.exposure.sectors}
        currencies={insights?.exposure.currencies}
        currency={currency}
      />
    </Screen>
  );
}
