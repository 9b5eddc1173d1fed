import { type Change, isObject, type Json, type Plan } from "../read/plan";
import {
  assignedSecrets,
  decoded,
  isSecretName,
  knownTokens,
  partsOf,
  passwordsInUrls,
  secretOfPair,
  shortestSwept,
  writtenForms,
} from "./secret-texts";

/** Whose keys and numbers: the review's own, those of one difference in it, or a plan's. */
type Owner = "review" | "difference" | "plan";

/** Fields of a review whose values are from a list of its own, or a day: no plan has a say in them, and a secret "danger" must not rename a verdict. */
const ownWords = new Set(["verdict", "severity", "about", "outage", "action", "rule", "counts", "expires"]);

function ownerIn(owner: Owner, key: string): Owner {
  if (owner === "review") return key === "differences" ? "difference" : "review";
  return key === "before" || key === "after" ? "plan" : owner;
}

/** A secret as it stands in other texts, and the secret's number. */
interface WrittenForm {
  readonly text: string;
  readonly number: number;
}

/**
 * What must appear in no output: the values that the plan marks as sensitive, those whose names look secret, and what is written with them
 * (in JSON strings, addresses, base64). The same value has the same number, so that one sees whether it changes.
 */
export class Secrets {
  private readonly numbers = new Map<string, number>();
  /** What is looked for in texts, by its first characters. */
  private forms: ReadonlyMap<string, readonly WrittenForm[]> | undefined;

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
    for (const { change } of [...plan.changes, ...plan.drift, ...plan.deferred.map((each) => each.change)]) {
      this.marked(change.before ?? null, change.before_sensitive);
      this.marked(change.after ?? null, change.after_sensitive);
      if (change.actions.join() !== "no-op") {
        this.named(change.before ?? null);
        this.named(change.after ?? null);
      }
    }
    for (const [name, change] of Object.entries(plan.outputs)) {
      // CDKTF marks whatever one stack hands to another: addresses and names, which say what is meant.
      if (name.startsWith("cross-stack-output-")) continue;
      this.marked(change.before ?? null, change.before_sensitive);
      this.marked(change.after ?? null, change.after_sensitive);
      if (isSecretName(name)) for (const each of [change.before, change.after]) this.addAll(each ?? null);
    }
    for (const [name, { value, sensitive }] of Object.entries(plan.variables)) {
      if (sensitive || isSecretName(name)) this.addAll(value);
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

  /** Values whose names look secret, also inside JSON strings and lists of `{ name, value }`. */
  private named(value: Json | undefined): void {
    const inner = parsed(value);
    if (typeof inner === "string") this.written(inner);
    if (Array.isArray(inner)) {
      // `["--password", "value"]`
      this.written(inner.filter((each) => typeof each === "string").join(" "));
      for (const each of inner) this.named(each);
    }
    if (!isObject(inner)) return;
    const secret = secretOfPair(inner);
    for (const [key, each] of Object.entries(inner)) {
      if (key === secret || isSecretName(key)) this.addAll(each ?? null);
      else this.named(each);
    }
  }

  private written(text: string): void {
    const plain = decoded(text) ?? text;
    for (const secret of [...passwordsInUrls(plain), ...assignedSecrets(plain), ...knownTokens(plain)]) {
      this.number(secret);
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
    if (mark === true) return value === null ? null : this.placeholder(value);
    if (Array.isArray(value))
      return value.map((each, index) => this.mask(each, Array.isArray(mark) ? mark[index] : undefined));
    if (isObject(value)) {
      const secret = secretOfPair(value);
      const entries = Object.entries(value).map(([key, each]) => {
        const isSecret =
          (key === secret || isSecretName(key)) && each !== null && each !== "" && typeof each !== "boolean";
        const inner = isObject(mark) ? mark[key] : undefined;
        return [key, isSecret ? this.placeholder(each as Json) : this.mask(each ?? null, inner)];
      });
      return Object.fromEntries(entries);
    }
    return typeof value === "string" ? this.maskText(value) : value;
  }

  /** JSON in a string is opened, so that a short secret stands alone in it. */
  private maskText(text: string): string {
    const inner = parsed(text) ?? null;
    const masked = typeof inner === "string" ? inner : this.mask(inner);
    return JSON.stringify(masked) === JSON.stringify(inner) ? this.sweepText(text) : JSON.stringify(masked);
  }

  private swept(value: unknown, owner: Owner): unknown {
    if (typeof value === "string") return this.sweepText(value);
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

  private sweepText(text: string): string {
    if (this.numbers.size === 0) return text;
    if (text.length < shortestSwept) return this.numbers.has(text) ? this.placeholder(text) : text;
    const forms = this.writtenForms();
    let clean = "";
    let copied = 0;
    for (let place = 0; place + shortestSwept <= text.length; place++) {
      const candidates = forms.get(text.slice(place, place + shortestSwept));
      const found = candidates?.find((form) => text.startsWith(form.text, place));
      if (found === undefined) continue;
      clean += `${text.slice(copied, place)}(sensitive #${found.number})`;
      copied = place + found.text.length;
      place = copied - 1;
    }
    return copied === 0 ? text : clean + text.slice(copied);
  }

  /** The longest first, so that no end of one stays behind. */
  private writtenForms(): ReadonlyMap<string, readonly WrittenForm[]> {
    if (this.forms) return this.forms;
    const byText = new Map<string, number>();
    for (const [secret, number] of this.numbers) {
      if (secret.startsWith("(sensitive")) continue;
      const parts = partsOf(secret).filter(({ length }) => length >= shortestSwept);
      for (const text of parts.flatMap(writtenForms)) if (!byText.has(text)) byText.set(text, number);
    }
    const byStart = new Map<string, WrittenForm[]>();
    for (const [text, number] of byText) {
      const start = text.slice(0, shortestSwept);
      const others = byStart.get(start);
      if (others) others.push({ text, number });
      else byStart.set(start, [{ text, number }]);
    }
    for (const forms of byStart.values()) forms.sort((a, b) => b.text.length - a.text.length);
    this.forms = byStart;
    return byStart;
  }
}

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
