export interface Point {
  readonly date: string;
  readonly value: number;
}

/** Growth since the first day that has any, as a ratio: 0.05 is 5 % more. Days without a figure are left out. */
export function growthSince(days: readonly { readonly date: string; readonly growth: number | null }[]): Point[] {
  const known = days.flatMap(({ date, growth }) => (growth === null ? [] : [{ date, growth }]));
  const start = known[0]?.growth;
  return start ? known.map(({ date, growth }) => ({ date, value: growth / start - 1 })) : [];
}

/** How far each day is below the highest one before it, as a ratio of 0 or less. */
export function drawdowns(points: readonly Point[]): Point[] {
  let highest = Number.NEGATIVE_INFINITY;
  return points.map(({ date, value }) => {
    highest = Math.max(highest, 1 + value);
    return { date, value: highest > 0 ? (1 + value) / highest - 1 : 0 };
  });
}

/** At most so many points, the first and the last among them, evenly spread: a line needs no more than its pixels. */
export function downsample<Item>(items: readonly Item[], most = 180): Item[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as Item,
  );
}
