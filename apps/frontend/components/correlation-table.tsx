import type { Insights } from "../lib/answers";
import { twoDecimals } from "../lib/format";
import { returnsOf, type Spacing } from "../lib/spacing";

interface CorrelationTableProps {
  readonly correlation: Insights["correlation"];
  /** Of the returns; undefined when there is none. */
  readonly spacing: Spacing | undefined;
}

/** Which of the largest holdings move together: 1 always, 0 by chance, −1 against each other. */
export function CorrelationTable({ correlation: { symbols, matrix }, spacing }: CorrelationTableProps) {
  if (symbols.length < 2) return null;
  return (
    <section className="panel wide" aria-labelledby="correlation-heading">
      <h2 id="correlation-heading">What moves together</h2>
      <p className="aside">
        Correlation of the {returnsOf(spacing)} of the largest holdings: 1 moves the same way, 0 by chance, −1 the other
        way. The closer to 1, the less one protects against the other.
      </p>
      {/* A table may be wider than a phone: then it scrolls, by keyboard too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable */}
      <section className="scrolls" aria-label="Correlation of holdings" tabIndex={0}>
        <table className="correlation">
          <thead>
            <tr>
              <td />
              {symbols.map((symbol) => (
                <th key={symbol} scope="col">
                  {symbol}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {symbols.map((symbol, row) => (
              <tr key={symbol}>
                <th scope="row">{symbol}</th>
                {symbols.map((other, column) => (
                  <td key={other} className={shade(matrix[row]?.[column] ?? null)}>
                    {figure(matrix[row]?.[column] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function figure(value: number | null): string {
  return value === null ? "–" : twoDecimals(value);
}

/** One of five shades to each side: a class, because the page allows no styles of single elements. */
function shade(value: number | null): string {
  if (value === null) return "";
  const strength = Math.round(Math.abs(value) * 5);
  return strength === 0 ? "" : `${value > 0 ? "together" : "against"}-${strength}`;
}
