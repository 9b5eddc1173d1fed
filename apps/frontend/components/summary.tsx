import type { Insights, Totals } from "../lib/answers";
import { money, percent, signedMoney, signedPercent, since } from "../lib/format";
import { SignedAmount } from "./signed-amount";

interface SummaryProps {
  readonly totals: Totals;
  readonly currency: string;
  /** How many holdings the totals add up. */
  readonly holdings: number;
  /** Null when unknown. */
  readonly income: Insights["income"];
}

export function Summary({ totals, currency, holdings, income }: SummaryProps) {
  return (
    <section className="panel summary" aria-labelledby="summary-heading">
      <h1 id="summary-heading" className="label">
        Portfolio value
      </h1>
      <p className="headline-value">{money(totals.value, currency)}</p>
      <p className="aside">
        {holdings} {holdings === 1 ? "holding" : "holdings"}, bought for {money(totals.cost, currency)}
      </p>
      <dl className="summary-figures">
        <Change
          label={since(totals.dayBefore)}
          amount={totals.dayChange}
          ratio={totals.dayChangeRatio}
          currency={currency}
        />
        <Change label="Total gain" amount={totals.gain} ratio={totals.gainRatio} currency={currency} />
        <div>
          <dt className="label">Income, 1 year</dt>
          <dd>
            <span className="figure">{income ? money(income.amount, currency) : "–"}</span>{" "}
            <span className="figure-ratio">{income?.yield != null && `${percent(income.yield)} yield`}</span>
          </dd>
        </div>
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
