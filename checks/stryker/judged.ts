/** What became of one mutant, as results.mjs takes it from Stryker's report. */
export interface Judged {
  /** As key.mjs writes it. */
  readonly key: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The whole line of the source, without the spaces around it. */
  readonly source: string;
  /** What the mutant replaces; of several lines, the first. */
  readonly text: string;
  readonly mutatorName: string;
  readonly replacement: string;
  /** A test fails with `Killed`, runs for too long with `Timeout`, cannot be loaded with `RuntimeError`; no test reaches what has `NoCoverage`. */
  readonly status: "Killed" | "Timeout" | "Survived" | "NoCoverage" | "RuntimeError" | "CompileError";
}
