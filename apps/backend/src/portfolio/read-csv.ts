import { isUtf8 } from "node:buffer";
import { type CsvError, parse } from "csv-parse/sync";
import { readCell } from "./cells";
import { type Place, PortfolioError, quoted } from "./portfolio-error";
import type { CsvFile, FileFormat } from "./settings";
import { cellKind, columnsOf, mostRows, type TableName } from "./tables";

/** The rows of a table, not yet checked against its schema, and where they stand. */
export interface RawTable {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Where a row's column stands; `row` counts from 0. */
  place(row: number, column?: string): Place;
}

type Cells = readonly string[];

/** Reads a CSV file as its format says. Throws a PortfolioError that names file, line and column. */
export function readCsv(table: TableName, bytes: Uint8Array, format: FileFormat): RawTable {
  const file: CsvFile = `${table}.csv`;
  const text = decode(file, bytes, format);
  const records = parseText(file, text, format);
  const header = (records[0] ?? []).map((cell) => cell.trim());
  const lines = new LineFinder(file, text, format);
  const columns = findColumns(table, header, format, lines);
  const kept = selectRecords(records, header, format, (record) => lines.of(record));
  if (kept.length > mostRows[table]) {
    throw new PortfolioError({ file }, `has ${kept.length} rows; at most ${mostRows[table]} are read`);
  }
  const rows = kept.map((record) => {
    const cells = records[record] ?? [];
    // 1,200 without quotes is two cells, and would shift what follows it.
    if (cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== "")) {
      throw new PortfolioError(
        { file, line: lines.of(record), column: header.length + 1 },
        `has ${cells.length} cells, the header ${header.length}; put a value with a comma into "quotes", a number without its comma`,
      );
    }
    const row: Record<string, unknown> = {};
    for (const { name, position, kind, constant } of columns) {
      row[name] = readCell(constant ?? cells[position]?.trim() ?? "", kind, format);
    }
    return row;
  });
  const headerOf = (column: string) => format.columns[column] ?? column;
  return {
    rows,
    place: (row, column) => ({
      file,
      line: lines.of(kept[row] ?? 0),
      ...(column !== undefined && { column: headerOf(column) }),
    }),
  };
}

function decode(file: CsvFile, bytes: Uint8Array, { encoding }: FileFormat): string {
  const lineOf = (offset: number) =>
    1 + bytes.subarray(0, offset).reduce((lines, byte) => lines + Number(byte === 10), 0);
  if (encoding === "utf-8" && !isUtf8(bytes)) {
    let [start, end] = [0, bytes.indexOf(10)];
    while (end !== -1 && isUtf8(bytes.subarray(start, end))) [start, end] = [end + 1, bytes.indexOf(10, end + 1)];
    throw new PortfolioError(
      { file, line: lineOf(start), column: firstBadCharacter(bytes.subarray(start, end === -1 ? undefined : end)) },
      "is not UTF-8; save it as UTF-8, or name its encoding in settings.json",
    );
  }
  const text = encoding === "windows-1252" ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
  const zero = text.indexOf("\0");
  if (zero === -1) return text;
  throw new PortfolioError(
    { file, line: text.slice(0, zero).split("\n").length },
    "holds a NUL character: it is no text, or UTF-16, which settings.json can say",
  );
}

/** What the encoding has in place of Latin-1's control characters. Node 20's TextDecoder leaves them as they are. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes).toString("latin1");
  return latin1.replace(/[\u0080-\u009f]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80));
}

/** From 1, in characters. */
function firstBadCharacter(line: Uint8Array): number {
  let good = 0;
  for (let end = 1; end <= line.length; end++) if (isUtf8(line.subarray(0, end))) good = end;
  return new TextDecoder().decode(line.subarray(0, good)).length + 1;
}

function options({ delimiter, skipLines }: FileFormat) {
  // A quoted cell with more than this in it has lost its second quote.
  return { bom: true, delimiter, from_line: skipLines + 1, relax_column_count: true, max_record_size: 16_384 };
}

function parseText(file: CsvFile, text: string, format: FileFormat): Cells[] {
  try {
    return parse(text, options(format));
  } catch (error) {
    const { code, lines, column, message } = error as CsvError & { lines?: number; column?: number | string };
    const reasons: Partial<Record<string, string>> = {
      CSV_QUOTE_NOT_CLOSED: 'a quoted cell has no closing "',
      CSV_MAX_RECORD_SIZE: 'a row is longer than 16384 characters; is a closing " missing?',
      INVALID_OPENING_QUOTE: 'a " stands inside a cell that is not quoted',
      CSV_INVALID_CLOSING_QUOTE:
        'a " is followed by something other than the end of the cell; write "" for one inside a quoted cell',
    };
    const position = typeof column === "number" ? column + 1 : undefined;
    throw new PortfolioError({ file, line: lines ?? 1, column: position }, reasons[code] ?? `is not CSV: ${message}`);
  }
}

/** Lines of records: counted only when one is asked for, by reading again. Only a line break inside quotes makes them differ. */
class LineFinder {
  private lines: number[] | undefined;

  constructor(
    private readonly file: CsvFile,
    private readonly text: string,
    private readonly format: FileFormat,
  ) {}

  of(record: number): number {
    if (!this.lines) {
      const ends: number[] = [];
      parse(this.text, { ...options(this.format), on_record: (_, { lines }) => void ends.push(lines) });
      this.lines = [this.format.skipLines + 1, ...ends.map((end) => end + 1)];
    }
    return this.lines[record] ?? 1;
  }

  place(record: number): Place {
    return { file: this.file, line: this.of(record) };
  }
}

interface Column {
  readonly name: string;
  readonly position: number;
  readonly kind: ReturnType<typeof cellKind>;
  readonly constant: string | undefined;
}

function findColumns(table: TableName, header: Cells, format: FileFormat, lines: LineFinder): Column[] {
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
  if (twice !== undefined) throw new PortfolioError({ ...lines.place(0), column: twice }, "stands in the header twice");
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
    throw new PortfolioError(lines.place(0), `has no column ${names.join(", ")}; it needs ${required.join(", ")}`);
  }
  return columns.filter(isThere);
}

function isNeeded(name: string, present: readonly Column[], required: readonly string[]): boolean {
  const isCostKnown = present.some((column) => column.name === "cost");
  return required.includes(name) && !(name === "costPerUnit" && isCostKnown);
}

/** The records that are data. */
function selectRecords(
  records: readonly Cells[],
  header: Cells,
  format: FileFormat,
  lineOf: (record: number) => number,
): number[] {
  const ignored = Object.entries(format.ignore).map(([name, cells]) => {
    if (header.includes(name)) return { position: header.indexOf(name), cells };
    throw new PortfolioError(
      { file: "settings.json" },
      `ignore names ${quoted(name)}, which is not in the header of line ${lineOf(0)}`,
    );
  });
  const selected: number[] = [];
  for (let record = 1; record < records.length; record++) {
    const cells = records[record] ?? [];
    if (cells.every((cell) => cell.trim() === "")) {
      if (format.endAtBlankLine) break;
      continue;
    }
    if (ignored.some(({ position, cells: marks }) => marks.includes(cells[position]?.trim() ?? ""))) continue;
    selected.push(record);
  }
  return selected;
}
