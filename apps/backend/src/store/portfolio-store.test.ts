import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PortfolioContent } from "../portfolio/read-files";
import { PortfolioStore } from "./portfolio-store";

const sample = join(__dirname, "../../data/sample");
const header = "symbol,name,assetClass,currency,quantity,costPerUnit\n";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portfolio-"));
  cpSync(sample, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

it("labels a folder that calls itself a sample, and no other", () => {
  expect(new PortfolioStore(sample).current().source).toMatchObject({ name: "sample", sample: true });
  rmSync(join(folder, "SAMPLE.md"));
  expect(new PortfolioStore(folder).current().source.sample).toBe(false);
});

it("shows a change of the files at the next request", () => {
  const store = new PortfolioStore(folder);
  writeFileSync(join(folder, "holdings.csv"), header);
  expect(store.current().portfolio.holdings).toEqual([]);
});

it("keeps the last good portfolio when the files break, says so once, and recovers", () => {
  const errors: string[] = [];
  const store = new PortfolioStore(folder, (message) => errors.push(message));
  const before = store.current().portfolio;
  writeFileSync(join(folder, "holdings.csv"), `${header}A,Alpha,Stocks,USD,many,1\n`);
  for (const { portfolio, source } of [store.current(), store.current()]) {
    expect(portfolio).toEqual(before);
    expect(source.error).toContain('"many" is not a number');
  }
  expect(errors).toHaveLength(1);
  cpSync(sample, folder, { recursive: true });
  expect(store.current().source.error).toBeUndefined();
});

describe("replaced by a pair of files", () => {
  const closes = "date,symbol,close\n2026-11-20,A,12\n";
  const pair = (quantity: string): PortfolioContent =>
    new Map([
      ["holdings.csv", Buffer.from(`${header}A,Alpha,Stocks,USD,${quantity},10\n`)],
      ["closes.csv", Buffer.from(closes)],
    ]);
  const quantities = (store: PortfolioStore) => store.current().portfolio.holdings.map(({ quantity }) => quantity);

  it("shows the pair, no longer as a sample, and leaves the folder's own files alone", () => {
    const store = new PortfolioStore(folder);
    store.replace(pair("1"));
    store.replace(pair("2"));
    expect(quantities(store)).toEqual([2]);
    expect(store.current().source.sample).toBe(false);
    expect(new PortfolioStore(folder).current().source.sample).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([...readdirSync(sample), "objects"].sort());
  });

  it("keeps what it shows when the pair is no portfolio, says why, and takes the next good one", () => {
    const store = new PortfolioStore(folder);
    store.replace(pair("1"));
    expect(() => store.replace(pair("many"))).toThrow('"many" is not a number');
    expect(quantities(store)).toEqual([1]);
    expect(store.current().source).toMatchObject({
      sample: false,
      error: expect.stringContaining('"many" is not a number'),
    });
    store.replace(pair("3"));
    expect(quantities(store)).toEqual([3]);
    expect(store.current().source.error).toBeUndefined();
  });

  it("shows a change made to the pair by hand", () => {
    const store = new PortfolioStore(folder);
    store.replace(pair("1"));
    writeFileSync(join(folder, "objects/holdings.csv"), header);
    expect(quantities(store)).toEqual([]);
  });
});

it("looks at the files for recent figures now and then only", () => {
  const store = new PortfolioStore(folder, undefined, 60_000);
  const before = store.recent();
  rmSync(join(folder, "holdings.csv"));
  expect(store.recent()).toBe(before);
  expect(store.current().source.error).toBeDefined();
});
