import type { Finding, Severity } from "../lib/portfolio";

const severityNames: Readonly<Record<Severity, string>> = { act: "Act", watch: "Watch", info: "Info" };
const urgency: Readonly<Record<Severity, number>> = { act: 0, watch: 1, info: 2 };

interface FindingsProps {
  readonly findings: readonly Finding[];
}

/** Most urgent first. */
export function Findings({ findings }: FindingsProps) {
  if (findings.length === 0) return <p className="aside">Nothing stands out.</p>;
  return (
    <ul className="findings">
      {findings
        .toSorted((a, b) => urgency[a.severity] - urgency[b.severity])
        .map((finding) => (
          <li key={finding.id} className="finding">
            <strong className={`severity severity-${finding.severity}`}>{severityNames[finding.severity]}</strong>{" "}
            <span>{finding.text}</span>
          </li>
        ))}
    </ul>
  );
}
