import type { ClassifiedChange } from "../classify/classify";
import {
  alertsLess,
  cutsOff,
  drains,
  type Effect,
  interrupts,
  look,
  losesData,
  type Subject,
  weakens,
} from "../effects/effect";
import { isAttachedToNew } from "../effects/targets";
import { everyday, type Meaning, type TypeKnowledge } from "./knowledge";

/** What the whole of a resource is to others: what its creation, deletion and replacement mean. */
type Role = Omit<TypeKnowledge, "arguments" | "source">;

const keepIt = "keep it: prevent_destroy, a moved block, or a backup that was tried";

/** It has data, which goes with it. */
export function holds(noun: string, what = "its data", instead = keepIt): Role {
  const deleted = losesData(`Deletes this ${noun} and ${what}`, instead);
  const replaced = losesData(`Deletes this ${noun} and ${what}: the new one starts empty`, instead);
  return { noun, created: everyday, deleted, replaced, replacedNewFirst: replaced };
}

/** Traffic passes through it, or something runs on it. */
export function serves(noun: string, instead?: string, uses = "what uses it"): Role {
  return {
    noun,
    created: everyday,
    deleted: interrupts(`Deletes this ${noun}: ${uses} stops, and does not come back by itself`, instead),
    replaced: interrupts(`Deletes this ${noun} before the new one exists: ${uses} stops until then`, instead),
    replacedNewFirst: drains(`Replaces this ${noun}, the new one first: open connections are cut`),
  };
}

/** Others know it by a name or an address that a new one does not have, whichever is made first. */
export function isKnownBy(noun: string, name: string, instead?: string): Role {
  const replaced = interrupts(`Replaces this ${noun}: who uses ${name} finds nothing there any more`, instead);
  const deleted = interrupts(
    `Deletes this ${noun}: who uses ${name} finds nothing there, and it does not come back`,
    instead,
  );
  return { noun, created: everyday, deleted, replaced, replacedNewFirst: replaced };
}

/** An account of a machine: a new one has none of the roles of the old one. */
export function worksAs(noun: string): Role {
  const replaced = interrupts(
    `Replaces this ${noun}: the new one has none of its roles, and what works with it is refused`,
  );
  const deleted = cutsOff(`Deletes this ${noun}: what works with it is refused`);
  return { noun, created: everyday, deleted, replaced, replacedNewFirst: replaced };
}

/** It has a disk of its own, and serves. */
export function runs(noun: string, lost: string, instead = "start a second one, and move the traffic over"): Role {
  const replaced = interrupts(
    `Deletes this ${noun} and ${lost}: what runs on it stops until the new one works`,
    instead,
  );
  const deleted = interrupts(`Deletes this ${noun} and ${lost}: what runs on it stops for good`, instead);
  return { noun, created: everyday, deleted, replaced, replacedNewFirst: replaced };
}

/** It gives somebody access. */
export function grants(noun: string, lost: string, created: Meaning = everyday): Role {
  const deleted = cutsOff(`Removes access: ${lost}`, "remove it when nobody uses it any more");
  const replaced = cutsOff(`Removes access for a moment: ${lost}`, "add the new one first");
  return { noun, created, deleted, replaced, replacedNewFirst: everyday };
}

/** It protects, or records, while it is there. */
export function guards(noun: string, lost: string, created: Meaning = everyday): Role {
  const replaced = look(`Replaces the ${noun}: for a moment there is none`);
  return { noun, created, deleted: weakens(lost), replaced, replacedNewFirst: everyday };
}

/** It reports trouble to somebody. */
export function alerts(noun: string): Role {
  const deleted = alertsLess(`Deletes this ${noun}: nobody is alerted by it any more`);
  return { noun, created: everyday, deleted, replaced: everyday, replacedNewFirst: everyday };
}

/** How something else behaves. */
export function sets(noun: string, created: Meaning = everyday): Role {
  const deleted = look(`Removes the ${noun}: the defaults apply again`);
  const replaced = look(`Replaces the ${noun}: for a moment the defaults apply`);
  return { noun, created, deleted, replaced, replacedNewFirst: everyday };
}

/** Nothing that anybody notices. */
export function hasNoState(noun: string): Role {
  return { noun, created: everyday, deleted: everyday, replaced: everyday, replacedNewFirst: everyday };
}

/** A new setting of something else: harmless where that is created by the same plans. */
export function on(targets: readonly string[], effect: Meaning, type?: string): Meaning {
  return (change: ClassifiedChange, subject: Subject): Effect | undefined => {
    if (isAttachedToNew(change, targets, subject, type)) return undefined;
    return typeof effect === "function" ? effect(change, subject) : effect;
  };
}
