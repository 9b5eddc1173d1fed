import { money, signedMoney, signedPercent } from "../lib/format";
import type { Totals } from "../lib/portfolio";
import { SignedAmount } from "./signed-amount";

interface SummaryProps {
  readonly totals: Totals;
  readonly currency: string;
  /** How many holdings the totals add up. */
  readonly holdings: number;
}

export function Summary({ totals, currency, holdings }: SummaryProps) {
  return (
    <section className="panel summary" aria-labelledby="summary-heading">
      <h1 id="summary-heading" className="label">
        Portfolio value
      </h1>
      <p className="headline-value">{money(totals.value, currency)}</p>
      <p className="aside">
        {holdings} {holdings === 1 ? "holding" : "holdings"}, bought for {money(totals.cost, currency)}
      </p>
      <dl className="summary-changes">
        <Change label="Total gain" amount={totals.gain} ratio={totals.gainRatio} currency={currency} />
        <Change label="Day change" amount={totals.dayChange} ratio={totals.dayChangeRatio} currency={currency} />
      </dl>
    </section>
  );
}

interface ChangeProps {
  readonly label: string;
  readonly amount: number;
  readonly ratio: number | null;
  readonly currency: string;
}

function Change({ label, amount, ratio, currency }: ChangeProps) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>
        <SignedAmount of={amount}>
          <span className="figure">{signedMoney(amount, currency)}</span>{" "}
          <span className="figure-ratio">{signedPercent(ratio)}</span>
        </SignedAmount>
      </dd>
    </div>
  );
}
