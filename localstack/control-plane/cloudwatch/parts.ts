/** The items in their order, so many at once. */
export function partsOf<Item>(items: readonly Item[], atOnce: number): Item[][] {
  const count = Math.ceil(items.length / atOnce);
  return Array.from({ length: count }, (_, part) => items.slice(part * atOnce, (part + 1) * atOnce));
}
