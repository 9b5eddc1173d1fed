import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PortfolioFile } from "./read-files";

/** Does something to a folder with a good portfolio. */
export type Damage = (folder: string) => void;

/** What is done to the folder, and what is said of it. */
export type Broken = readonly [title: string, damage: Damage, message: string | RegExp];

export const header = "symbol,name,assetClass,currency,quantity,costPerUnit";
export const good: Partial<Record<PortfolioFile, string>> = {
  "holdings.csv": `${header}\nA,Alpha,Stocks,USD,2,10\nB,Beta,Bonds,USD,3,5\n`,
  "closes.csv": "date,symbol,close\n2026-11-19,A,11\n2026-11-20,A,12\n2026-11-20,B,5\n",
};

/** Writes a file, and nobody is in the middle of it. */
export function put(file: PortfolioFile, content: string | Uint8Array): Damage {
  return (folder) => {
    writeFileSync(join(folder, file), content);
    const past = Date.now() / 1000 - 2;
    utimesSync(join(folder, file), past, past);
  };
}

export function holdings(...rows: string[]): Damage {
  return put("holdings.csv", [header, ...rows, ""].join("\n"));
}

export function holdingsLine3(cells: string): Damage {
  return holdings("B,Beta,Bonds,USD,3,5", cells);
}

export function closes(...rows: string[]): Damage {
  return put("closes.csv", ["date,symbol,close", "2026-11-20,B,5", ...rows, ""].join("\n"));
}

export function bytes(...parts: (string | number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
}

/** `portfolio.json` in place of the CSV files. */
export function json(content: string | Uint8Array): Damage {
  return (folder) => {
    for (const file of Object.keys(good)) rmSync(join(folder, file));
    put("portfolio.json", content)(folder);
  };
}

/** The same of a good portfolio with something else in it. */
export function jsonWith(change: object): Damage {
  const portfolio = {
    holdings: [{ symbol: "A", name: "Alpha", assetClass: "Stocks", currency: "USD", quantity: 2, costPerUnit: 10 }],
    closes: [{ date: "2026-11-20", symbol: "A", close: 12 }],
    ...change,
  };
  return json(JSON.stringify(portfolio, null, 1));
}

export function settings(value: unknown): Damage {
  return put("settings.json", JSON.stringify(value, null, 1));
}
