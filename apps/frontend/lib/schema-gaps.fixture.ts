/** The parts of JSON Schema that zod and the API's description use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
}

export type Components = Readonly<Record<string, JsonSchema>>;

/**
 * What a description allows and a reader's schema does not take, a line each: fields that are not described, that may be absent, null or of
 * another type, and values that are not among the reader's. Fields that are not read are no gap.
 */
export function schemaGaps(reader: JsonSchema, described: JsonSchema, components: Components, path = ""): string[] {
  const readers = variantsOf(reader, {});
  return variantsOf(described, components).flatMap((variant) => {
    const same = readers.find((one) => takes(typeOf(one), typeOf(variant)));
    if (!same) return [`${path || "the answer"} may be ${typeOf(variant)}`];
    return [
      ...valueGaps(same, variant, path),
      ...(same.items && variant.items ? schemaGaps(same.items, variant.items, components, `${path}[]`) : []),
      ...fieldGaps(same, variant, components, path),
    ];
  });
}

function fieldGaps(reader: JsonSchema, described: JsonSchema, components: Components, path: string): string[] {
  return Object.entries(reader.properties ?? {}).flatMap(([name, schema]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const found = described.properties?.[name];
    if (!found) return [`${at} is not described`];
    const mayBeAbsent = reader.required?.includes(name) && !described.required?.includes(name);
    return [...(mayBeAbsent ? [`${at} may be absent`] : []), ...schemaGaps(schema, found, components, at)];
  });
}

function valueGaps(reader: JsonSchema, described: JsonSchema, path: string): string[] {
  const taken = valuesOf(reader);
  const given = valuesOf(described);
  const unknown = taken && (given ? given.filter((value) => !taken.includes(value)) : ["anything"]);
  const isLooser = (key: "format" | "pattern") => reader[key] !== undefined && reader[key] !== described[key];
  return [
    ...(unknown ?? []).map((value) => `${path} may be ${value}`),
    // Zod writes a pattern beside each format.
    ...(isLooser("format") || (reader.format === undefined && isLooser("pattern"))
      ? [`${path} is not described as ${reader.format ?? reader.pattern}`]
      : []),
  ];
}

function valuesOf({ enum: values, const: value }: JsonSchema): readonly unknown[] | undefined {
  return values ?? (value === undefined ? undefined : [value]);
}

/** One schema for each type: references followed, alternatives taken apart, parts put together. */
function variantsOf(schema: JsonSchema, components: Components): readonly JsonSchema[] {
  if (schema.$ref !== undefined) {
    const found = components[schema.$ref.replace("#/components/schemas/", "")];
    if (!found) throw new Error(`${schema.$ref} is not described`);
    return variantsOf(found, components);
  }
  if (schema.anyOf) return schema.anyOf.flatMap((one) => variantsOf(one, components));
  if (schema.allOf) return [mergeAll(schema.allOf.flatMap((one) => variantsOf(one, components)))];
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.map((type: string) => ({ ...schema, type }));
}

function mergeAll(parts: readonly JsonSchema[]): JsonSchema {
  return {
    type: "object",
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

function typeOf({ type }: JsonSchema): string {
  return String(type);
}

function takes(reader: string, described: string): boolean {
  return reader === described || (reader === "number" && described === "integer");
}
