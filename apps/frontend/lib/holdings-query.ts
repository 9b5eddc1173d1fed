/** What the address of the holdings page can say; the API's words, so that it passes them on. */
export interface HoldingsQuery {
  readonly sort: string;
  readonly search: string;
  readonly assetClass: string;
  readonly sector: string;
  readonly currency: string;
  readonly offset: number;
}

export const holdingsPerPage = 50;

/** In the order of the table's columns. `first` is the order that a first click asks for. */
export const columns = [
  { field: "symbol", title: "Holding", first: "symbol" },
  { field: "assetClass", title: "Class", first: "assetClass" },
  { field: "quantity", title: "Quantity", first: "-quantity" },
  { field: "price", title: "Price", first: "-price" },
  { field: null, title: "90 days", first: null },
  { field: "dayChangeRatio", title: "Change", first: "-dayChangeRatio" },
  { field: "weight", title: "Weight", first: "-weight" },
  { field: "gain", title: "Gain", first: "-gain" },
  { field: "value", title: "Value", first: "-value" },
] as const;

const usualSort = "-value";
const sorts = columns.flatMap(({ field }) => (field ? [field, `-${field}`] : []));

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; what it says wrongly counts as not said. */
export function holdingsQuery(parameters: Parameters): HoldingsQuery {
  const text = (name: string) => {
    const value = parameters[name];
    return (Array.isArray(value) ? (value[0] ?? "") : (value ?? "")).trim().slice(0, 64);
  };
  const offset = Number(text("offset"));
  return {
    sort: sorts.find((sort) => sort === text("sort")) ?? usualSort,
    search: text("search"),
    assetClass: text("assetClass"),
    sector: text("sector"),
    currency: /^[A-Z]{3}$/.test(text("currency")) ? text("currency") : "",
    offset: Number.isInteger(offset) && offset > 0 && offset <= 100_000 ? offset : 0,
  };
}

/** What differs from the usual, for the API and for addresses. */
export function toQuery(query: HoldingsQuery): Record<string, string> {
  const { sort, offset, ...filters } = query;
  return Object.fromEntries(
    Object.entries({ ...filters, sort: sort === usualSort ? "" : sort, offset: offset ? String(offset) : "" }).filter(
      ([, value]) => value !== "",
    ),
  );
}

/** The address of the same page with something else in it. */
export function holdingsHref(query: HoldingsQuery, changes: Partial<HoldingsQuery>): string {
  const parameters = new URLSearchParams(toQuery({ ...query, ...changes }));
  return parameters.size === 0 ? "/holdings" : `/holdings?${parameters}`;
}

/** Whether anything is left out of the list. */
export function isFiltered({ search, assetClass, sector, currency }: HoldingsQuery): boolean {
  return [search, assetClass, sector, currency].some(Boolean);
}
