import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AssetChart, AssetHistory } from "../../../components/asset-chart";
import { AssetFigures } from "../../../components/asset-figures";
import { BackendDown } from "../../../components/backend-down";
import { MissingPart } from "../../../components/missing-part";
import { Screen } from "../../../components/screen";
import { assetEvents } from "../../../lib/asset-events";
import { type Failure, fetchAsset, fetchPortfolio } from "../../../lib/backend";
import { describeFailure } from "../../../lib/describe-failure";
import { rangeOf } from "../../../lib/ranges";
import { backendForRequest, logged } from "../../../lib/this-request";

interface HoldingProps {
  readonly params: Promise<{ readonly symbol: string }>;
  readonly searchParams: Promise<{ readonly range?: string }>;
}

export async function generateMetadata({ params }: HoldingProps): Promise<Metadata> {
  return { title: symbolOf((await params).symbol) };
}

export default async function Holding({ params, searchParams }: HoldingProps) {
  const symbol = symbolOf((await params).symbol);
  const backend = await backendForRequest();
  const [result, portfolio] = await Promise.all([
    fetchAsset(backend, symbol),
    fetchPortfolio(backend, { include: "insights", limit: "1" }),
  ]);
  if (!result.ok && isUnknownSymbol(result.failure)) notFound();
  logged(backend, result);
  logged(backend, portfolio);
  if (!result.ok) return <BackendDown current="holdings" failure={result.failure} requestId={backend.requestId} />;

  const { asset, currency, source, asOf } = result.content;
  const dayBefore = portfolio.ok ? portfolio.content.totals.dayBefore : null;
  const income = portfolio.ok ? portfolio.content.insights?.income : undefined;
  const ofThis = income?.byHolding.find((holding) => holding.symbol === asset.symbol)?.amount ?? 0;
  return (
    <Screen current="holdings" source={{ source, asOf }}>
      {!portfolio.ok && <MissingPart what="The income" why={describeFailure(portfolio.failure)} />}
      <AssetFigures asset={asset} currency={currency} dayBefore={dayBefore} income={income ? ofThis : null} />
      <AssetChart answer={result.content} range={rangeOf((await searchParams).range)} />
      <AssetHistory events={assetEvents(result.content)} />
    </Screen>
  );
}

/** Nobody has such a holding, or nobody could: what stands in the address is the visitor's fault, and no failure of the backend. */
function isUnknownSymbol(failure: Failure): boolean {
  return failure.kind === "status" && [400, 404].includes(failure.status);
}

/** As it is in the address; what cannot be decoded is taken as it stands, and is nobody's. */
function symbolOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
