import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { type Broken, bytes, good, header, holdings, holdingsLine3, put } from "./damage.fixture";

/** Files that are missing, too large, of another kind or no CSV. */
export const brokenFiles: readonly Broken[] = [
  [
    "a file with nothing in it",
    put("holdings.csv", ""),
    "holdings.csv line 1: has no column symbol, name, assetClass, currency, quantity, costPerUnit; it needs symbol, name, assetClass, currency, quantity, costPerUnit",
  ],
  [
    "a file of blank lines",
    put("closes.csv", "\n\n\n"),
    "closes.csv line 1: has no column date, symbol, close; it needs date, symbol, close",
  ],
  [
    "a missing file",
    (folder) => rmSync(join(folder, "closes.csv")),
    /^closes\.csv: is missing in .*; a portfolio is a folder with holdings\.csv and closes\.csv, or with portfolio\.json$/,
  ],
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
    "closes.csv: has 20.0 MiB; at most 8.0 MiB are read",
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
    "closes.csv line 2, column date: is the first of too many: 500 holdings on 6100 days; at most 3000000 in all are worked on",
  ],
  [
    "a cell without an end",
    holdingsLine3(`A,"${"x".repeat(20_000)}`),
    'holdings.csv line 3, column 2: a row is longer than 16384 characters; is a closing " missing?',
  ],
  [
    "a quote that is not closed",
    holdingsLine3('A,"Alpha,Stocks,USD,2,10'),
    'holdings.csv line 3, column 2: a quoted cell has no closing "',
  ],
  [
    "a quote in the middle",
    holdingsLine3('A,Al"pha,Stocks,USD,2,10'),
    'holdings.csv line 3, column 2: a " stands inside a cell that is not quoted',
  ],
  [
    "text after a quote",
    holdingsLine3('A,"Al"pha,Stocks,USD,2,10'),
    'holdings.csv line 3, column 2: a " is followed by something other than the end of the cell; write "" for one inside a quoted cell',
  ],
  [
    "bytes that are no UTF-8",
    put("holdings.csv", bytes(`${header}\nA,Caf`, [0xe9], ",Stocks,USD,2,10\n")),
    "holdings.csv line 2, column 6: is not UTF-8; save it as UTF-8, or name its encoding in settings.json",
  ],
  [
    "UTF-16",
    put("holdings.csv", Buffer.from(good["holdings.csv"] ?? "", "utf16le")),
    /holdings\.csv line 1.* (is not UTF-8|holds a NUL)/,
  ],
  [
    "a NUL character",
    holdingsLine3("A,Al\0pha,Stocks,USD,2,10"),
    "holdings.csv line 3: holds a NUL character: it is no text, or UTF-16, which settings.json can say",
  ],
  [
    "a program",
    put("holdings.csv", bytes([0x7f], "ELF", [2, 1, 1, 0, 0xff, 0xfe])),
    "holdings.csv line 1, column 9: is not UTF-8; save it as UTF-8, or name its encoding in settings.json",
  ],
  [
    "a page in place of the file",
    put("holdings.csv", "<!doctype html>\n<title>Log in</title>"),
    "holdings.csv line 1: has no column symbol, name, assetClass, currency, quantity, costPerUnit; it needs symbol, name, assetClass, currency, quantity, costPerUnit",
  ],
  [
    "another delimiter",
    put("holdings.csv", (good["holdings.csv"] ?? "").replaceAll(",", ";")),
    "holdings.csv line 1: has no column symbol, name, assetClass, currency, quantity, costPerUnit; it needs symbol, name, assetClass, currency, quantity, costPerUnit",
  ],
  [
    "a column twice",
    put("holdings.csv", `${header},name\nA,Alpha,Stocks,USD,2,10,Beta\n`),
    "holdings.csv line 1, column name: stands in the header twice",
  ],
];
