import type { Source } from "../lib/answers";
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
    </section>
  );
}
