// biome-ignore lint/suspicious/noExplicitAny: files of several tools, whose shape is checked field by field
export type Json = Record<string, any>;

export interface Found {
  readonly address: string;
  /** Terraform's name of the type. */
  readonly type: string;
  /** With Terraform's names, without what nobody gave. */
  readonly values: Json;
  /** Arguments whose values are known after the apply. */
  readonly unknown: Json;
  /** What each argument refers to in the configuration of a plan. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
