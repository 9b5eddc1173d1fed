/** A mutant that does what the source does, so that no test can notice it. Two people read each, one without the other's reason. */
export interface Equivalent {
  readonly file: string;
  /** The line that the mutant begins in, without the spaces around it. */
  readonly source: string;
  readonly replacement: string;
  readonly because: string;
}

export const equivalents: readonly Equivalent[] = [];
