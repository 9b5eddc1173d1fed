import { type Effect, type Verdict, verdicts, words } from "../effects/effect";
import type { ArgumentMeaning, Place, TypeKnowledge } from "../knowledge/knowledge";
import { ConfigurationError } from "./allowances";

/** `safe`, or a verdict and a sentence: `dangerous: Deletes the ledger`. */
type OwnMeaning = string;

/** What somebody knows of a type of his own, in the configuration. */
interface OwnType {
  readonly noun?: string;
  readonly created?: OwnMeaning;
  readonly deleted?: OwnMeaning;
  readonly replaced?: OwnMeaning;
  /** By path; a meaning for every new value, or for some of them: `{ "true": "dangerous: …", "*": "safe" }`. */
  readonly arguments?: Readonly<Record<string, OwnMeaning | Readonly<Record<string, OwnMeaning>>>>;
}

/** What a table says of a type, where the configuration has one: it comes before ours. */
export type OwnTypes = ReadonlyMap<string, TypeKnowledge>;

const form = `"safe", or a verdict and a sentence such as "dangerous: Deletes the ledger"; verdicts: dangerous, look, safe`;

export function readOwnTypes(file: string, text: string): OwnTypes {
  const { types = {} } = JSON.parse(text) as { types?: Readonly<Record<string, OwnType>> };
  const isMap = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(types) || !Object.values(types).every(isMap)) {
    throw new ConfigurationError(`${file} has "types" that are not by name: { "acme_ledger": { "deleted": … } }.`);
  }
  return new Map(Object.entries(types).map(([type, own]) => [type, knowledgeIn(`${file}: types.${type}`, type, own)]));
}

function knowledgeIn(where: string, type: string, own: OwnType): TypeKnowledge {
  const { noun = type, created = "safe", deleted, replaced = deleted, arguments: known = {} } = own;
  const whole = (name: string, meaning: OwnMeaning | undefined) => {
    if (meaning === undefined) throw new ConfigurationError(`${where} lacks ${name}: ${form}.`);
    return effectIn(`${where}.${name}`, meaning);
  };
  return {
    noun,
    created: whole("created", created),
    deleted: whole("deleted", deleted),
    replaced: whole("replaced", replaced),
    replacedNewFirst: whole("replaced", replaced),
    arguments: Object.fromEntries(
      Object.entries(known).map(([path, meaning]) => [path, argumentIn(`${where}.arguments.${path}`, meaning)]),
    ),
  };
}

function argumentIn(where: string, meaning: OwnMeaning | Readonly<Record<string, OwnMeaning>>): ArgumentMeaning {
  if (typeof meaning === "string") return effectIn(where, meaning);
  const byValue = new Map(Object.entries(meaning).map(([value, each]) => [value, effectIn(`${where}.${value}`, each)]));
  const found = ({ after }: Place) => (byValue.has(words(after)) ? byValue.get(words(after)) : byValue.get("*"));
  return { changed: found, whenNew: ({ after }) => byValue.get(words(after)) };
}

function effectIn(where: string, meaning: unknown): Effect | undefined {
  const [, verdict, says] = /^(\w+)(?:: *(.+))?$/s.exec(String(meaning)) ?? [];
  if (verdict === "safe") return undefined;
  if (!(verdicts as readonly string[]).includes(verdict ?? "") || says === undefined) {
    throw new ConfigurationError(`${where} = ${JSON.stringify(meaning)}; allowed: ${form}.`);
  }
  return { verdict: verdict as Verdict, kind: "own-rule", says, outage: "none" };
}
