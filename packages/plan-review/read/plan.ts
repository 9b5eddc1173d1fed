/** What a plan review reads of `terraform show -json`. https://developer.hashicorp.com/terraform/internals/json-format */
export interface Plan {
  /** The stack: the file's name without its endings. */
  readonly stack: string;
  readonly formatVersion: string;
  readonly terraformVersion: string;
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly outputs: Readonly<Record<string, Change>>;
  readonly deferred: readonly { readonly reason: string; readonly change: ResourceChange }[];
  readonly failedChecks: readonly string[];
  /** Addresses of the actions that the apply invokes, or puts off. */
  readonly invocations: readonly string[];
  /** Values of the state and the configuration, and what is sensitive in each. */
  readonly marked: readonly { readonly value: Json; readonly mark: Json }[];
  readonly variables: Readonly<Record<string, { readonly value: Json; readonly sensitive: boolean }>>;
  /** By a resource's address without its keys. */
  readonly references: ReadonlyMap<string, References>;
  /** Kinds of provisioners (`local-exec`), by a resource's address without its keys. */
  readonly provisioners: ReadonlyMap<string, readonly string[]>;
  readonly isErrored: boolean;
  readonly isComplete: boolean;
  readonly notes: readonly string[];
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Of each argument: the addresses that its expression names. */
export type References = Readonly<Record<string, readonly string[]>>;

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly deposed?: string;
  readonly provider_name?: string;
  readonly action_reason?: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before?: Json;
  readonly after?: Json;
  readonly after_unknown?: Json;
  readonly before_sensitive?: Json;
  readonly after_sensitive?: Json;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path such as `["health_check", 0, "path"]`. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let found: unknown = value;
  for (const part of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found as Json | undefined;
}
