import type { Asset } from "../lib/answers";
import { day, signedMoney, signedPercent } from "../lib/format";
import { holdingHref } from "../lib/holding-href";
import { SignedAmount } from "./signed-amount";

interface MoversProps {
  readonly assets: readonly Asset[];
  readonly currency: string;
  /** The day before the last; null when there is none. */
  readonly dayBefore: string | null;
}

const most = 5;

/** The holdings that moved the portfolio most since the day before, up or down. */
export function Movers({ assets, currency, dayBefore }: MoversProps) {
  const moved = assets
    .map((asset) => ({ ...asset, moved: movedBy(asset) }))
    .filter(({ moved }) => moved !== 0)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .slice(0, most);
  return (
    <section className="panel movers" aria-labelledby="movers-heading">
      <h2 id="movers-heading">Biggest moves{dayBefore !== null && ` since ${day(dayBefore)}`}</h2>
      {moved.length === 0 && <p className="aside">No price changed.</p>}
      <ol className="mover-list">
        {moved.map(({ symbol, name, moved, dayChangeRatio }) => (
          <li key={symbol}>
            <a href={holdingHref(symbol)}>{symbol}</a> <span className="aside">{name}</span>
            <SignedAmount of={moved}>
              {signedMoney(moved, currency)} <span className="cell-ratio">{signedPercent(dayChangeRatio)}</span>
            </SignedAmount>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The part of today's value that the price's last change made, at today's rate. */
function movedBy({ value, dayChangeRatio }: Asset): number {
  return dayChangeRatio === null || dayChangeRatio <= -1 ? 0 : value - value / (1 + dayChangeRatio);
}
