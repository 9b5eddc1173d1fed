/** A place in the portfolio's files. */
export interface Place {
  readonly file: string;
  /** Of the text, from 1. */
  readonly line?: number | undefined;
  /** The header of a CSV file's column, or the position in a line of JSON, from 1. */
  readonly column?: string | number | undefined;
}

/** What a reader should know of the files although they are shown: what was found at a place, and how it counts. */
export type Warning = Place & { readonly detail: string };

/** Something is wrong with a file of the portfolio; the message says where, what was found and what is allowed. */
export class PortfolioError extends Error {
  constructor(
    readonly place: Place,
    readonly detail: string,
  ) {
    const line = place.line === undefined ? "" : ` line ${place.line}`;
    const column = place.column === undefined ? "" : `, column ${place.column}`;
    super(`${place.file}${line}${column}: ${detail}`);
  }
}

/** A value as a message shows it: short, on one line. */
export function quoted(value: unknown): string {
  // JSON has no infinity, which 1 with 400 zeros is.
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
