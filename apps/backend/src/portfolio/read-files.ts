import { accessSync, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { PortfolioError } from "./portfolio-error";
import { requiredTables, tableNames } from "./tables";

export const csvFiles = tableNames.map((name) => `${name}.csv` as const);
/** Everything that a portfolio's folder may hold of it. */
export const portfolioFiles = ["portfolio.json", "settings.json", ...csvFiles] as const;
export type PortfolioFile = (typeof portfolioFiles)[number];
export type PortfolioContent = ReadonlyMap<PortfolioFile, Uint8Array>;

/** Ten years of 100 holdings are 6 MiB. More would hold up requests for seconds while it is read, in the smallest task. */
export const mostBytes = 8 * 2 ** 20;

const lineFeed = 10;
const settledMilliseconds = 1000;

/** What is there of a portfolio in a folder. Throws a PortfolioError that names the file. */
export function readFiles(folder: string): PortfolioContent {
  const content = new Map<PortfolioFile, Uint8Array>();
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new PortfolioError({ file: folder }, `cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  for (const file of portfolioFiles) {
    const bytes = readWhole(folder, file);
    if (bytes) content.set(file, bytes);
  }
  checkComplete(content, folder);
  return content;
}

/** Throws a PortfolioError when these are too few or too many files for a portfolio. */
export function checkComplete(content: { has(file: PortfolioFile): boolean }, where: string): void {
  const csv = csvFiles.filter((file) => content.has(file));
  if (content.has("portfolio.json")) {
    if (csv.length === 0) return;
    throw new PortfolioError(
      { file: "portfolio.json" },
      `stands beside ${csv.join(", ")}; only one of the two forms can be shown`,
    );
  }
  const missing = requiredTables.map((table) => `${table}.csv` as const).find((file) => !content.has(file));
  if (missing) {
    throw new PortfolioError(
      { file: missing },
      `is missing in ${where}; a portfolio is a folder with holdings.csv and closes.csv, or with portfolio.json`,
    );
  }
}

/** A file as it is at one moment, or undefined when there is none. */
function readWhole(folder: string, file: PortfolioFile): Uint8Array | undefined {
  const path = join(folder, file);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return undefined;
    if (!found.isFile())
      throw new PortfolioError({ file }, `is ${found.isDirectory() ? "a folder" : "no ordinary file"}`);
    checkSize(file, found.size);
    return readOpened(file, openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  } catch (error) {
    if (error instanceof PortfolioError) throw error;
    throw new PortfolioError({ file }, `cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`);
  }
}

/** Throws a PortfolioError when a file has more bytes than are read. */
export function checkSize(file: PortfolioFile, bytes: number): void {
  if (bytes <= mostBytes) return;
  const mebibytes = (size: number) => `${(size / 2 ** 20).toFixed(1)} MiB`;
  throw new PortfolioError({ file }, `has ${mebibytes(bytes)}; at most ${mebibytes(mostBytes)} are read`);
}

/** Changes whenever a file comes, goes or is written. Never throws. */
export function fingerprintOf(folder: string): string {
  return portfolioFiles.map((file) => stampOf(join(folder, file))).join(" ");
}

function stampOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs}/${stat.ctimeMs}/${stat.size}/${stat.ino}` : "absent";
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Whether somebody may be in the middle of writing: a CSV file was written just now and does not end its last line. */
export function isBeingWritten(folder: string, content: PortfolioContent): boolean {
  return csvFiles.some((file) => {
    const last = content.get(file)?.at(-1);
    return (
      last !== undefined &&
      last !== lineFeed &&
      Math.abs(Date.now() - writtenAt(join(folder, file))) < settledMilliseconds
    );
  });
}

function writtenAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readOpened(file: PortfolioFile, descriptor: number): Uint8Array {
  try {
    const before = fstatSync(descriptor);
    const bytes = Buffer.alloc(before.size + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = readSync(descriptor, bytes, length, bytes.length - length, null);
    }
    const after = fstatSync(descriptor);
    if (length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new PortfolioError({ file }, "changed while it was read; it is read again");
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
