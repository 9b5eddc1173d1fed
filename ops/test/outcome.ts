/** Where `test` leaves what it found, for whoever started it. */
export const outcomeFile = "reports/test.json";

/** Of one stage or of several. */
export interface Outcome {
  readonly passed: number;
  /** What each failure was of, and why. */
  readonly failures: readonly string[];
}

export function together(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

/** A stage that cannot start is a failure. */
export async function outcomeOf(stage: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await stage();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${reason}\n`);
    return { passed: 0, failures: [reason] };
  }
}
