import type { Finding } from "../lib/answers";

const severities = { act: "Act", watch: "Watch", info: "Good to know" } as const;
const order = Object.keys(severities);

interface FindingsProps {
  readonly findings: readonly Finding[];
}

/** What to look at, the most pressing first. */
export function Findings({ findings }: FindingsProps) {
  const pressingFirst = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <section className="panel findings" aria-labelledby="findings-heading">
      <div className="panel-head">
        <h2 id="findings-heading">What to look at</h2>
        <a href="/insights">All insights</a>
      </div>
      {findings.length === 0 && <p className="aside">Nothing stands out.</p>}
      <ul className="finding-list">
        {pressingFirst.map(({ id, severity, text }) => (
          <li key={id}>
            <strong className={`severity severity-${severity}`}>{severities[severity]}</strong> <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
