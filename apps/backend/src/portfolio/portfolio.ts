import type { Warning } from "./portfolio-error";

/** What the portfolio's files say, checked: symbols and currencies are known wherever they are named, and no day stands twice. */
export interface Portfolio {
  /** ISO 4217; totals and figures are in it. Null in a portfolio that has no holdings and names none. */
  readonly baseCurrency: string | null;
  /** What the portfolio is compared with; its closes are among `closes`. */
  readonly benchmark: Benchmark | null;
  /** Per year, as a part of 1. */
  readonly riskFreeRate: number;
  readonly holdings: readonly Holding[];
  /** By symbol, each oldest first, and as they were on their day: before later splits. */
  readonly closes: Series<Close>;
  readonly splits: Series<Split>;
  readonly dividends: Series<Dividend>;
  readonly transactions: Series<Transaction>;
  /** By currency, oldest first; the base currency is not among them. */
  readonly rates: Series<Rate>;
  /** What was passed over, does not fit together or looks mistaken. */
  readonly warnings: readonly Warning[];
}

export type Series<Item> = ReadonlyMap<string, readonly Item[]>;

export interface Benchmark {
  readonly symbol: string;
  readonly name: string;
  readonly currency: string;
}

export interface Holding {
  readonly symbol: string;
  readonly name: string;
  readonly assetClass: string;
  readonly sector: string | null;
  /** ISO 4217; of `costPerUnit`, closes, dividends and transactions. */
  readonly currency: string;
  /** Now, later transactions than the latest close included; negative when sold short, 0 when nothing is left. */
  readonly quantity: number;
  readonly costPerUnit: number;
  /** Base currency paid for one unit of `currency`; null when unknown. */
  readonly costRate: number | null;
}

/** Something of a day; dates are ISO 8601 and compare as text. */
interface Dated {
  readonly date: string;
}

export interface Close extends Dated {
  /** Price of one unit at the end of the day. */
  readonly close: number;
}

export interface Split extends Dated {
  /** Units after it for one unit before it; from the beginning of its day. */
  readonly ratio: number;
}

export interface Dividend extends Dated {
  /** For each unit held at the end of the day before; the day is the ex-date. */
  readonly amount: number;
}

export interface Transaction extends Dated {
  /** Units bought, or, negative, sold. */
  readonly quantity: number;
  /** Of one unit. */
  readonly price: number;
}

export interface Rate extends Dated {
  /** Base currency for one unit of the currency. */
  readonly rate: number;
}
