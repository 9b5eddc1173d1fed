import { type HoldingsQuery, holdingsHref } from "../lib/holdings-query";

interface PageLinksProps {
  readonly query: HoldingsQuery;
  readonly page: { readonly offset: number; readonly limit: number; readonly total: number };
}

export function PageLinks({ query, page: { offset, limit, total } }: PageLinksProps) {
  if (total <= limit && offset === 0) return null;
  const last = Math.min(offset + limit, total);
  return (
    <nav className="page-links" aria-label="Pages of the list">
      {offset > 0 && <a href={holdingsHref(query, { offset: Math.max(0, offset - limit) })}>Previous</a>}
      <span className="aside">
        {Math.min(offset + 1, total)} to {last} of {total}
      </span>
      {last < total && <a href={holdingsHref(query, { offset: offset + limit })}>Next</a>}
    </nav>
  );
}
