import { type Place, PortfolioError, quoted, type Warning } from "./portfolio-error";
import type { CsvFile, FileFormat } from "./settings";
import { type Side, SideWords, signed, signProblem, UnreadSides } from "./sides";

/** So many different words of rows that were passed over are shown. */
const mostWords = 5;

export interface CsvSidesProps {
  readonly file: CsvFile;
  readonly format: FileFormat;
  readonly header: readonly string[];
  /** Where the columns that are read stand in the header; −1 for a constant. */
  readonly columns: readonly {
    readonly name: string;
    readonly position: number;
    readonly constant: string | undefined;
  }[];
}

/** Whether the rows of a CSV file are purchases or sales: by its column `side`, or, without it, by the signs of quantities. */
export class CsvSides {
  private readonly read: CsvSidesProps["columns"][number] | undefined;
  private readonly unread: readonly { readonly name: string; readonly position: number }[];
  private readonly words: SideWords;
  private readonly unreadSides = new UnreadSides();
  private readonly passed = new Map<string, number>();
  private first: { readonly place: Place; readonly cell: string } | undefined;

  /** Throws a PortfolioError when the settings name words for a column that there is not. */
  constructor(private readonly props: CsvSidesProps) {
    const { file, format, header, columns } = props;
    this.words = new SideWords(format.sides);
    this.read = columns.find(({ name }) => name === "side");
    this.unread = header
      .map((name, position) => ({ name, position }))
      .filter(({ position }) => !columns.some((column) => column.position === position));
    if (format.sides && !this.read) {
      throw new PortfolioError({ file: "settings.json" }, `sides needs \`side\` among the columns of ${file}`);
    }
  }

  /** Whether a row is neither a purchase nor a sale; it is counted. */
  passesOver(cells: readonly string[], line: number): boolean {
    if (!this.read) return false;
    const cell = this.cellOf(cells);
    if (this.words.sideOf(cell)) return false;
    this.first ??= { place: this.place(line, "side"), cell };
    this.passed.set(cell, (this.passed.get(cell) ?? 0) + 1);
    return true;
  }

  /** The quantity of a row, with its sign. Throws a PortfolioError when the sign is against the side. */
  quantityOf(quantity: number, cells: readonly string[], line: number): number {
    if (!this.read) {
      this.unreadSides.take(
        quantity,
        this.unread.map(({ name, position }) => [name, cells[position] ?? ""]),
      );
      return quantity;
    }
    const cell = this.cellOf(cells);
    const side = this.words.sideOf(cell) as Side;
    const problem = signProblem(quantity, cell, side);
    if (problem) throw new PortfolioError(this.place(line, "quantity"), problem);
    return signed(quantity, side);
  }

  /** What to say of rows that were passed over. Throws a PortfolioError when no row is left, or when unread cells contradict a sign. */
  warnings(lines: readonly number[]): readonly Warning[] {
    const against = this.unreadSides.found();
    if (against) {
      const { row, column, detail } = against;
      throw new PortfolioError(
        { file: this.props.file, line: lines[row], column },
        `${detail}; \`side\` in settings.json, here "columns": { "side": ${quoted(column)} }, says what each row is`,
      );
    }
    if (!this.first) return [];
    const { place, cell } = this.first;
    const counts = [...this.passed].map(([word, count]) => `${count} × ${quoted(word)}`);
    const more = counts.length - mostWords;
    const others = more > 0 ? `, ${more} other ${more === 1 ? "word" : "words"}` : "";
    const list = counts.slice(0, mostWords).join(", ") + others;
    const total = [...this.passed.values()].reduce((all, count) => all + count);
    if (lines.length > 0) {
      const passed = total === 1 ? "1 row was passed over" : `${total} rows were passed over`;
      const detail = `${passed}: ${list}, neither a purchase nor a sale; if one is, \`sides\` in settings.json names its word`;
      return [{ ...place, detail }];
    }
    throw new PortfolioError(
      place,
      `${quoted(cell)} is neither a purchase nor a sale, as in all ${total} rows: ${list}; \`sides\` in settings.json names the words for both`,
    );
  }

  private cellOf(cells: readonly string[]): string {
    return (this.read?.constant ?? cells[this.read?.position ?? -1] ?? "").trim();
  }

  private place(line: number, column: string): Place {
    return { file: this.props.file, line, column: this.props.format.columns[column] ?? column };
  }
}
