import { isUtf8 } from "node:buffer";
import { PortfolioError } from "./portfolio-error";
import type { CsvFile, FileFormat } from "./settings";

/** The text of a CSV file. Throws a PortfolioError that names line and column when the bytes are not of its encoding. */
export function decode(file: CsvFile, bytes: Uint8Array, { encoding }: FileFormat): string {
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
