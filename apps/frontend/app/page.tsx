import { headers } from "next/headers";
import { Allocation } from "../components/allocation";
import { BackendDown } from "../components/backend-down";
import { EmptyPortfolio } from "../components/empty-portfolio";
import { Holdings } from "../components/holdings";
import { InsightsPanel } from "../components/insights-panel";
import { SourceLine } from "../components/source-line";
import { Summary } from "../components/summary";
import { describeFailure } from "../lib/describe-failure";
import { log } from "../lib/log";
import { fetchPortfolio, type PortfolioResult } from "../lib/portfolio-client";

export const dynamic = "force-dynamic";

export default async function DashboardPage() {
  const requestId = (await headers()).get("x-request-id") ?? "";
  const result = await loadPortfolio(requestId);
  if (!result.ok) return <BackendDown failure={result.failure} requestId={requestId} />;

  const { source, asOf, currency, totals, allocation, assets, insights } = result.portfolio;
  if (assets.length === 0 || currency === null) {
    return (
      <>
        <SourceLine source={source} asOf={asOf} />
        <EmptyPortfolio />
      </>
    );
  }
  return (
    <>
      <SourceLine source={source} asOf={asOf} />
      <Summary totals={totals} currency={currency} holdings={assets.length} />
      <Allocation shares={allocation} currency={currency} />
      <Holdings assets={assets} totals={totals} currency={currency} />
      <InsightsPanel insights={insights} />
    </>
  );
}

async function loadPortfolio(requestId: string): Promise<PortfolioResult> {
  const result = await fetchPortfolio({ backendUrl: process.env.BACKEND_URL ?? "", requestId });
  if (!result.ok) log({ level: "error", request_id: requestId, message: describeFailure(result.failure) });
  return result;
}
