import { money, percent } from "../lib/format";

export interface Share {
  readonly name: string;
  readonly value: number;
  readonly weight: number;
}

interface ShareBarsProps {
  readonly shares: readonly Share[];
  readonly currency: string;
}

/** More are added up: nobody compares twelve bars. */
const most = 7;

/** Parts of a whole as bars, largest first. What is owed has no bar. */
export function ShareBars({ shares, currency }: ShareBarsProps) {
  return (
    <ul className="shares">
      {fewest(shares).map(({ name, value, weight }, index) => (
        <li key={name} className={`hue-${(index % 6) + 1}`}>
          <span className="share-name">{name}</span>
          <span className="share-value">{money(value, currency)}</span>
          <strong className="share-weight">{percent(weight)}</strong>
          <svg className="share-bar" width="100%" height="6" aria-hidden="true">
            <rect className="share-bar-track" width="100%" height="6" rx="3" />
            <rect
              className="share-bar-fill"
              width={`${(Math.min(Math.max(weight, 0), 1) * 100).toFixed(2)}%`}
              height="6"
              rx="3"
            />
          </svg>
        </li>
      ))}
    </ul>
  );
}

function fewest(shares: readonly Share[]): Share[] {
  const largestFirst = shares.toSorted((a, b) => b.weight - a.weight);
  if (shares.length <= most) return largestFirst;
  const rest = largestFirst.slice(most - 1);
  const sum = (of: (share: Share) => number) => rest.reduce((total, share) => total + of(share), 0);
  return [
    ...largestFirst.slice(0, most - 1),
    { name: `${rest.length} others`, value: sum(({ value }) => value), weight: sum(({ weight }) => weight) },
  ];
}
