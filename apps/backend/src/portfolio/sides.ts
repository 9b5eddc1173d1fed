import type { FileFormat } from "./settings";

/** Whether a transaction is a purchase or a sale. */
export type Side = "buy" | "sell";

/** What exports write, whatever its case; `sides` of the settings adds to it. */
export const usualWords: Readonly<Record<Side, readonly string[]>> = {
  buy: ["buy", "market buy", "limit buy", "bought", "bot", "purchase", "kauf", "achat", "acquisto", "compra", "koop"],
  sell: [
    "sell",
    "market sell",
    "limit sell",
    "sold",
    "sld",
    "sale",
    "verkauf",
    "vente",
    "vendita",
    "venta",
    "venda",
    "verkoop",
  ],
};

/** What cells say of their rows, by their words. */
export class SideWords {
  private readonly sides: ReadonlyMap<string, Side>;

  constructor(added: FileFormat["sides"] = {}) {
    const listed = [usualWords, added].flatMap(({ buy = [], sell = [] }) => [
      ...buy.map((word) => [word, "buy"] as const),
      ...sell.map((word) => [word, "sell"] as const),
    ]);
    this.sides = new Map(listed.map(([word, side]) => [wordOf(word), side]));
  }

  /** Undefined for what is neither a purchase nor a sale. */
  sideOf(cell: string): Side | undefined {
    return this.sides.get(wordOf(cell));
  }
}

const wordOf = (cell: string) => cell.trim().toLowerCase();

/** What is wrong with a quantity whose sign is against its side; undefined when nothing is. */
export function signProblem(quantity: number, cell: string, side: Side): string | undefined {
  if (side === "sell" || quantity > 0) return undefined;
  return `${quantity} is negative, but ${JSON.stringify(cell)} is a purchase; if it takes a purchase back, \`ignore\` passes over both rows`;
}

/** A quantity with the sign of its side. */
export function signed(quantity: number, side: Side): number {
  return side === "sell" ? -Math.abs(quantity) : quantity;
}

/** A cell that nobody reads, and that says something else than the sign of its row's quantity. */
export interface Contradiction {
  readonly row: number;
  readonly column: string;
  readonly detail: string;
}

interface UnreadColumn {
  cells: number;
  hasSide: boolean;
  /** The first word for a sale beside a purchase, or the reverse. */
  opposite?: Contradiction;
  /** The first word that is not the one for the row's sign. */
  other?: Contradiction;
}

/**
 * Looks for sides where none is read. A column that says of a purchase that it is a sale is one; a column that has a word in each row, and
 * somewhere one for a purchase or a sale, says with its other words that a row is neither.
 */
export class UnreadSides {
  private rows = 0;
  private readonly words = new SideWords();
  private readonly columns = new Map<string, UnreadColumn>();

  /** Takes the unread cells of the next row. */
  take(quantity: number, cells: Iterable<readonly [column: string, cell: string]>): void {
    for (const [column, cell] of cells) {
      if (cell.trim() === "") continue;
      const known: UnreadColumn = this.columns.get(column) ?? { cells: 0, hasSide: false };
      const side = this.words.sideOf(cell);
      const counted = quantity > 0 ? "buy" : "sell";
      known.cells++;
      known.hasSide ||= side !== undefined;
      if (side !== counted) known.other ??= this.contradiction(column, cell, quantity);
      if (side !== counted && side) known.opposite ??= this.contradiction(column, cell, quantity);
      this.columns.set(column, known);
    }
    this.rows++;
  }

  /** The first that was found. */
  found(): Contradiction | undefined {
    const columns = [...this.columns.values()];
    const opposite = columns.find((column) => column.opposite)?.opposite;
    return opposite ?? columns.find(({ cells, hasSide, other }) => hasSide && cells === this.rows && other)?.other;
  }

  private contradiction(column: string, cell: string, quantity: number): Contradiction {
    const counted = quantity > 0 ? "purchase" : "sale";
    const detail = `${JSON.stringify(cell.trim().slice(0, 60))} stands beside the quantity ${quantity}, which counts as a ${counted}`;
    return { row: this.rows, column, detail };
  }
}
