import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../ops/shell/paths";

/** Data that the API is asked about: what it answers has another shape with each. */
export interface DataState {
  readonly id: string;
  readonly title: string;
  /** Fills an empty folder. */
  prepare(folder: string): void;
  /** Once the API serves the folder. */
  disturb?(folder: string): void;
}

const holdings = "symbol,name,assetClass,sector,currency,quantity,costPerUnit\n";

const sample = (folder: string) => cpSync(join(root, "apps/backend/data/sample"), folder, { recursive: true });

export const dataStates: readonly DataState[] = [
  { id: "sample", title: "the sample", prepare: sample },
  {
    id: "awkward",
    title: "currencies, a short position, nothing paid, a price of 0, a split, a sale, a symbol with a slash",
    prepare: (folder) =>
      write(folder, {
        "settings.json": JSON.stringify({ baseCurrency: "USD", benchmark: { symbol: "WORLD" }, riskFreeRate: 0.02 }),
        "holdings.csv": `${holdings}NORTH,North,Stocks,Energy,EUR,10,0\nA/B,Slash,Stocks,,USD,-3,5\nGONE,Gone,Cash,,USD,0,1\nZERO,Zero,Cash,,USD,5,1\n`,
        "closes.csv": closes({
          NORTH: [10, 5, 6],
          "A/B": [4, 4, 5],
          GONE: [1, 1, 1],
          ZERO: [1, 0, 0],
          WORLD: [9, 8, 7],
        }),
        "rates.csv": "date,from,to,rate\n2026-01-05,EUR,USD,1.1\n",
        "splits.csv": "date,symbol,ratio\n2026-01-06,NORTH,2:1\n",
        "dividends.csv": "date,symbol,amount\n2026-01-07,NORTH,0.2\n",
        "transactions.csv": "date,symbol,quantity,price\n2026-01-07,GONE,-2,1\n",
      }),
  },
  {
    id: "months",
    title: "closes of months, an export's sides, and warnings about the files",
    prepare: (folder) =>
      write(folder, {
        "settings.json": JSON.stringify({ files: { "transactions.csv": { columns: { side: "Action" } } } }),
        "holdings.csv": `${holdings}NORTH,North,Stocks,,USD,12,1\nNEW,New,Stocks,,USD,1,1\n`,
        "closes.csv": `date,symbol,close\n${Array.from({ length: 30 }, (_, month) => {
          const date = new Date(Date.UTC(2024, month + 1, 0)).toISOString().slice(0, 10);
          return `${date},NORTH,${10 + (month % 3)}\n`;
        }).join("")}2026-06-30,NEW,5\n`,
        "transactions.csv":
          "date,symbol,quantity,price,Action\n2024-03-05,NORTH,10,10,Buy\n2024-04-02,NORTH,3,0,Sell\n2024-05-02,NORTH,,,Dividend\n",
      }),
  },
  {
    id: "one-day",
    title: "one holding and one day",
    prepare: (folder) =>
      write(folder, {
        "holdings.csv": `${holdings}NORTH,North,Stocks,,USD,1,1\n`,
        "closes.csv": closes({ NORTH: [1] }),
      }),
  },
  {
    id: "empty",
    title: "no holdings",
    prepare: (folder) => write(folder, { "holdings.csv": holdings, "closes.csv": closes({}) }),
  },
  {
    id: "broken",
    title: "the last good data beside a broken file",
    prepare: sample,
    disturb: (folder) => writeFileSync(join(folder, "holdings.csv"), `${holdings}NORTH,North,Stocks,,USD,many,1\n`),
  },
];

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

function closes(bySymbol: Readonly<Record<string, readonly number[]>>): string {
  const rows = Object.entries(bySymbol).flatMap(([symbol, prices]) =>
    prices.map((close, day) => `2026-01-0${5 + day},${symbol},${close}\n`),
  );
  return `date,symbol,close\n${rows.join("")}`;
}
