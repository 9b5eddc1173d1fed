import type { Metadata } from "next";
import { BackendDown } from "../../components/backend-down";
import { EmptyPortfolio } from "../../components/empty-portfolio";
import { HoldingsForm } from "../../components/holdings-form";
import { HoldingsTable } from "../../components/holdings-table";
import { PageLinks } from "../../components/page-links";
import { Screen } from "../../components/screen";
import { fetchPortfolio } from "../../lib/backend";
import { day } from "../../lib/format";
import { holdingsPerPage, holdingsQuery, isFiltered, toQuery } from "../../lib/holdings-query";
import { backendForRequest, logged } from "../../lib/this-request";

export const metadata: Metadata = { title: "Holdings" };

interface HoldingsProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Holdings({ searchParams }: HoldingsProps) {
  const query = holdingsQuery(await searchParams);
  const backend = await backendForRequest();
  const asked = { include: "insights,sparklines", limit: String(holdingsPerPage), ...toQuery(query) };
  const result = logged(backend, await fetchPortfolio(backend, asked));
  if (!result.ok) return <BackendDown current="holdings" failure={result.failure} requestId={backend.requestId} />;

  const { source, asOf, currency, totals, assets, page } = result.content;
  const isWhole = page.total === assets.length && !isFiltered(query);
  if (currency === null || (page.total === 0 && !isFiltered(query))) {
    return <EmptyPortfolio current="holdings" source={{ source, asOf }} />;
  }
  return (
    <Screen current="holdings" source={{ source, asOf }}>
      <section className="panel wide" aria-labelledby="holdings-heading">
        <div className="panel-head">
          <h1 id="holdings-heading">Holdings</h1>
          <p className="aside" role="status">
            {page.total} {page.total === 1 ? "holding" : "holdings"}
            {isFiltered(query) && " found"}
            {totals.dayBefore !== null && `; change since ${day(totals.dayBefore)}`}
          </p>
        </div>
        <HoldingsForm query={query} portfolio={result.content} />
        {assets.length === 0 ? (
          <p className="nothing-found">
            No holding is like that. <a href="/holdings">Show all</a>
          </p>
        ) : (
          <HoldingsTable assets={assets} totals={isWhole ? totals : null} currency={currency} query={query} />
        )}
        <PageLinks query={query} page={page} />
      </section>
    </Screen>
  );
}
