import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { type Broken, bytes, good, header, holdings, holdingsLine3, put } from "./damage.fixture";

/** Files that are missing, too large, of another kind or no CSV. */
export const brokenFiles: readonly Broken[] = [
  ["a file with nothing in it", put("holdings.csv", ""), "holdings.csv line 1: has no column symbol, name"],
  ["a file of blank lines", put("closes.csv", "\n\n\n"), "closes.csv line 1: has no column date"],
  ["a missing file", (folder) => rmSync(join(folder, "closes.csv")), "closes.csv: is missing in"],
  [
    "a folder in a file's place",
    (folder) => {
      rmSync(join(folder, "closes.csv"));
      mkdirSync(join(folder, "closes.csv"));
    },
    "closes.csv: is a folder",
  ],
  [
    "a pipe in a file's place",
    (folder) => {
      rmSync(join(folder, "closes.csv"));
      execFileSync("mkfifo", [join(folder, "closes.csv")]);
    },
    "closes.csv: is no ordinary file",
  ],
  [
    "a link to itself",
    (folder) => {
      rmSync(join(folder, "closes.csv"));
      symlinkSync("closes.csv", join(folder, "closes.csv"));
    },
    "closes.csv: cannot be read: ELOOP",
  ],
  [
    "a huge file",
    (folder) => truncateSync(join(folder, "closes.csv"), 20 * 2 ** 20),
    "closes.csv: has 20.0 MiB; at most 8.0 MiB",
  ],
  [
    "too many holdings",
    holdings(...Array.from({ length: 1001 }, (_, index) => `S${index},Name,Stocks,USD,1,1`)),
    "holdings.csv line 1002: has more rows than the 1000 that are read",
  ],
  [
    "more days than can be worked on",
    (folder) => {
      const day = (index: number) => new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10);
      const symbols = Array.from({ length: 500 }, (_, index) => `S${index}`);
      holdings(...symbols.map((symbol) => `${symbol},Name,Stocks,USD,1,1`))(folder);
      const rows = Array.from({ length: 6100 }, (_, index) => `${day(index)},S${index % 500},1`);
      put("closes.csv", ["date,symbol,close", ...rows, ""].join("\n"))(folder);
    },
    "closes.csv line 2, column date: is the first of too many: 500 holdings on 6100 days",
  ],
  [
    "a cell without an end",
    holdingsLine3(`A,"${"x".repeat(20_000)}`),
    "holdings.csv line 3, column 2: a row is longer than 16384",
  ],
  [
    "a quote that is not closed",
    holdingsLine3('A,"Alpha,Stocks,USD,2,10'),
    "holdings.csv line 3, column 2: a quoted cell has no closing",
  ],
  ["a quote in the middle", holdingsLine3('A,Al"pha,Stocks,USD,2,10'), "holdings.csv line 3"],
  ["text after a quote", holdingsLine3('A,"Al"pha,Stocks,USD,2,10'), "holdings.csv line 3"],
  [
    "bytes that are no UTF-8",
    put("holdings.csv", bytes(`${header}\nA,Caf`, [0xe9], ",Stocks,USD,2,10\n")),
    "holdings.csv line 2, column 6: is not UTF-8",
  ],
  [
    "UTF-16",
    put("holdings.csv", Buffer.from(good["holdings.csv"] ?? "", "utf16le")),
    /holdings\.csv line 1.* (is not UTF-8|holds a NUL)/,
  ],
  ["a NUL character", holdingsLine3("A,Al\0pha,Stocks,USD,2,10"), "holdings.csv line 3: holds a NUL character"],
  [
    "a program",
    put("holdings.csv", bytes([0x7f], "ELF", [2, 1, 1, 0, 0xff, 0xfe])),
    "holdings.csv line 1, column 9: is not UTF-8",
  ],
  [
    "a page in place of the file",
    put("holdings.csv", "<!doctype html>\n<title>Log in</title>"),
    "holdings.csv line 1: has no column symbol",
  ],
  [
    "another delimiter",
    put("holdings.csv", (good["holdings.csv"] ?? "").replaceAll(",", ";")),
    "holdings.csv line 1: has no column symbol",
  ],
  [
    "a column twice",
    put("holdings.csv", `${header},name\nA,Alpha,Stocks,USD,2,10,Beta\n`),
    "holdings.csv line 1, column name: stands in the header twice",
  ],
];
