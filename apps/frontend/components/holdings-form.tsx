import type { PortfolioAnswer } from "../lib/answers";
import { assetClassName } from "../lib/format";
import { columns, type HoldingsQuery, isFiltered } from "../lib/holdings-query";

interface HoldingsFormProps {
  readonly query: HoldingsQuery;
  readonly portfolio: PortfolioAnswer;
}

/** Search, filters and order: a plain form, so that the address of the page says it all. */
export function HoldingsForm({ query, portfolio: { allocation, insights } }: HoldingsFormProps) {
  const classes = allocation.map(({ assetClass }) => ({ value: assetClass, title: assetClassName(assetClass) }));
  const named = (value: string) => ({ value, title: value });
  const sectors = insights?.exposure.sectors.filter(({ sector }) => sector !== "Unclassified") ?? [];
  const currencies = insights?.exposure.currencies ?? [];
  return (
    <form className="holdings-form" action="/holdings" aria-label="Search and filter">
      <label className="field field-search">
        <span className="label">Search</span>
        <input type="search" name="search" defaultValue={query.search} placeholder="Symbol or name" maxLength={64} />
      </label>
      <Choice name="assetClass" title="Class" chosen={query.assetClass} options={classes} />
      <Choice name="sector" title="Sector" chosen={query.sector} options={sectors.map(({ sector }) => named(sector))} />
      <Choice
        name="currency"
        title="Currency"
        chosen={query.currency}
        options={currencies.map(({ currency }) => named(currency))}
      />
      <label className="field">
        <span className="label">Sort by</span>
        <select name="sort" defaultValue={query.sort}>
          {columns.flatMap(({ field, title }) =>
            field
              ? [
                  <option key={field} value={field}>{`${title}, ascending`}</option>,
                  <option key={`-${field}`} value={`-${field}`}>{`${title}, descending`}</option>,
                ]
              : [],
          )}
        </select>
      </label>
      <button type="submit">Apply</button>
      {isFiltered(query) && (
        <a className="clear" href="/holdings">
          Clear
        </a>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly title: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
}

function Choice({ name, title, chosen, options }: ChoiceProps) {
  // With one there is nothing to choose.
  if (options.length < 2 && !chosen) return null;
  return (
    <label className="field">
      <span className="label">{title}</span>
      <select name={name} defaultValue={chosen}>
        <option value="">All</option>
        {options.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
