import type { FileFormat } from "./settings";

/** Whether a transaction is a purchase or a sale. */
export type Side = "buy" | "sell";

/** What exports write; `sides` of the settings adds to it. Whatever its case. */
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

/** What a cell says of its row; undefined when it is neither a purchase nor a sale. */
export function sideOf(cell: string, sides: FileFormat["sides"] = {}): Side | undefined {
  const word = cell.trim().toLowerCase();
  const has = (list: readonly string[] = []) => list.some((each) => each.trim().toLowerCase() === word);
  const all = [sides, usualWords].flatMap((each) =>
    (["buy", "sell"] as const).map((side) => [side, each[side]] as const),
  );
  return all.find(([, list]) => has(list))?.[0];
}

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
  private readonly columns = new Map<string, UnreadColumn>();

  /** Takes the unread cells of the next row. */
  take(quantity: number, cells: Iterable<readonly [column: string, cell: string]>): void {
    for (const [column, cell] of cells) {
      if (cell.trim() === "") continue;
      const known: UnreadColumn = this.columns.get(column) ?? { cells: 0, hasSide: false };
      const side = sideOf(cell);
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
