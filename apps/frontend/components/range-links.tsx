import { type Range, ranges } from "../lib/ranges";

interface RangeLinksProps {
  readonly current: Range;
  /** The id of what changes: the page stays there. */
  readonly anchor: string;
}

export function RangeLinks({ current, anchor }: RangeLinksProps) {
  return (
    <nav aria-label="Range of the chart">
      <ul className="ranges">
        {ranges.map(({ id, label, title }) => (
          <li key={id}>
            <a href={`?range=${id}#${anchor}`} title={title} aria-current={id === current.id ? "true" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
