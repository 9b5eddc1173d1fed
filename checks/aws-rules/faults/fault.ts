import type { Edit } from "../../../ops/shell/copy";

/** A mistake that our stacks once had. AWS refuses it, or does something else than was meant; the emulated AWS once accepted it. */
export interface Fault {
  readonly title: string;
  /** Where AWS, the provider's documentation or a report says what happens. */
  readonly source: string;
  readonly variants: readonly Variant[];
  /** Names of wrong calls: those that Terraform would make, and which the emulated AWS must answer as AWS does. */
  readonly calls?: readonly string[];
}

/** Text that stands once in a file, or first. */
export interface Replacement extends Edit {
  readonly from: string;
}

/** One way to put a fault back into the sources. */
export interface Variant {
  readonly name: string;
  readonly edits: readonly Replacement[];
  /** @default "shipped" */
  readonly rows?: Rows;
  readonly caught: Caught;
}

/** Tables that a synthesis is made of: the ones of the repository, or one environment with everything on, its backend with secrets or as a worker. */
export type Rows = "shipped" | "full" | "worker";

export type Caught =
  /** Lines that the synthesis ends with. */
  | { readonly printed: readonly string[] }
  /** Why nothing has to catch it. */
  | { readonly harmless: string }
  /** What the synthesis cannot see: a test fails. */
  | { readonly test: string; readonly title: string };
