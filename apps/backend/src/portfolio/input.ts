import type { PortfolioError, Warning } from "./portfolio-error";
import type { Settings } from "./settings";
import type { TableName, TableRow } from "./tables";

export interface Table<Name extends TableName> {
  readonly rows: readonly TableRow<Name>[];
  /** What to say of its rows. */
  readonly warnings?: readonly Warning[];
  /** Says what is wrong with a column of a row; `row` counts from 0. */
  error(row: number, column: string, detail: string): PortfolioError;
}

/** What was read, each row as its schema has it; whether rows fit together is not known yet. */
export type Input = { readonly [Name in TableName]: Table<Name> } & {
  readonly settings: Settings;
  settingsError(key: keyof Settings, detail: string): PortfolioError;
};
