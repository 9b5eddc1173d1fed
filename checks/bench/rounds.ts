/** Figures of several candidates, measured in turn, so that a busy moment meets all of them. */
export async function rounds<Name extends string>(
  names: readonly Name[],
  count: number,
  measure: (name: Name) => Promise<number>,
): Promise<Record<Name, readonly number[]>> {
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // The first one warms up.
  for (let round = 0; round <= count; round++) {
    // Each round begins with another one.
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + round) % names.length] as Name;
      const figure = await measure(name);
      if (round > 0) measured[name].push(figure);
    }
  }
  return measured;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** "3.1 (2.9 to 3.4)" */
export function spread(values: readonly number[], digits = 1): string {
  const text = (value: number) => value.toFixed(digits);
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}
