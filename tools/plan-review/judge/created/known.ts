import type { ClassifiedChange } from "../../classify/classify";
import { isAttachedToNew } from "../attached/attached";
import type { Subject } from "../rule";
import { withoutVersion } from "../types";
import { awsSettings, awsTypes } from "./aws";
import { azureTypes } from "./azure";
import { googleTypes } from "./google";
import { otherTypes } from "./others";

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

export const knownRows: readonly KnownTypes[] = [
  ...awsTypes,
  ...awsSettings,
  ...googleTypes,
  ...azureTypes,
  ...otherTypes,
];

export function typesOf({ types }: KnownTypes): string[] {
  return types.trim().split(/\s+/).map(withoutVersion);
}

const byType = new Map(knownRows.flatMap((row) => typesOf(row).map((type) => [type, row] as const)));

/** What is not known of something new, in words; undefined where it is known to change nothing that exists. */
export function unknownOfNew(change: ClassifiedChange, subject: Subject): string | undefined {
  const { type } = change;
  const row = byType.get(withoutVersion(type));
  if (row === undefined || row.when?.(change) === false) return `no rule knows what a new ${type} changes`;
  if (row.of === undefined || isAttachedToNew(change, row.of, subject)) return undefined;
  return `a new ${type} on what exists`;
}
