export type Cell = string | number;

/** Columns of text, as wide as they need; amounts to the right, with cents. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell)));
  const widths = head.map((title, column) => Math.max(title.length, ...body.map((row) => row[column]?.length ?? 0)));
  const isAmount = head.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (isAmount[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(line)].join("\n");
}

export function signed(usd: number): string {
  return `${usd < 0 ? "-" : "+"}${Math.abs(usd).toFixed(2)}`;
}
