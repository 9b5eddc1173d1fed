/** The items in their order, so many at once. */
export function batchesOf<Item>(items: readonly Item[], atOnce: number): Item[][] {
  const count = Math.ceil(items.length / atOnce);
  return Array.from({ length: count }, (_, batch) => items.slice(batch * atOnce, (batch + 1) * atOnce));
}
