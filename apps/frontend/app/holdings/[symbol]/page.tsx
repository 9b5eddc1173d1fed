import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AssetChart, AssetHistory } from "../../../components/asset-chart";
import { AssetFigures } from "../../../components/asset-figures";
import { BackendDown } from "../../../components/backend-down";
import { MissingPart } from "../../../components/missing-part";
import { Screen } from "../../../components/screen";
import { assetEvents } from "../../../lib/asset-events";
import { askForAsset, askForPortfolio, type Failure } from "../../../lib/data-service";
import { describeFailure } from "../../../lib/describe-failure";
import { rangeOf } from "../../../lib/ranges";
import { dataService, logged } from "../../../lib/this-request";

interface HoldingProps {
  readonly params: Promise<{ readonly symbol: string }>;
  readonly searchParams: Promise<{ readonly range?: string }>;
}

export async function generateMetadata({ params }: HoldingProps): Promise<Metadata> {
  return { title: symbolOf((await params).symbol) };
}

export default async function Holding({ params, searchParams }: HoldingProps) {
  const symbol = symbolOf((await params).symbol);
  const service = await dataService();
  const [result, portfolio] = await Promise.all([
    askForAsset(service, symbol),
    askForPortfolio(service, { include: "insights", limit: "1" }),
  ]);
  if (!result.ok && isUnknownSymbol(result.failure)) notFound();
  logged(service, result);
  logged(service, portfolio);
  if (!result.ok) return <BackendDown current="holdings" failure={result.failure} requestId={service.requestId} />;

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

/** Nobody has such a holding, or nobody could: what stands in the address is the visitor's fault, and no failure of the data service. */
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
