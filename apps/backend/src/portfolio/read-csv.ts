import { type CsvError, parse } from "csv-parse/sync";
import { readCell } from "./cells";
import { CsvSides } from "./csv-sides";
import { decode } from "./decode";
import { type Place, PortfolioError, quoted, type Warning } from "./portfolio-error";
import type { CsvFile, FileFormat } from "./settings";
import { cellKind, columnsOf, mostRows, type TableName, type TableRow, tables } from "./tables";

/** The rows of a table, and where they stand. */
export interface CsvTable<Name extends TableName> {
  readonly rows: readonly TableRow<Name>[];
  readonly warnings: readonly Warning[];
  /** Where a row's column stands; `row` counts from 0. */
  place(row: number, column: string): Place;
}

type Cells = readonly string[];

/** Reads a CSV file as its format says. Throws a PortfolioError that names file, line and column. */
export function readCsv<Name extends TableName>(table: Name, bytes: Uint8Array, format: FileFormat): CsvTable<Name> {
  const reader = new CsvReader(table, format);
  reader.read(decode(`${table}.csv`, bytes, format));
  return reader;
}

/** Makes a row of each record as soon as it is read: a big file's records do not fit into a small task's memory side by side. */
class CsvReader<Name extends TableName> implements CsvTable<Name> {
  readonly rows: TableRow<Name>[] = [];
  warnings: readonly Warning[] = [];
  private readonly file: CsvFile;
  private readonly lines: number[] = [];
  /** Dates and symbols stand in many rows; one copy of each is enough. */
  private readonly texts = new Map<string, string>();
  private header: Cells | undefined;
  private columns: readonly Column[] = [];
  /** Of transactions. */
  private sides: CsvSides | undefined;
  private ignored: readonly { readonly position: number; readonly cells: readonly string[] }[] = [];
  private line: number;
  private hasEnded = false;

  constructor(
    private readonly table: Name,
    private readonly format: FileFormat,
  ) {
    this.file = `${table}.csv`;
    this.line = format.skipLines + 1;
  }

  read(text: string): void {
    const { delimiter, skipLines } = this.format;
    try {
      parse(text, {
        bom: true,
        delimiter,
        from_line: skipLines + 1,
        relax_column_count: true,
        // A quoted cell with more than this in it has lost its second quote.
        max_record_size: mostCharacters,
        on_record: (record: Cells, { lines }) => {
          if (!this.hasEnded) this.take(record);
          this.line = lines + 1;
          return null;
        },
      });
    } catch (error) {
      throw error instanceof PortfolioError ? error : syntaxError(this.file, error as CsvError);
    }
    if (!this.header) this.takeHeader([]);
    this.warnings = this.sides?.warnings(this.lines) ?? [];
  }

  place(row: number, column: string): Place {
    return { file: this.file, line: this.lines[row], column: this.format.columns[column] ?? column };
  }

  private take(record: Cells): void {
    const { header } = this;
    if (!header) {
      this.takeHeader(record.map((cell) => cell.trim()));
    } else if (record.every((cell) => cell.trim() === "")) {
      this.hasEnded = this.format.endAtBlankLine;
    } else if (!this.ignored.some(({ position, cells }) => cells.includes(record[position]?.trim() ?? ""))) {
      this.takeRow(record, header.length);
    }
  }

  private takeHeader(header: Cells): void {
    const place = { file: this.file, line: this.line };
    this.header = header;
    this.columns = findColumns(this.table, header, this.format, place);
    const { table, file, format, columns } = this;
    // Other tables have no such column, and words for it are a mistake.
    if (table === "transactions" || format.sides) this.sides = new CsvSides({ file, format, header, columns });
    this.ignored = Object.entries(this.format.ignore).map(([name, cells]) => {
      if (header.includes(name)) return { position: header.indexOf(name), cells };
      throw new PortfolioError(
        { file: "settings.json" },
        `ignore names ${quoted(name)}, which is not in the header, ${this.file} line ${this.line}`,
      );
    });
  }

  private takeRow(cells: Cells, width: number): void {
    const { file, line } = this;
    if (this.rows.length === mostRows[this.table]) {
      throw new PortfolioError({ file, line }, `has more rows than the ${mostRows[this.table]} that are read`);
    }
    if (this.sides?.passesOver(cells, line)) return;
    // 1,200 without quotes is two cells, and would shift what follows it.
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== "")) {
      throw new PortfolioError(
        { file, line, column: width + 1 },
        `has ${cells.length} cells, the header ${width}; put a value with a comma into "quotes", a number without its comma`,
      );
    }
    const row: Record<string, unknown> = {};
    for (const { name, position, kind, constant } of this.columns) {
      const value = readCell(constant ?? cells[position]?.trim() ?? "", kind, this.format);
      row[name] = typeof value === "string" ? this.shared(value) : value;
    }
    const result = tables[this.table].safeParse(row);
    if (!result.success) {
      const { path = [], message = "is wrong" } = result.error.issues[0] ?? {};
      const column = String(path[0]);
      const place = { file, line, column: this.format.columns[column] ?? column };
      throw new PortfolioError(place, `${quoted(row[column] ?? "")} ${message}`);
    }
    this.rows.push(this.signed(result.data as TableRow<Name>, cells));
    this.lines.push(line);
  }

  private signed(row: TableRow<Name>, cells: Cells): TableRow<Name> {
    if (!(this.sides && "quantity" in row)) return row;
    const quantity = this.sides.quantityOf(row.quantity, cells, this.line);
    return quantity === row.quantity ? row : { ...row, quantity };
  }

  private shared(text: string): string {
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return known ?? text;
  }
}

const mostCharacters = 16_384;

function syntaxError(file: CsvFile, error: CsvError): PortfolioError {
  const { code, lines, column, message } = error as CsvError & { lines?: number; column?: number | string };
  const reasons: Partial<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'a quoted cell has no closing "',
    CSV_MAX_RECORD_SIZE: `a row is longer than ${mostCharacters} characters; is a closing " missing?`,
    INVALID_OPENING_QUOTE: 'a " stands inside a cell that is not quoted',
    CSV_INVALID_CLOSING_QUOTE:
      'a " is followed by something other than the end of the cell; write "" for one inside a quoted cell',
  };
  const position = typeof column === "number" ? column + 1 : undefined;
  return new PortfolioError({ file, line: lines ?? 1, column: position }, reasons[code] ?? `is not CSV: ${message}`);
}

interface Column {
  readonly name: string;
  readonly position: number;
  readonly kind: ReturnType<typeof cellKind>;
  readonly constant: string | undefined;
}

function findColumns(table: TableName, header: Cells, format: FileFormat, place: Place): Column[] {
  const { required, optional } = columnsOf(table);
  const known = [...required, ...optional];
  const unknown = [...Object.keys(format.columns), ...Object.keys(format.constants)].find(
    (name) => !known.includes(name),
  );
  if (unknown !== undefined) {
    throw new PortfolioError(
      { file: "settings.json" },
      `files.${table}.csv names ${quoted(unknown)}, which is no column; there are ${known.join(", ")}`,
    );
  }
  const twice = header.find((name, position) => name !== "" && header.indexOf(name) !== position);
  if (twice !== undefined) throw new PortfolioError({ ...place, column: twice }, "stands in the header twice");
  const columns = known.map((name) => ({
    name,
    position: header.indexOf(format.columns[name] ?? name),
    kind: cellKind(name),
    constant: format.constants[name],
  }));
  const isThere = ({ position, constant }: Column) => position !== -1 || constant !== undefined;
  const missing = columns.filter(
    (column) => !isThere(column) && isNeeded(column.name, columns.filter(isThere), required),
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => format.columns[name] ?? name);
    throw new PortfolioError(place, `has no column ${names.join(", ")}; it needs ${required.join(", ")}`);
  }
  return columns.filter(isThere);
}

function isNeeded(name: string, present: readonly Column[], required: readonly string[]): boolean {
  const isCostKnown = present.some((column) => column.name === "cost");
  return required.includes(name) && !(name === "costPerUnit" && isCostKnown);
}
