import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PortfolioFolder } from "./portfolio-folder";

const sample = join(__dirname, "../../data/sample");
const header = "symbol,name,assetClass,currency,quantity,costPerUnit\n";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portfolio-"));
  cpSync(sample, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it("labels a folder that calls itself a sample, and no other", () => {
  expect(new PortfolioFolder(sample).current().source).toMatchObject({ name: "sample", sample: true });
  rmSync(join(folder, "SAMPLE.md"));
  expect(new PortfolioFolder(folder).current().source.sample).toBe(false);
});

it("shows a change of the files at the next request", () => {
  const portfolioFolder = new PortfolioFolder(folder);
  writeFileSync(join(folder, "holdings.csv"), header);
  expect(portfolioFolder.current().portfolio.holdings).toEqual([]);
});

it("keeps the last good portfolio when the files break, says so once, and recovers", () => {
  const errors: string[] = [];
  const portfolioFolder = new PortfolioFolder(folder, (message) => errors.push(message));
  const before = portfolioFolder.current().portfolio;
  writeFileSync(join(folder, "holdings.csv"), `${header}A,Alpha,Stocks,USD,many,1\n`);
  for (const { portfolio, source } of [portfolioFolder.current(), portfolioFolder.current()]) {
    expect(portfolio).toEqual(before);
    expect(source.error).toContain('"many" is not a number');
  }
  expect(errors).toHaveLength(1);
  cpSync(sample, folder, { recursive: true });
  expect(portfolioFolder.current().source.error).toBeUndefined();
});
