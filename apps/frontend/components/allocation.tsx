import { assetClassName } from "../lib/format";
import type { Share } from "./share-bars";
import { ShareBars } from "./share-bars";

interface AllocationProps {
  readonly classes: readonly { readonly assetClass: string; readonly value: number; readonly weight: number }[];
  /** Both undefined when the insights are missing. */
  readonly sectors: readonly { readonly sector: string; readonly value: number; readonly weight: number }[] | undefined;
  readonly currencies:
    | readonly { readonly currency: string; readonly value: number; readonly weight: number }[]
    | undefined;
  readonly currency: string;
}

/** Where the money is, in three ways. */
export function Allocation({ classes, sectors, currencies, currency }: AllocationProps) {
  const groups: readonly [string, readonly Share[] | undefined][] = [
    ["Asset class", classes.map((share) => ({ ...share, name: assetClassName(share.assetClass) }))],
    ["Sector", sectors?.map((share) => ({ ...share, name: share.sector }))],
    ["Currency", currencies?.map((share) => ({ ...share, name: share.currency }))],
  ];
  return (
    <section className="panel wide" aria-labelledby="allocation-heading">
      <h2 id="allocation-heading">Allocation</h2>
      <div className="columns">
        {groups.map(
          ([title, shares]) =>
            shares && (
              <div key={title}>
                <h3 className="label">{title}</h3>
                <ShareBars shares={shares} currency={currency} />
              </div>
            ),
        )}
      </div>
    </section>
  );
}
