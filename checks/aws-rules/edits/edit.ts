import type { Configuration } from "./configuration";

/** What becomes of a row of `inTerraform`. */
export type Edit =
  | {
      /** The wrong edit. In an environment that has no such part it changes nothing. */
      readonly edit: (configuration: Configuration) => void;
      /** A right change that brings the part first, where no environment has it. */
      readonly given?: (configuration: Configuration) => void;
    }
  /** Why our stacks cannot be edited so, or why one configuration alone does not show it. */
  | { readonly notHere: string };

/** By the name of the row. */
export type Edits = Readonly<Record<string, Edit>>;
