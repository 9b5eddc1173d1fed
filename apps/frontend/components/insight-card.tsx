import type { InsightCard as Card } from "../lib/insight-cards";

interface InsightCardProps {
  readonly card: Card;
}

export function InsightCard({
  card: { id, title, figure, sentence, more, period, formula, source },
}: InsightCardProps) {
  return (
    <article className="panel insight" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`} className="label">
        {title}
      </h2>
      <p className="insight-figure">{figure ?? "–"}</p>
      <p>{sentence}</p>
      <details>
        <summary>How it is worked out</summary>
        <dl className="insight-more">
          {more.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>Period</dt>
            <dd>{period}</dd>
          </div>
          <div>
            <dt>Formula</dt>
            <dd>{formula}</dd>
          </div>
          <div>
            <dt>Source</dt>
            <dd>{source}</dd>
          </div>
        </dl>
      </details>
    </article>
  );
}
