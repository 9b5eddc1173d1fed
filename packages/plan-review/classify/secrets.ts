import { type Change, isObject, type Json, type Plan, type ResourceChange } from "../read/plan";
import { isSecretName, secretInList, secretKeysOf } from "./secret-names";
import { merged, type Place, secretsIn } from "./secret-texts";
import { decoded, isCommonWords, partsOf, shortestSwept, writtenForms } from "./written-forms";

/** Whose keys and numbers: the review's own, those of one difference in it, or a plan's. */
type Owner = "review" | "difference" | "plan";

/** Fields of a review whose values are from a list of its own, or a day: no plan has a say in them, and a secret "danger" must not rename a verdict. */
const ownWords = new Set(["verdict", "severity", "about", "outage", "action", "rule", "counts", "expires"]);

function ownerIn(owner: Owner, key: string): Owner {
  if (owner === "review") return key === "differences" ? "difference" : "review";
  return key === "before" || key === "after" ? "plan" : owner;
}

/** Where a secret stands, and its number. */
interface NumberedPlace extends Place {
  readonly number: number;
}

/** The numbers of what is looked for in texts, by its first characters, its length and itself. */
type Forms = ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, number>>>;

/**
 * What must appear in no output: the values that the plan marks as sensitive, those whose names look secret, and what is written with them
 * (in JSON strings, addresses, base64). The same value has the same number, so that one sees whether it changes.
 */
export class Secrets {
  private readonly numbers = new Map<string, number>();
  /** Made when first asked for. */
  private forms: Forms | undefined;

  static of(plans: readonly Plan[]): Secrets {
    const secrets = new Secrets();
    for (const plan of plans) secrets.collect(plan);
    return secrets;
  }

  /** What stands for a value. */
  placeholder(value: Json): string {
    return `(sensitive #${this.number(typeof value === "string" ? value : JSON.stringify(value))})`;
  }

  /** A change whose sensitive values are replaced. */
  conceal(change: Change): Change {
    const { before = null, after = null, before_sensitive, after_sensitive } = change;
    return {
      ...change,
      before: this.mask(before, before_sensitive),
      after: this.mask(after, after_sensitive),
    };
  }

  /** Anything that is about to be printed, without the values that slipped into other texts. */
  sweep<T>(value: T): T {
    return this.swept(value, "review") as T;
  }

  private collect(plan: Plan): void {
    for (const { address, previous_address, change } of changesOf(plan)) {
      this.marked(change.before ?? null, change.before_sensitive);
      this.marked(change.after ?? null, change.after_sensitive);
      this.named(change.before ?? null);
      if (change.actions.join() !== "no-op") this.named(change.after ?? null);
      for (const text of [address, previous_address, change.importing?.id]) this.named(text);
    }
    for (const text of [...plan.failedChecks, ...plan.invocations]) this.named(text);
    for (const { value, mark } of plan.marked) this.marked(value, mark);
    for (const [name, change] of Object.entries(plan.outputs)) {
      const { isHanded, own } = outputName(name);
      // CDKTF marks whatever one stack hands to another: addresses and names, which say what is meant.
      if (isHanded && !isSecretName(own)) continue;
      this.marked(change.before ?? null, change.before_sensitive);
      this.marked(change.after ?? null, change.after_sensitive);
      for (const each of [change.before, change.after]) this.named({ [own]: each ?? null });
    }
    for (const [name, { value, sensitive }] of Object.entries(plan.variables)) {
      if (sensitive) this.addAll(value);
      this.named({ [name]: value });
    }
  }

  private marked(value: Json, mark: Json | undefined): void {
    if (mark === true) this.addAll(value);
    else if (Array.isArray(mark) && Array.isArray(value)) {
      for (const [index, inner] of mark.entries()) this.marked(value[index] ?? null, inner);
    } else if (isObject(mark) && isObject(value)) {
      for (const [key, inner] of Object.entries(mark)) this.marked(value[key] ?? null, inner);
    }
  }

  /** Values whose names look secret, also inside JSON strings, base64, and lists of `{ name, value }`. */
  private named(value: Json | undefined): void {
    const inner = opened(value);
    if (typeof inner === "string") for (const { start, end } of secretsIn(inner)) this.number(inner.slice(start, end));
    if (Array.isArray(inner)) {
      for (const [index, each] of inner.entries()) {
        const secret = secretInList(inner, index);
        if (secret === undefined) this.named(each);
        else this.number(secret);
      }
    }
    if (!isObject(inner)) return;
    const secrets = secretKeysOf(inner);
    for (const [key, each] of Object.entries(inner)) {
      this.named(key);
      if (secrets.has(key)) this.addAll(each ?? null);
      else this.named(each);
    }
  }

  private addAll(value: Json): void {
    const inner = parsed(value);
    if (typeof value === "string" && value !== "") this.number(value);
    else if (typeof value === "number") this.number(String(value));
    if (Array.isArray(inner)) for (const each of inner) this.addAll(each);
    else if (isObject(inner)) for (const each of Object.values(inner)) this.addAll(each ?? null);
  }

  private number(text: string): number {
    const found = this.numbers.get(text);
    if (found !== undefined) return found;
    this.numbers.set(text, this.numbers.size + 1);
    return this.numbers.size;
  }

  private mask(value: Json, mark?: Json): Json {
    if (mark === true && (typeof value !== "object" || value === null)) {
      return value === null || value === "" ? value : this.placeholder(value);
    }
    if (Array.isArray(value))
      return value.map((_, index) => this.maskEntry(value, index, Array.isArray(mark) ? mark[index] : mark));
    if (isObject(value)) {
      const secrets = secretKeysOf(value);
      const entries = Object.entries(value).map(([key, each]) => {
        const isSecret = secrets.has(key) && each !== null && each !== "" && typeof each !== "boolean";
        // Of what is sensitive as a whole the keys say nothing that is secret.
        const inner = mark === true ? mark : isObject(mark) ? mark[key] : undefined;
        return [key, isSecret ? this.placeholder(each as Json) : this.mask(each ?? null, inner)];
      });
      return Object.fromEntries(entries);
    }
    return typeof value === "string" ? this.maskText(value) : value;
  }

  private maskEntry(list: readonly Json[], index: number, mark: Json | undefined): Json {
    const own = list[index] ?? null;
    const secret = mark === true ? undefined : secretInList(list, index);
    return secret === undefined
      ? this.mask(own, mark)
      : String(own).slice(0, -secret.length) + this.placeholder(secret);
  }

  /** JSON in a string is opened, so that a short secret stands alone in it. */
  private maskText(text: string): string {
    const inner = parsed(text) ?? null;
    if (typeof inner === "string") return this.maskPlaces(text);
    const masked = this.mask(inner);
    return JSON.stringify(masked) === JSON.stringify(inner) ? this.sweepText(text) : JSON.stringify(masked);
  }

  /** Where a text names a secret, it is hidden whatever its length. */
  private maskPlaces(text: string): string {
    const plain = decoded(text);
    const swept = this.sweepText(text, secretsIn(text));
    return plain !== undefined && swept === text && this.maskText(plain) !== plain ? this.placeholder(text) : swept;
  }

  private swept(value: unknown, owner: Owner): unknown {
    if (typeof value === "string") return this.sweepText(value, [], owner === "plan");
    if (typeof value === "number") return owner === "plan" ? this.sweptNumber(value) : value;
    if (Array.isArray(value)) return value.map((each) => this.swept(each, owner));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => {
      if (owner === "plan") return [this.sweepText(key), this.swept(each, owner)];
      return [key, ownWords.has(key) ? each : this.swept(each, ownerIn(owner, key))];
    });
    return Object.fromEntries(entries);
  }

  private sweptNumber(value: number): number | string {
    const text = String(value);
    return text.length >= shortestSwept && this.numbers.has(text) ? this.placeholder(value) : value;
  }

  /** `named`: places that are secret because of what stands beside them. `isValue`: the plan's own value, which may be words. */
  private sweepText(text: string, named: readonly Place[] = [], isValue = true): string {
    if (this.numbers.size === 0) return text;
    if ((isValue || !isCommonWords(text)) && this.numbers.has(text)) return this.placeholder(text);
    const numbered = named.map((place) => ({ ...place, number: this.number(text.slice(place.start, place.end)) }));
    let clean = "";
    let copied = 0;
    for (const { start, end, number } of merged([...numbered, ...this.known(text)])) {
      clean += `${text.slice(copied, start)}(sensitive #${number})`;
      copied = end;
    }
    return copied === 0 ? text : clean + text.slice(copied);
  }

  /** Where a secret is written, in one of its forms. */
  private known(text: string): NumberedPlace[] {
    const forms = this.writtenForms();
    const places: NumberedPlace[] = [];
    for (let start = 0; start + shortestSwept <= text.length; start++) {
      const candidates = forms.get(text.slice(start, start + shortestSwept));
      if (candidates === undefined) continue;
      for (const [length, numbers] of candidates) {
        const number = numbers.get(text.slice(start, start + length));
        if (number !== undefined) places.push({ start, end: start + length, number });
      }
    }
    return places;
  }

  private writtenForms(): Forms {
    if (this.forms) return this.forms;
    const forms = new Map<string, Map<number, Map<string, number>>>();
    for (const [secret, number] of this.numbers) {
      if (secret.startsWith("(sensitive") || isCommonWords(secret)) continue;
      const parts = new Set(partsOf(secret).filter(({ length }) => length >= shortestSwept));
      for (const text of [...parts].flatMap(writtenForms)) {
        const byLength = entry(forms, text.slice(0, shortestSwept), () => new Map<number, Map<string, number>>());
        const numbers = entry(byLength, text.length, () => new Map<string, number>());
        if (!numbers.has(text)) numbers.set(text, number);
      }
    }
    this.forms = forms;
    return forms;
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function changesOf({ changes, drift, deferred }: Plan): readonly ResourceChange[] {
  return [...changes, ...drift, ...deferred.map(({ change }) => change)];
}

/** Of an output by which one stack hands a value to another, what is handed. */
function outputName(name: string): { readonly isHanded: boolean; readonly own: string } {
  const own = name.replace(/^cross-stack-output-/, "");
  return { isHanded: own !== name, own };
}

/** What is written in JSON, also in base64. */
function opened(value: Json | undefined): Json | undefined {
  const inner = parsed(value);
  const plain = typeof inner === "string" ? decoded(inner) : undefined;
  return plain === undefined ? inner : opened(plain);
}

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
