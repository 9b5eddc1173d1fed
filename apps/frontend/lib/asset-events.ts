import type { AssetAnswer } from "./answers";
import { money, quantity } from "./format";

export interface AssetEvent {
  readonly date: string;
  readonly kind: "Bought" | "Sold" | "Dividend" | "Split";
  readonly text: string;
}

/** What happened to a holding, the latest first. */
export function assetEvents({ asset: { currency }, transactions, dividends, splits }: AssetAnswer): AssetEvent[] {
  return [
    ...transactions.map(
      ({ date, quantity: units, price }): AssetEvent => ({
        date,
        kind: units < 0 ? "Sold" : "Bought",
        text: `${quantity(Math.abs(units))} units at ${money(price, currency)}`,
      }),
    ),
    ...dividends.map(
      ({ date, amount }): AssetEvent => ({
        date,
        kind: "Dividend",
        text: `${money(amount, currency)} a unit`,
      }),
    ),
    ...splits.map(
      ({ date, ratio }): AssetEvent => ({
        date,
        kind: "Split",
        text: `${quantity(ratio)} new units for an old one`,
      }),
    ),
  ].sort((a, b) => b.date.localeCompare(a.date));
}
