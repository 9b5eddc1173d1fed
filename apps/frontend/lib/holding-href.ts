export function holdingHref(symbol: string): string {
  return `/holdings/${encodeURIComponent(symbol)}`;
}
