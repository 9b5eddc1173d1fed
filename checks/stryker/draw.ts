import { createHash } from "node:crypto";

/** One change that Stryker can make to a source file, as mutants.mjs lists it. */
export interface Mutant {
  readonly key: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Draws lines, each as likely as any other, and of each drawn line one of the mutants that begin there, until there are enough:
 * a file has as many as its share of the lines. The same seed draws the same mutants of the same sources.
 */
export function draw(mutants: readonly Mutant[], count: number, seed: string): readonly Mutant[] {
  const ofLine = new Map<string, Mutant>();
  for (const mutant of shuffle(mutants, ({ key }) => key, seed)) {
    const line = `${mutant.file}:${mutant.line}`;
    if (!ofLine.has(line)) ofLine.set(line, mutant);
  }
  return shuffle([...ofLine], ([line]) => line, seed)
    .slice(0, count)
    .map(([, mutant]) => mutant);
}

function shuffle<Item>(items: readonly Item[], name: (item: Item) => string, seed: string): readonly Item[] {
  const rank = (item: Item) =>
    createHash("sha256")
      .update(`${seed}\n${name(item)}`)
      .digest("hex");
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ item }) => item);
}
