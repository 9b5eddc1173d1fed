import { assetClassName, money, percent } from "../lib/format";
import type { AllocationShare } from "../lib/portfolio";
import { ShareBar } from "./share-bar";

interface AllocationProps {
  readonly shares: readonly AllocationShare[];
  readonly currency: string;
}

export function Allocation({ shares, currency }: AllocationProps) {
  const largestFirst = shares.toSorted((a, b) => b.weight - a.weight);
  return (
    <section className="panel allocation" aria-labelledby="allocation-heading">
      <h2 id="allocation-heading">Allocation</h2>
      <ul className="allocation-list">
        {largestFirst.map((share, index) => (
          <li key={share.assetClass} className={`hue-${(index % 6) + 1}`}>
            <span className="allocation-name">{assetClassName(share.assetClass)}</span>
            <span className="allocation-value">{money(share.value, currency)}</span>
            <strong className="allocation-weight">{percent(share.weight)}</strong>
            <ShareBar ratio={share.weight} />
          </li>
        ))}
      </ul>
    </section>
  );
}
