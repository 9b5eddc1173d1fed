import type { Asset } from "../lib/answers";
import { assetClassName, money, percent, quantity, signedMoney, signedPercent, since } from "../lib/format";
import { SignedAmount } from "./signed-amount";

interface AssetFiguresProps {
  readonly asset: Asset;
  /** Of the portfolio. */
  readonly currency: string;
  /** What the change of the price is since; null when that is not known. */
  readonly dayBefore: string | null;
  /** Of the last twelve months; null when it could not be had. */
  readonly income: number | null;
}

export function AssetFigures({ asset, currency, dayBefore, income }: AssetFiguresProps) {
  const { quantity: units, costPerUnit, weight, gain, gainRatio, dayChangeRatio, assetClass, sector } = asset;
  return (
    <section className="panel summary" aria-labelledby="asset-heading">
      <p className="label">{[assetClassName(assetClass), sector].filter(Boolean).join(" · ")}</p>
      <h1 id="asset-heading">
        {asset.symbol} <span className="asset-title">{asset.name}</span>
      </h1>
      <p className="headline-value">{money(asset.value, currency)}</p>
      <p className="aside">
        {quantity(units)} units at {money(asset.price, asset.currency)}; {percent(weight)} of the portfolio
      </p>
      <dl className="summary-figures">
        <div>
          <dt className="label">{since(dayBefore)}</dt>
          <dd className="figure">
            <SignedAmount of={dayChangeRatio}>{signedPercent(dayChangeRatio)}</SignedAmount>
          </dd>
        </div>
        <div>
          <dt className="label">Total gain</dt>
          <dd>
            <SignedAmount of={gain}>
              <span className="figure">{signedMoney(gain, currency)}</span>{" "}
              <span className="figure-ratio">{signedPercent(gainRatio)}</span>
            </SignedAmount>
          </dd>
        </div>
        <div>
          <dt className="label">Paid per unit</dt>
          <dd className="figure">{money(costPerUnit, asset.currency)}</dd>
        </div>
        <div>
          <dt className="label">Income, 1 year</dt>
          <dd className="figure">{income === null ? "–" : money(income, currency)}</dd>
        </div>
      </dl>
    </section>
  );
}
