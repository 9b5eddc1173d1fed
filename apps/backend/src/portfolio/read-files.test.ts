import fs, { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkComplete, checkSize, fingerprintOf, isBeingWritten, mostBytes, readFiles } from "./read-files";

let folder: string;
const path = (file: string) => join(folder, file);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  writeFileSync(path("holdings.csv"), "symbol\n");
  writeFileSync(path("closes.csv"), "date\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("reads each file of a portfolio, and no other", () => {
  writeFileSync(path("settings.json"), "{}");
  writeFileSync(path("notes.csv"), "x");
  writeFileSync(path("rates.csv"), "");
  const text = [...readFiles(folder)].map(([file, bytes]) => [file, String(bytes)]);
  expect(text).toEqual([
    ["settings.json", "{}"],
    ["holdings.csv", "symbol\n"],
    ["closes.csv", "date\n"],
    ["rates.csv", ""],
  ]);
});

it("leaves no file open", () => {
  const [open, close] = [jest.spyOn(fs, "openSync"), jest.spyOn(fs, "closeSync")];
  readFiles(folder);
  const opened = open.mock.results.map(({ value }) => value);
  expect([opened.length, close.mock.calls.flat()]).toEqual([2, opened]);
  jest.restoreAllMocks();
});

it("has another fingerprint whenever a file comes, goes, is written or is put in place of another", () => {
  const past = new Date("2026-01-01");
  const replace = () => {
    writeFileSync(path("next"), "date\n");
    utimesSync(path("next"), past, past);
    renameSync(path("next"), path("closes.csv"));
  };
  const steps: (() => void)[] = [
    () => writeFileSync(path("rates.csv"), "a"),
    () => writeFileSync(path("rates.csv"), "ab"),
    () => utimesSync(path("rates.csv"), past, past),
    () => rmSync(path("rates.csv")),
    replace,
    replace,
    () => symlinkSync("splits.csv", path("splits.csv")),
    () => rmSync(folder, { recursive: true }),
  ];
  const seen = [fingerprintOf(folder)];
  for (const step of steps) {
    step();
    const now = fingerprintOf(folder);
    expect(now).not.toBe(seen.at(-1));
    expect(fingerprintOf(folder)).toBe(now);
    seen.push(now);
  }
  expect(seen.at(-1)).toBe(Array.from({ length: 8 }, () => "absent").join(" "));
});

it("does not change its fingerprint with what is no part of the portfolio", () => {
  const before = fingerprintOf(folder);
  writeFileSync(path("notes.csv"), "x");
  mkdirSync(path("objects"));
  expect(fingerprintOf(folder)).toBe(before);
});

describe("a file that does not end its last line", () => {
  /** Of a file that was written so many milliseconds ago. */
  const isUnfinished = (text: string, age: number) => {
    writeFileSync(path("closes.csv"), text);
    const now = Date.UTC(2026, 10, 20);
    utimesSync(path("closes.csv"), (now - age) / 1000, (now - age) / 1000);
    jest.spyOn(Date, "now").mockReturnValue(now);
    return isBeingWritten(folder, readFiles(folder));
  };
  afterEach(() => jest.restoreAllMocks());

  it("is being written when it was touched just now", () => {
    expect([isUnfinished("date", 0), isUnfinished("date", 900), isUnfinished("date", -900)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isUnfinished("date\n", 0), isUnfinished("", 0)]).toEqual([false, false]);
  });

  it("is not when it was touched some time ago, or is from the future", () => {
    expect([isUnfinished("date", 1000), isUnfinished("date", -60_000)]).toEqual([false, false]);
  });

  it("is not when it is gone", () => {
    writeFileSync(path("closes.csv"), "date");
    const content = readFiles(folder);
    rmSync(path("closes.csv"));
    expect(isBeingWritten(folder, content)).toBe(false);
  });

  it("may be JSON, which ends with its bracket", () => {
    writeFileSync(path("settings.json"), "{}");
    expect(isBeingWritten(folder, readFiles(folder))).toBe(false);
  });
});

it("needs holdings and closes, or one JSON file, and names what is missing or too much", () => {
  const check = (...files: string[]) => checkComplete(new Set(files), "/data");
  const form = "a portfolio is a folder with holdings.csv and closes.csv, or with portfolio.json";
  expect(() => check()).toThrow(`holdings.csv: is missing in /data; ${form}`);
  expect(() => check("closes.csv")).toThrow(`holdings.csv: is missing in /data; ${form}`);
  expect(() => check("holdings.csv", "rates.csv")).toThrow(`closes.csv: is missing in /data; ${form}`);
  expect(() => check("portfolio.json", "rates.csv")).toThrow(
    "portfolio.json: stands beside rates.csv; only one of the two forms can be shown",
  );
  check("holdings.csv", "closes.csv");
  check("portfolio.json");
  check("portfolio.json", "settings.json");
});

it("takes a file of 8 MiB, and no byte more", () => {
  checkSize("closes.csv", mostBytes);
  expect(() => checkSize("closes.csv", mostBytes + 2 ** 18)).toThrow(
    "closes.csv: has 8.3 MiB; at most 8.0 MiB are read",
  );
  expect(() => checkSize("closes.csv", mostBytes + 1)).toThrow("at most 8.0 MiB are read");
});
