import { clipped } from "../../text/truncate";
import { cutsOff, deletesSooner, type Effect, look, losesData, restarts, weakens, words } from "../effects/effect";
import type { Json } from "../read/plan";
import { type ArgumentMeaning, type Arguments, everyday, isOff, type Place, type WithNew } from "./knowledge";

/** Arguments by which nothing is lost, opened or stopped, whatever they become. Separated by blanks. */
export function harmless(names: string): Arguments {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, everyday]),
  );
}

/** Arguments of which only a person can say what they do. */
export function toRead(names: string): Arguments {
  return each(names, read);
}

/** The same meaning for several arguments. */
export function each(names: string, meaning: ArgumentMeaning): Arguments {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, meaning]),
  );
}

type Test = (value: Json | undefined, place: Place) => boolean;
type Simple = Exclude<ArgumentMeaning, WithNew>;
type Judged = (place: Place) => Effect | readonly Effect[] | undefined;

/** `engine_version: 14 → 16`. */
export function shown({ path, before, after, isLater }: Place): string {
  const [old, now] = [before, after].map((value) => clipped(words(value).replace(/\s+/g, " "), 40));
  return `${path}: ${old} → ${isLater ? "known after the apply" : now}`;
}

/** The effect's sentence with the values. */
export function withValues(effect: Effect, place: Place): Effect {
  return { ...effect, says: `${effect.says} (${shown(place)})` };
}

/** A value that nobody can judge before the apply. */
export function later(place: Place): Effect {
  return look(`${place.path} will be known only after the apply`);
}

/** Whatever it becomes. */
export function any(effect: Effect): Judged {
  return (place) => withValues(effect, place);
}

/** A person has to read it: what it does depends on the values. */
export const read: Judged = (place) => look(`Changes ${shown(place)}`);

/** One after the other: the first that says something counts. */
export function either(...meanings: readonly Simple[]): Judged {
  return (place) => {
    for (const meaning of meanings) {
      const found = typeof meaning === "function" ? meaning(place) : meaning;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

export function when(test: (place: Place) => boolean, effect: Effect): Judged {
  return (place) => (place.isLater ? later(place) : test(place) ? withValues(effect, place) : undefined);
}

/** A switch. On is harmless. */
export function off(effect: Effect): Judged {
  return when(({ before, after }) => !isOff(before) && isOff(after), effect);
}

/** A switch. Off is harmless. */
export function on(effect: Effect): Judged {
  return when(({ before, after }) => isOff(before) && !isOff(after), effect);
}

/** More is harmless. */
export function less(effect: Effect): Judged {
  return compared(effect, (before, after) => after < before);
}

/** Less is harmless. */
export function more(effect: Effect): Judged {
  return compared(effect, (before, after) => after > before);
}

/** What is no amount, a person has to read. */
function compared(effect: Effect, isWorse: (before: number, after: number) => boolean): Judged {
  return (place) => {
    if (place.isLater) return later(place);
    const [before, after] = [amountIn(place.before), amountIn(place.after)];
    if (Number.isNaN(before) || Number.isNaN(after)) return read(place);
    return isWorse(before, after) ? withValues(effect, place) : undefined;
  };
}

const units: Readonly<Record<string, number>> = {
  ...{ "": 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

/** `3`, `"3"`, and quantities of Kubernetes: `512Mi`. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function amountIn(value: Json | undefined): number {
  const [, number, unit = ""] = /^(-?[\d.]+) ?([A-Za-z]*)$/.exec(words(value ?? 0)) ?? [];
  return Number(number) * (units[unit] ?? Number.NaN);
}

/** Nothing is left. */
export function none(effect: Effect): Judged {
  return when(({ after }) => after === 0 || after === "0" || after === undefined, effect);
}

/** Entries, or the whole value, are taken out. Additions are harmless. */
export function fewer(effect: Effect): Judged {
  return when(({ before, after }) => before !== undefined && before !== after && !isAddedBlock(before, after), effect);
}

function isAddedBlock(before: Json | undefined, after: Json | undefined): boolean {
  return isOff(before) && after !== undefined;
}

/** One value is taken out. Another one instead is harmless, also one that only the apply will tell. */
export function gone(effect: Effect): Judged {
  return (place) =>
    !place.isLater && !isOff(place.before) && isOff(place.after) ? withValues(effect, place) : undefined;
}

/** The oldest version of TLS that is accepted: `1.2`, `TLS1_2`, `TLS_1_2`. */
export const tlsVersion: Judged = (place) => {
  if (place.isLater) return later(place);
  const [old, now] = [place.before, place.after].map((value) => Number(/1[._]?(\d)/.exec(words(value))?.[1] ?? 0));
  return withValues(
    Number(now) < Number(old)
      ? weakens("Accepts older versions of TLS")
      : {
          ...look("Refuses older versions of TLS: who speaks no newer one cannot connect"),
          kind: "drains",
          outage: "connections drain",
        },
    place,
  );
};

/** A key of ours, by which something is encrypted. */
export function ourKey(what: string): Judged {
  return either(gone(weakens(`Encrypts ${what} no longer under our key`)), (place) =>
    isOff(place.before)
      ? undefined
      : look(`Encrypts ${what} with another key from now on; who reads needs both for a while`),
  );
}

/** Something comes to it. What is taken out is harmless. */
export function further(effect: Effect): Judged {
  return when(({ after }) => after !== undefined, effect);
}

/** A value that is one of some. */
export function becomes(values: readonly Json[], effect: Effect): Judged {
  return when(({ after }) => after !== undefined && values.includes(after), effect);
}

/** A value that opens something: also in a new resource. */
export function opens(test: readonly Json[] | Test, effect: Effect): WithNew {
  const isOpen: Test = typeof test === "function" ? test : (value) => value !== undefined && test.includes(value);
  const meaning: Judged = (place) =>
    !place.isLater && isOpen(place.after, place) ? withValues(effect, place) : undefined;
  return { changed: either(meaning, (place) => (place.isLater ? later(place) : undefined)), whenNew: meaning };
}

/** The same, and a person reads whatever else changes in it. */
export function opensOrRead(test: readonly Json[] | Test, effect: Effect): WithNew {
  const { whenNew } = opens(test, effect);
  return { changed: either(whenNew, read), whenNew };
}

/** Nothing but a new value counts in a new resource; in one that exists, other things. */
export function asNew(meaning: ArgumentMeaning, changed: Simple): WithNew {
  const whenNew = isWithNew(meaning) ? meaning.whenNew : meaning;
  return { changed: either(isWithNew(meaning) ? meaning.whenNew : meaning, changed), whenNew };
}

export function isWithNew(meaning: ArgumentMeaning): meaning is WithNew {
  return typeof meaning === "object" && "whenNew" in meaning;
}

/** Every address: two ranges of a half are everybody, too. Also words that providers have for it. */
export function isEverybody(value: Json | undefined): boolean {
  return typeof value === "string" && (/^[\da-f.:]+\/[0-6]$/i.test(value) || everybodyWords.has(value.toLowerCase()));
}

const everybodyWords = new Set(["*", "internet", "any", "0.0.0.0", "all", "allusers", "allauthenticatedusers"]);

export const deletionProtection = off(weakens("Switches deletion protection off: the next mistake can delete it"));
export const protectionOn = on;

/** 0 is none, in backups. */
export function backups(what = "backups"): Judged {
  return either(
    when(
      ({ before, after }) => Number(before ?? 0) > 0 && Number(after ?? 0) === 0,
      weakens(`Switches ${what} off: data that is lost from now on cannot be restored`),
    ),
    less({
      ...look(`Keeps ${what} for less time: older ones are deleted`),
      kind: "deletes-sooner",
      outage: "data loss",
    }),
  );
}

/** For how long something is kept; nothing, and 0 where it means so, is for ever. */
export function retention(what: string, { isZeroForEver = false, unit = "days" } = {}): Judged {
  const length = (value: Json | undefined) =>
    Number(value ?? 0) === 0 && isZeroForEver ? Number.POSITIVE_INFINITY : Number(value ?? 0);
  const inWords = (count: number) => (Number.isFinite(count) ? `${count} ${unit}` : "for ever");
  return (place) => {
    if (place.isLater) return later(place);
    const [old, now] = [length(place.before), length(place.after)];
    if (now >= old) return undefined;
    return deletesSooner(`Retention drops from ${inWords(old)} to ${inWords(now)}: older ${what} are deleted`);
  };
}

/** A major version, for which there is no way back. */
export function engineVersion(noun: string, isAtOnce: (place: Place) => boolean = () => true): Judged {
  return (place) => {
    if (place.isLater) return later(place);
    const [old, now] = [place.before, place.after].map((value) => /\d+/.exec(words(value))?.[0]);
    if (old !== now) {
      return {
        ...cutsOff(
          `Upgrades this ${noun} to another major version${isAtOnce(place) ? " at once" : ""}: downtime, and no way back (${shown(place)})`,
          "try it on a copy first, and take a snapshot just before",
        ),
        kind: "interrupts",
      };
    }
    return restarts(
      `Restarts this ${noun}${isAtOnce(place) ? " at once" : " in its maintenance window"} (${shown(place)})`,
    );
  };
}

export function objectsLost(says: string): Effect {
  return losesData(says);
}
