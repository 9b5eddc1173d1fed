import type { Portfolio } from "./portfolio";
import type { PortfolioFile } from "./read-files";
import { parsePortfolio } from "./read-portfolio";

/** A portfolio of files as they would stand in a folder; what is no text is written as JSON. */
export function portfolioOfFiles(files: Partial<Record<PortfolioFile, string | Uint8Array | object>>): Portfolio {
  const content = Object.entries(files).map(([file, value]) => {
    const isContent = typeof value === "string" || value instanceof Uint8Array;
    return [file as PortfolioFile, Buffer.from(isContent ? value : JSON.stringify(value, null, 1))] as const;
  });
  return parsePortfolio(new Map(content), "the test");
}

/** The same of a single `portfolio.json`. */
export function portfolioOf(content: object): Portfolio {
  return portfolioOfFiles({ "portfolio.json": content });
}
