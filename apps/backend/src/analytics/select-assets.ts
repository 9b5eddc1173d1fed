import type { Asset } from "./assets";

const fields = [
  "symbol",
  "name",
  "assetClass",
  "sector",
  "currency",
  "quantity",
  "price",
  "value",
  "cost",
  "gain",
  "gainRatio",
  "weight",
  "dayChangeRatio",
] as const;
type Field = (typeof fields)[number];
type SortKey = Field | `-${Field}`;

export const sortKeys = fields.flatMap((field): SortKey[] => [field, `-${field}`]);

export interface AssetsQuery {
  readonly sort: SortKey;
  readonly assetClass?: string | undefined;
  readonly sector?: string | undefined;
  readonly currency?: string | undefined;
  /** In the symbol or the name, whatever its case. */
  readonly search?: string | undefined;
}

/** Those that pass the filters, in the order asked for; what is equal in it by symbol. */
export function selectAssets(assets: readonly Asset[], { sort, search, ...exact }: AssetsQuery): readonly Asset[] {
  const words = search?.toLowerCase();
  const selected = assets.filter(
    (asset) =>
      (["assetClass", "sector", "currency"] as const).every(
        (key) => exact[key] === undefined || asset[key] === exact[key],
      ) &&
      (words === undefined || `${asset.symbol}\n${asset.name}`.toLowerCase().includes(words)),
  );
  const isDescending = sort.startsWith("-");
  const field = sort.replace("-", "") as Field;
  return selected.sort(
    (a, b) => compareBy(a[field], b[field], isDescending ? -1 : 1) || compareBy(a.symbol, b.symbol, 1),
  );
}

/** Nulls come last in either direction. */
function compareBy(a: string | number | null, b: string | number | null, direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? 0 : a < b ? -direction : direction;
}
