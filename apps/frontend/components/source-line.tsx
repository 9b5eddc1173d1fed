import type { Source, Warning } from "../lib/answers";
import { day, instant } from "../lib/format";

interface SourceLineProps {
  readonly source: Source;
  readonly asOf: string | null;
}

/** Where the numbers come from and how old they are: what a reader needs before trusting any of them. */
export function SourceLine({ source, asOf }: SourceLineProps) {
  return (
    <section className="source" aria-label="Source of the numbers">
      <p className="source-line">
        {source.sample && <strong className="sample-label">Sample data</strong>}
        {asOf && (
          <span>
            As of <time dateTime={asOf}>{day(asOf)}</time>
          </span>
        )}
        <span className="source-name">{`Source: ${source.name}`}</span>
        <span>
          Loaded <time dateTime={source.loadedAt}>{instant(source.loadedAt)}</time>
        </span>
      </p>
      {source.error !== undefined && (
        <p className="notice" role="status">
          <strong>Showing the last good data.</strong> The latest update from {source.name} failed: {source.error}
        </p>
      )}
      {source.warnings.length > 0 && <Warnings warnings={source.warnings} />}
    </section>
  );
}

/** So many are read at once; more are opened. */
const fewWarnings = 3;

function Warnings({ warnings }: Pick<Source, "warnings">) {
  const count = warnings.length;
  return (
    <details className="notice" open={count <= fewWarnings}>
      <summary>
        <strong>{count === 1 ? "One thing" : `${count} things`} to know about the portfolio’s files</strong>
      </summary>
      <ul>
        {warnings.map((warning) => (
          <li key={placeOf(warning) + warning.detail}>
            {placeOf(warning)}: {warning.detail}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** "closes.csv line 3, column close" */
function placeOf({ file, line, column }: Warning): string {
  return [file, line && ` line ${line}`, column && `, column ${column}`].filter(Boolean).join("");
}
