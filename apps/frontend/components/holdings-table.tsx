import type { ListedAsset, Totals } from "../lib/answers";
import { assetClassName, money, percent, quantity, signedMoney, signedPercent } from "../lib/format";
import { holdingHref } from "../lib/holding-href";
import { columns, type HoldingsQuery, holdingsHref } from "../lib/holdings-query";
import { SignedAmount } from "./signed-amount";
import { Sparkline } from "./sparkline";

interface HoldingsTableProps {
  readonly assets: readonly ListedAsset[];
  /** Of the whole portfolio; null where the table shows a part of it. */
  readonly totals: Totals | null;
  readonly currency: string;
  readonly query: HoldingsQuery;
}

export function HoldingsTable({ assets, totals, currency, query }: HoldingsTableProps) {
  return (
    <table className="holdings-table" aria-label="Holdings">
      <colgroup>
        {columns.map(({ title }) => (
          <col key={title} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead key={column.title} {...column} query={query} />
          ))}
        </tr>
      </thead>
      <tbody>
        {assets.map((asset) => (
          <HoldingRow key={asset.symbol} asset={asset} currency={currency} />
        ))}
      </tbody>
      {totals && (
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
      )}
    </table>
  );
}

type ColumnHeadProps = (typeof columns)[number] & { readonly query: HoldingsQuery };

/** A link to the same table in this column's order; the other way round when it is in it already. */
function ColumnHead({ field, title, first, query }: ColumnHeadProps) {
  if (field === null) return <th scope="col">{title}</th>;
  const order = query.sort === field ? "ascending" : query.sort === `-${field}` ? "descending" : undefined;
  const other = order === "ascending" ? `-${field}` : field;
  return (
    <th scope="col" aria-sort={order}>
      <a href={holdingsHref(query, { sort: order ? other : first, offset: 0 })}>{title}</a>
    </th>
  );
}

interface HoldingRowProps {
  readonly asset: ListedAsset;
  /** Of the portfolio; a holding's price is in its own. */
  readonly currency: string;
}

/** `data-label` is the column's name on a phone, where each row becomes a card and the header row is gone. */
function HoldingRow({ asset, currency }: HoldingRowProps) {
  return (
    <tr>
      <th scope="row" className="cell-holding">
        <a className="symbol" href={holdingHref(asset.symbol)}>
          {asset.symbol}
        </a>
        <span className="asset-name">{asset.name}</span>
      </th>
      <td className="cell-class" data-label="Class">
        {assetClassName(asset.assetClass)}
      </td>
      <td className="cell-quantity" data-label="Quantity">
        {quantity(asset.quantity)}
      </td>
      <td className="cell-price" data-label="Price">
        {money(asset.price, asset.currency)}
      </td>
      <td className="cell-line">
        <Sparkline values={asset.sparkline} />
      </td>
      <td className="cell-day" data-label="Change">
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
