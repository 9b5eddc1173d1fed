import { money, signedMoney, signedPercent } from "../lib/format";
import type { Asset, Totals } from "../lib/portfolio";
import { HoldingRow } from "./holding-row";
import { SignedAmount } from "./signed-amount";

interface HoldingsProps {
  readonly assets: readonly Asset[];
  readonly totals: Totals;
  readonly currency: string;
}

export function Holdings({ assets, totals, currency }: HoldingsProps) {
  const largestFirst = assets.toSorted((a, b) => b.value - a.value);
  return (
    <section className="panel holdings" aria-labelledby="holdings-heading">
      <h2 id="holdings-heading">Holdings</h2>
      <table aria-labelledby="holdings-heading">
        <thead>
          <tr>
            <th scope="col">Holding</th>
            <th scope="col">Class</th>
            <th scope="col">Quantity</th>
            <th scope="col">Unit cost</th>
            <th scope="col">Price</th>
            <th scope="col">Day</th>
            <th scope="col">Weight</th>
            <th scope="col">Gain</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {largestFirst.map((asset) => (
            <HoldingRow key={asset.symbol} asset={asset} currency={currency} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={5} className="cell-holding">
              Total
            </th>
            <td className="cell-day">
              <SignedAmount of={totals.dayChangeRatio}>{signedPercent(totals.dayChangeRatio)}</SignedAmount>
            </td>
            <td className="cell-weight" />
            <td className="cell-gain">
              <SignedAmount of={totals.gain}>{signedMoney(totals.gain, currency)}</SignedAmount>
            </td>
            <td className="cell-value">{money(totals.value, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
