import type { ClassifiedChange } from "../../classify/classify";

/** New resources of these types change nothing that exists. A comment in each row says why that is known. */
export interface KnownTypes {
  /** Separated by blanks; a version of the API at the end does not count. */
  readonly types: string;
  /**
   * Arguments that name what it is set on: it is known only where the same plan creates that.
   * @default it may be set on anything
   */
  readonly of?: readonly string[];
  /** @default always */
  readonly when?: (change: ClassifiedChange) => boolean;
}
