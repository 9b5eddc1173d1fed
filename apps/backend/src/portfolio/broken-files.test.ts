import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";
import type { PortfolioFile } from "./read-files";

const header = "symbol,name,assetClass,currency,quantity,costPerUnit";
const good: Partial<Record<PortfolioFile, string>> = {
  "holdings.csv": `${header}\nA,Alpha,Stocks,USD,2,10\nB,Beta,Bonds,USD,3,5\n`,
  "closes.csv": "date,symbol,close\n2026-11-19,A,11\n2026-11-20,A,12\n2026-11-20,B,5\n",
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "broken-"));
  for (const [file, text] of Object.entries(good)) writeFileSync(join(folder, file), text);
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

/** Writes a file, and nobody is in the middle of it. */
const put = (file: PortfolioFile, content: string | Uint8Array) => () => {
  writeFileSync(join(folder, file), content);
  const past = Date.now() / 1000 - 2;
  utimesSync(join(folder, file), past, past);
};
const holdings = (...rows: string[]) => put("holdings.csv", [header, ...rows, ""].join("\n"));
const closes = (...rows: string[]) =>
  put("closes.csv", ["date,symbol,close", "2026-11-20,B,5", ...rows, ""].join("\n"));
const holdingsLine3 = (cells: string) => holdings("B,Beta,Bonds,USD,3,5", cells);
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const json = (text: string) => () => {
  for (const file of Object.keys(good)) rmSync(join(folder, file));
  put("portfolio.json", text)();
};
const jsonWith = (change: object) =>
  json(
    JSON.stringify(
      {
        holdings: [{ symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 2, costPerUnit: 10 }],
        closes: [{ date: "2026-11-20", symbol: "A", close: 12 }],
        ...change,
      },
      null,
      1,
    ),
  );
const settings = (value: unknown) => put("settings.json", JSON.stringify(value, null, 1));

/** What is done to the folder, and how the problem begins. */
const broken: readonly [string, () => void, string | RegExp][] = [
  ["a file with nothing in it", put("holdings.csv", ""), "holdings.csv line 1: has no column symbol, name"],
  ["a file of blank lines", put("closes.csv", "\n\n\n"), "closes.csv line 1: has no column date"],
  ["a missing file", () => rmSync(join(folder, "closes.csv")), "closes.csv: is missing in"],
  [
    "a folder in a file's place",
    () => {
      rmSync(join(folder, "closes.csv"));
      mkdirSync(join(folder, "closes.csv"));
    },
    "closes.csv: is a folder",
  ],
  [
    "a pipe in a file's place",
    () => {
      rmSync(join(folder, "closes.csv"));
      execFileSync("mkfifo", [join(folder, "closes.csv")]);
    },
    "closes.csv: is no ordinary file",
  ],
  [
    "a link to itself",
    () => {
      rmSync(join(folder, "closes.csv"));
      symlinkSync("closes.csv", join(folder, "closes.csv"));
    },
    "closes.csv: cannot be read: ELOOP",
  ],
  [
    "a huge file",
    () => truncateSync(join(folder, "closes.csv"), 20 * 2 ** 20),
    "closes.csv: has 20.0 MiB; at most 8.0 MiB",
  ],
  [
    "too many holdings",
    () => holdings(...Array.from({ length: 1001 }, (_, index) => `S${index},Name,Stocks,USD,1,1`))(),
    "holdings.csv line 1002: has more rows than the 1000 that are read",
  ],
  [
    "more days than can be worked on",
    () => {
      const day = (index: number) => new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10);
      const symbols = Array.from({ length: 500 }, (_, index) => `S${index}`);
      holdings(...symbols.map((symbol) => `${symbol},Name,Stocks,USD,1,1`))();
      const rows = Array.from({ length: 6100 }, (_, index) => `${day(index)},S${index % 500},1`);
      put("closes.csv", ["date,symbol,close", ...rows, ""].join("\n"))();
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
  [
    "a word for a number",
    holdingsLine3("A,Alpha,Stocks,USD,many,10"),
    'holdings.csv line 3, column quantity: "many" is not a number',
  ],
  ["NaN", holdingsLine3("A,Alpha,Stocks,USD,NaN,10"), 'holdings.csv line 3, column quantity: "NaN" is not'],
  [
    "infinity",
    holdingsLine3("A,Alpha,Stocks,USD,Infinity,10"),
    'holdings.csv line 3, column quantity: "Infinity" is not',
  ],
  [
    "a number beyond all reason",
    holdingsLine3(`A,Alpha,Stocks,USD,1${"0".repeat(400)},10`),
    "holdings.csv line 3, column quantity: ",
  ],
  [
    "a hexadecimal number",
    holdingsLine3("A,Alpha,Stocks,USD,0x10,10"),
    'holdings.csv line 3, column quantity: "0x10" is not',
  ],
  ["a power of ten", holdingsLine3("A,Alpha,Stocks,USD,1e3,10"), 'holdings.csv line 3, column quantity: "1e3" is not'],
  [
    "an amount with its currency",
    holdingsLine3("A,Alpha,Stocks,USD,2,$10"),
    'holdings.csv line 3, column costPerUnit: "$10" is not',
  ],
  [
    "a comma that splits a number",
    holdingsLine3("A,Alpha,Stocks,USD,1,200,10"),
    "holdings.csv line 3, column 7: has 7 cells, the header 6",
  ],
  [
    "a missing cell",
    holdingsLine3("A,Alpha,Stocks,USD,2"),
    'holdings.csv line 3, column costPerUnit: "" is not a price',
  ],
  ["a negative price", closes("2026-11-20,A,-1"), "closes.csv line 3, column close: -1 is not a price, 0 or more"],
  [
    "a currency that is none",
    holdingsLine3("A,Alpha,Stocks,dollars,2,10"),
    'holdings.csv line 3, column currency: "dollars" is not',
  ],
  [
    "a second currency without rates",
    holdingsLine3("A,Alpha,Stocks,EUR,2,10"),
    'holdings.csv line 3, column currency: "EUR" differs from USD',
  ],
  [
    "a holding twice",
    holdingsLine3("B,Beta,Bonds,USD,3,5"),
    'holdings.csv line 3, column symbol: "B" stands here for the second time',
  ],
  [
    "a holding without a close",
    holdingsLine3("C,Gamma,Bonds,USD,3,5"),
    'holdings.csv line 3, column symbol: "C" has no close',
  ],
  [
    "a day twice",
    closes("2026-11-20,A,1", "2026-11-20,A,2"),
    'closes.csv line 4, column date: "2026-11-20" stands here for the second time',
  ],
  ["a day that does not exist", closes("2026-02-30,A,1"), 'closes.csv line 3, column date: "2026-02-30" is not a date'],
  ["a day of another format", closes("11/20/2026,A,1"), 'closes.csv line 3, column date: "11/20/2026" is not a date'],
  ["a year of five digits", closes("12026-11-20,A,1"), 'closes.csv line 3, column date: "12026-11-20" is not a date'],
  [
    "a formula",
    holdingsLine3('A,"=HYPERLINK(""http://x"",""y"")",Stocks,USD,2,10'),
    "holdings.csv line 3, column name: ",
  ],
  [
    "a command",
    holdingsLine3("@SUM(1),Alpha,Stocks,USD,2,10"),
    'holdings.csv line 3, column symbol: "@SUM(1)" begins with',
  ],
  ["a control character", holdingsLine3("A,Al\u0007pha,Stocks,USD,2,10"), "holdings.csv line 3, column name: "],
  [
    "a line break in a name, and what is below it",
    holdings('B,"Be\nta",Bonds,USD,3,5'),
    "holdings.csv line 2, column name: ",
  ],
  [
    "a name beyond all reason",
    holdingsLine3(`A,${"x".repeat(5000)},Stocks,USD,2,10`),
    "holdings.csv line 3, column name: ",
  ],
  [
    "a split of nothing",
    put("splits.csv", "date,symbol,ratio\n2026-11-20,A,4:0\n"),
    'splits.csv line 2, column ratio: "4:0" is not',
  ],
  [
    "a negative dividend",
    put("dividends.csv", "date,symbol,amount\n2026-11-20,A,-1\n"),
    "dividends.csv line 2, column amount: -1 is not",
  ],
  [
    "a sale of what is not held",
    put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,C,-1,2\n"),
    'transactions.csv line 2, column symbol: "C" is no holding',
  ],
  [
    "a rate between foreign currencies",
    put("rates.csv", "date,from,to,rate\n2026-11-20,EUR,GBP,0.9\n"),
    'rates.csv line 2, column to: "GBP" for "EUR"',
  ],
  [
    "settings that are no JSON",
    put("settings.json", '{\n "baseCurrency": "USD",\n}'),
    "settings.json line 3, column 1: is not JSON",
  ],
  ["settings of another kind", settings([]), "settings.json line 1, column 1: "],
  ["a setting that there is not", settings({ benchmarc: "A" }), "settings.json line 1, column 1: "],
  [
    "a benchmark without a close",
    settings({ benchmark: { symbol: "WORLD" } }),
    'settings.json line 2, column 15: benchmark "WORLD" has no close',
  ],
  [
    "a mapping of a column that there is not",
    settings({ files: { "holdings.csv": { columns: { price: "Last" } } } }),
    'settings.json line 3, column 19: files.holdings.csv names "price"',
  ],
  [
    "words for a column that is not read",
    settings({ files: { "closes.csv": { sides: { buy: ["B"] } } } }),
    "settings.json line 3, column 17: sides needs `side` among the columns of closes.csv",
  ],
  [
    "a sale that has lost its sign",
    put("transactions.csv", "date,symbol,quantity,price,Action\n2026-11-20,A,3,12,Buy\n2026-11-20,A,1,12,Sell\n"),
    'transactions.csv line 3, column Action: "Sell" stands beside the quantity 1, which counts as a purchase; `side` in settings.json',
  ],
  [
    "more bought than is held, and nothing sold",
    put("transactions.csv", "date,symbol,quantity,price\n2026-11-20,A,3,12\n"),
    'transactions.csv line 2, column quantity: 3 counts as a purchase like all rows, and those of "A" sum to 3, more than the 2 that are held',
  ],
  ["both forms at once", put("portfolio.json", "{}"), "portfolio.json: stands beside holdings.csv, closes.csv"],
  [
    "JSON that ends too early",
    json('{"holdings": [\n  {"symbol": "A"'),
    "portfolio.json line 2, column 17: is not JSON",
  ],
  [
    "JSON that is not UTF-8",
    () => json("")() ?? put("portfolio.json", Buffer.from([0x7b, 0xff, 0x7d]))(),
    "portfolio.json line 1: is not UTF-8",
  ],
  ["an empty JSON file", json(""), "portfolio.json line 1, column 1: is not JSON"],
  ["JSON without holdings", json("{}"), "portfolio.json line 1, column 1: holdings"],
  [
    "JSON with a text for a number",
    jsonWith({ closes: [{ date: "2026-11-20", symbol: "A", close: "12" }] }),
    'portfolio.json line 16, column 13: closes[0].close "12" is not a price',
  ],
  [
    "JSON with a holding twice",
    jsonWith({
      holdings: [1, 2].map(() => ({
        symbol: "A",
        name: "Alpha",
        assetClass: "Stocks",
        currency: "USD",
        quantity: 2,
        costPerUnit: 10,
      })),
    }),
    'portfolio.json line 12, column 14: holdings[1].symbol "A" stands here',
  ],
  ["JSON of a depth beyond all reason", json("[".repeat(200_000)), "portfolio.json line 1"],
];

it("has at least 30 of them", () => expect(broken.length).toBeGreaterThanOrEqual(30));

it.each(broken)("serves the last good portfolio beside %s, and says where it is", async (_, damage, message) => {
  const errors: string[] = [];
  const store = new PortfolioStore(folder, (error) => errors.push(error));
  const app = createApp({ store, log: new Log("error", () => {}) });
  const served = async () => (await (await app.request("/api/assets")).json()) as { assets: unknown; source: object };
  const before = await served();

  damage();
  const { assets, source } = await served();
  expect(assets).toEqual(before.assets);
  expect(source).toMatchObject({
    error: expect.stringMatching(message instanceof RegExp ? message : escaped(message)),
  });
  expect(errors).toHaveLength(1);
  const health = await app.request("/api/health");
  expect([health.status, await health.json()]).toEqual([200, { status: "ok", portfolio: source }]);
  const ready = await app.request("/api/ready");
  expect([ready.status, ready.headers.get("content-type")]).toEqual([503, "application/problem+json"]);

  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [file, text] of Object.entries(good)) writeFileSync(join(folder, file), text);
  expect((await served()).source).not.toHaveProperty("error");
});

function escaped(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

it("keeps the last good portfolio when its folder goes away, and takes it when it is back", async () => {
  const store = new PortfolioStore(folder);
  cpSync(folder, `${folder}.away`, { recursive: true });
  rmSync(folder, { recursive: true });
  expect(store.current().source.error).toMatch(/cannot be read: ENOENT$/);
  expect(store.current().analytics.assets).toHaveLength(2);
  cpSync(`${folder}.away`, folder, { recursive: true });
  rmSync(`${folder}.away`, { recursive: true });
  expect(store.current().source).not.toHaveProperty("error");
});

it("never shows half a row of what somebody writes piece by piece", () => {
  const store = new PortfolioStore(folder);
  const text = good["holdings.csv"] ?? "";
  const rows = new Set(store.current().portfolio.holdings.map((holding) => JSON.stringify(holding)));
  for (let length = 0; length <= text.length; length++) {
    writeFileSync(join(folder, "holdings.csv"), text.slice(0, length));
    for (const holding of store.current().portfolio.holdings) expect(rows).toContain(JSON.stringify(holding));
  }
  expect(store.current().analytics.assets).toHaveLength(2);
  expect(store.current().source).not.toHaveProperty("error");
});

it("takes a file that does not end its last line, once nobody has written to it for a second", () => {
  const store = new PortfolioStore(folder);
  const quantity = () => store.current().portfolio.holdings[0]?.quantity;
  writeFileSync(join(folder, "holdings.csv"), `${header}\nA,Alpha,Stocks,USD,7,10`);
  expect(quantity()).toBe(2);
  const past = Date.now() / 1000 - 1.1;
  utimesSync(join(folder, "holdings.csv"), past, past);
  expect(quantity()).toBe(7);
});
