import { assetClassName, money, percent, quantity, signedMoney, signedPercent } from "../lib/format";
import type { Asset } from "../lib/portfolio";
import { SignedAmount } from "./signed-amount";

interface HoldingRowProps {
  readonly asset: Asset;
  /** Of the portfolio; a holding's prices are in its own. */
  readonly currency: string;
}

/** `data-label` is the column's name on a phone, where each row becomes a card and the header row is gone. */
export function HoldingRow({ asset, currency }: HoldingRowProps) {
  return (
    <tr>
      <th scope="row" className="cell-holding">
        <span className="symbol">{asset.symbol}</span> <span className="asset-name">{asset.name}</span>
      </th>
      <td className="cell-class" data-label="Class">
        {assetClassName(asset.assetClass)}
      </td>
      <td className="cell-quantity" data-label="Quantity">
        {quantity(asset.quantity)}
      </td>
      <td className="cell-cost" data-label="Unit cost">
        {money(asset.costPerUnit, asset.currency)}
      </td>
      <td className="cell-price" data-label="Price">
        {money(asset.price, asset.currency)}
      </td>
      <td className="cell-day" data-label="Day">
        <SignedAmount of={asset.dayChangeRatio}>{signedPercent(asset.dayChangeRatio)}</SignedAmount>
      </td>
      <td className="cell-weight" data-label="Weight">
        {percent(asset.weight)}
      </td>
      <td className="cell-gain">
        <SignedAmount of={asset.gain}>
          {signedMoney(asset.gain, currency)} <span className="cell-ratio">{signedPercent(asset.gainRatio)}</span>
        </SignedAmount>
      </td>
      <td className="cell-value">{money(asset.value, currency)}</td>
    </tr>
  );
}
