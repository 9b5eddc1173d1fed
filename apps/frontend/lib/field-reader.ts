/** Reads one JSON object field by field; an error names the field's whole path and what was expected there. */
export class FieldReader {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly path = "",
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new TypeError(`${path || "the answer"} is ${kindOf(value)}, not an object`);
    }
    this.fields = { ...value };
  }

  string(name: string): string {
    const value = this.fields[name];
    return typeof value === "string" ? value : this.reject(name, "a string");
  }

  optionalString(name: string): string | undefined {
    return this.isAbsent(name) ? undefined : this.string(name);
  }

  number(name: string): number {
    const value = this.fields[name];
    return typeof value === "number" ? value : this.reject(name, "a number");
  }

  optionalNumber(name: string): number | null {
    return this.isAbsent(name) ? null : this.number(name);
  }

  /** A day or an instant that `Date` understands. */
  date(name: string): string {
    const value = this.string(name);
    return Number.isNaN(Date.parse(value)) ? this.reject(name, "a date") : value;
  }

  optionalDate(name: string): string | null {
    return this.isAbsent(name) ? null : this.date(name);
  }

  boolean(name: string): boolean {
    const value = this.fields[name];
    return typeof value === "boolean" ? value : this.reject(name, "true or false");
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.fields[name];
    return choices.find((choice) => choice === value) ?? this.reject(name, `one of ${choices.join(", ")}`);
  }

  object(name: string): FieldReader {
    return new FieldReader(this.fields[name], this.pathOf(name));
  }

  optionalObject(name: string): FieldReader | null {
    return this.isAbsent(name) ? null : this.object(name);
  }

  list(name: string): readonly FieldReader[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) return this.reject(name, "a list");
    return value.map((item, index) => new FieldReader(item, `${this.pathOf(name)}[${index}]`));
  }

  private isAbsent(name: string): boolean {
    return this.fields[name] === undefined || this.fields[name] === null;
  }

  private pathOf(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  private reject(name: string, expected: string): never {
    throw new TypeError(`${this.pathOf(name)} is ${kindOf(this.fields[name])}, not ${expected}`);
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  return Array.isArray(value) ? "a list" : value === null ? "null" : `a value of type ${typeof value}`;
}
