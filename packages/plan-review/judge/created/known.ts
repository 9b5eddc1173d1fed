import type { ClassifiedChange } from "../../classify/classify";
import { isAttachedToNew } from "../attached/attached";
import type { Subject } from "../rule";
import { withoutVersion } from "../types";
import { awsSettings, awsTypes } from "./aws";
import { azureTypes } from "./azure";
import { googleTypes } from "./google";
import type { KnownTypes } from "./known-types";
import { otherTypes } from "./others";

const rows: readonly KnownTypes[] = [...awsTypes, ...awsSettings, ...googleTypes, ...azureTypes, ...otherTypes];

const byType = new Map<string, readonly KnownTypes[]>();
for (const row of rows) {
  for (const type of row.types.trim().split(/\s+/).map(withoutVersion))
    byType.set(type, [...(byType.get(type) ?? []), row]);
}

/** What is not known of something new, in words; undefined where a row knows that it changes nothing that exists. */
export function unknownOfNew(change: ClassifiedChange, subject: Subject): string | undefined {
  const { type } = change;
  const fitting = (byType.get(withoutVersion(type)) ?? []).filter(({ when }) => when?.(change) !== false);
  if (fitting.length === 0) return `no rule knows what a new ${type} changes`;
  const isKnown = fitting.some(({ of }) => of === undefined || isAttachedToNew(change, of, subject));
  return isKnown ? undefined : `a new ${type} on what exists`;
}
