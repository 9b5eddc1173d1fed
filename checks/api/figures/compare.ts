/** How two trees of figures agree. */
export interface Comparison {
  /** Numbers that were compared, and how far apart the furthest of them are, relative to the larger. */
  readonly numbers: number;
  readonly largestError: number;
  /** Numbers so near to 0 that only rounding is left of them: compared by their distance. */
  readonly nearZero: number;
  readonly differences: readonly string[];
}

const relativeTolerance = 1e-9;
/** Of the portfolio's size, for amounts; of 1, for ratios. */
const zeroTolerance = 1e-12;
/** What is an amount, by its name; all else is a ratio or a price. */
const amounts = new Set(["value", "cost", "gain", "dayChange", "amount", "net", "gross"]);

/** Holds everything that the reference has against what was answered; `size` is the gross value of the portfolio. */
export function compareFigures(reference: unknown, answered: unknown, size: number): Comparison {
  const state = { numbers: 0, largestError: 0, nearZero: 0, differences: [] as string[] };
  compareAt("", reference, answered);
  return state;

  function compareAt(path: string, expected: unknown, found: unknown): void {
    if (typeof expected === "object" && expected !== null) {
      const keys = Object.keys(expected);
      const others = typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
      for (const key of keys) compareAt(`${path}.${key}`, (expected as Record<string, unknown>)[key], others[key]);
    } else if (typeof expected === "number" && typeof found === "number") {
      compareNumbers(path, expected, found);
    } else if (expected !== found) {
      state.differences.push(`${path} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
  }

  function compareNumbers(path: string, expected: number, found: number): void {
    const distance = Math.abs(expected - found);
    const error = distance === 0 ? 0 : distance / Math.max(Math.abs(expected), Math.abs(found));
    const isAmount = amounts.has(path.split(".").at(-1) ?? "");
    state.numbers++;
    if (error <= relativeTolerance) {
      state.largestError = Math.max(state.largestError, error);
    } else if (distance <= zeroTolerance * (isAmount ? size : 1)) {
      state.nearZero++;
    } else {
      state.differences.push(`${path} is ${found}, not ${expected}`);
    }
  }
}

/** Keys that one of two objects has and the other lacks. */
export function keyDifferences(what: string, expected: object, found: object): string[] {
  const [wanted, given] = [Object.keys(expected).sort(), Object.keys(found).sort()];
  return wanted.join() === given.join() ? [] : [`${what} are ${given.join(", ")}, not ${wanted.join(", ")}`];
}
