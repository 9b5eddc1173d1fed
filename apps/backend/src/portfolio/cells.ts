import type { FileFormat } from "./settings";
import type { CellKind } from "./tables";

type NumberFormat = Pick<FileFormat, "decimal" | "grouping">;

/** Reads a cell as its column means it. What is not of that kind stays text, for the schema to refuse; an empty cell is nothing. */
export function readCell(cell: string, kind: CellKind, format: FileFormat): string | number | undefined {
  if (cell === "") return undefined;
  if (kind === "number") return readNumber(cell, format) ?? cell;
  if (kind === "ratio") return readRatio(cell, format) ?? cell;
  if (kind === "date") return readDate(cell, format.dates) ?? cell;
  return cell;
}

/** As 1234.5, or as the format has it: $1,234.50 or (1.234,50). Not 0x10 and not 1e3, which nobody means in a portfolio. */
function readNumber(cell: string, { decimal, grouping }: NumberFormat): number | undefined {
  let text = cell;
  if (grouping !== undefined) {
    const inParentheses = /^\((.*)\)$/.exec(text);
    if (inParentheses) text = `-${inParentheses[1]}`;
    text = text.replace(/^([-+]?)\s*[$€£¥]\s*/, "$1").replace(/\s*[$€£¥]$/, "");
    const [whole = "", ...rest] = text.replace(/\u00a0|\u202f/g, " ").split(decimal);
    const groups = whole.split(grouping);
    if (
      groups.length > 1 &&
      !(/^[-+]?\d{1,3}$/.test(groups[0] ?? "") && groups.slice(1).every((group) => /^\d{3}$/.test(group)))
    ) {
      return undefined;
    }
    text = [groups.join(""), ...rest].join(decimal);
  }
  if (decimal === ",") text = text.includes(".") ? "" : text.replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** 4, or 4:1 for four new units for an old one, or 1:10. */
function readRatio(cell: string, format: NumberFormat): number | undefined {
  const [after = "", before = "1", ...more] = cell.split(":").map((part) => part.trim());
  const [units, per] = [readNumber(after, format), readNumber(before, format)];
  return units === undefined || per === undefined || per === 0 || more.length > 0 ? undefined : units / per;
}

function readDate(cell: string, order: FileFormat["dates"]): string | undefined {
  if (order === "YYYY-MM-DD") return cell;
  // Some exports have a time of day behind it.
  const [text = ""] = cell.split(/[ T]/);
  const digits = order === "YYYYMMDD" ? /^(\d{4})(\d\d)(\d\d)$/.exec(text)?.slice(1) : text.split(/[./]/);
  if (digits?.length !== 3 || !digits.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const at = (part: string) => digits[[...new Set(order.replace(/[^YMD]/g, ""))].indexOf(part)] ?? "";
  return [at("Y").padStart(4, "0"), at("M").padStart(2, "0"), at("D").padStart(2, "0")].join("-");
}
