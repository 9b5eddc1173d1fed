import type { Edit } from "../../ops/shell/copy";

/**
 * What a reviewer should be told first. `safe`: nobody will notice. `look`: read it before you approve. `dangerous`: an outage, a loss of data,
 * an exposure, or the loss of a protection.
 */
export type Expected = "safe" | "look" | "dangerous";

/** A deliberate change to the stacks as they are, made in a copy of the repository, whose plan must be called what a person expects. */
export interface Fixture {
  readonly id: string;
  /** What the person changed. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /**
   * The row of `stacks/environments.ts` to which it would be deployed.
   * @default "staging"
   */
  readonly environment?: "staging" | "prod";
  /** For changes that are made by the way Terraform is called: which stack is planned, with which further arguments. */
  readonly plan?: { readonly stack: string; readonly arguments: readonly string[] };
  readonly expected: Expected;
  /** As a senior engineer would put it. */
  readonly because: string;
}

export function edit(file: string, from: string | RegExp, to: string): Edit {
  return { file, from, to };
}
