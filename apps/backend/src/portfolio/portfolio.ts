/** What the portfolio's files say, checked: every holding has closes, in the order of their dates. */
export interface Portfolio {
  readonly holdings: readonly Holding[];
  /** By symbol, oldest first. */
  readonly closes: ReadonlyMap<string, readonly Close[]>;
}

export interface Holding {
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: string;
  /** ISO 4217; the same for all holdings. */
  readonly currency: string;
  readonly quantity: number;
  /** Paid for one unit, in `currency`. */
  readonly costPerUnit: number;
}

export interface Close {
  /** ISO 8601 date. */
  readonly date: string;
  /** Price of one unit at the end of the day. */
  readonly close: number;
}
