import type { ClassifiedChange } from "../classify/classify";
import type { Difference } from "../classify/differences";
import type { Effect, Flag, ReachRow, Subject } from "../effects/effect";
import type { Json } from "../read/plan";

/** What is known of one resource type. */
export interface TypeKnowledge {
  /** What people call it: `database`. */
  readonly noun: string;
  readonly created: Meaning;
  readonly deleted: Meaning;
  /** The old one is deleted before the new one is there. */
  readonly replaced: Meaning;
  /** With create_before_destroy. */
  readonly replacedNewFirst: Meaning;
  /** By path without keys: `settings.backup_configuration.enabled`. A path stands for all below it; `*` is every path. */
  readonly arguments: Arguments;
  /** Types that are known by a name that others lean on have a source of their own. @default the service's */
  readonly source?: string;
}

export type Arguments = Readonly<Record<string, ArgumentMeaning>>;

/** What happens to a whole resource means. Undefined: it harms nobody. */
export type Meaning = Effect | undefined | ((change: ClassifiedChange, subject: Subject) => Effect | undefined);

/** What a new value of an argument means. Undefined: it harms nobody. */
export type ArgumentMeaning = Effect | undefined | ((place: Place) => Effect | readonly Effect[] | undefined) | WithNew;

/** An argument that also says something in a new resource. */
export interface WithNew {
  readonly changed: Exclude<ArgumentMeaning, WithNew>;
  readonly whenNew: Exclude<ArgumentMeaning, WithNew>;
}

/** One value that differs. */
export interface Place extends Difference {
  /** Only the apply will tell the new value. */
  readonly isLater: boolean;
  readonly change: ClassifiedChange;
  readonly subject: Subject;
}

/** The types of one service of a provider. */
export interface Service {
  /** Where the provider's own documentation says so. */
  readonly source: string;
  readonly types: Readonly<Record<string, TypeKnowledge>>;
}

/** What is known of one provider. */
export interface Provider {
  readonly services: readonly Service[];
  /** Arguments that every type has, and that mean the same in each. */
  readonly common: Arguments;
  /** What only several resources together say. */
  readonly analyses?: readonly ((subject: Subject) => readonly Flag[])[];
  readonly reach?: (subject: Subject) => readonly ReachRow[];
}

/** Known, and harms nobody. */
export const everyday = undefined;

export function isOff(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") return true;
  return typeof value === "string" && offWords.has(value.toLowerCase());
}

const offWords = new Set(["false", "off", "disabled", "disable", "inactive", "suspended", "none", "no", "0"]);
