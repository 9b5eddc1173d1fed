import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";
import { brokenFiles } from "./broken-files.fixture";
import { brokenJson } from "./broken-json.fixture";
import { brokenRows } from "./broken-rows.fixture";
import { brokenSums } from "./broken-sums.fixture";
import { good, header } from "./damage.fixture";

const broken = [...brokenFiles, ...brokenRows, ...brokenJson, ...brokenSums];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "broken-"));
  for (const [file, text] of Object.entries(good)) writeFileSync(join(folder, file), text);
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

it("has at least 30 of them", () => expect(broken.length).toBeGreaterThanOrEqual(30));

it.each(broken)("serves the last good portfolio beside %s, and says where it is", async (_, damage, message) => {
  const errors: string[] = [];
  const store = new PortfolioStore(folder, (error) => errors.push(error));
  const app = createApp({ store, log: new Log("error", () => {}) });
  const served = async () => (await (await app.request("/api/assets")).json()) as { assets: unknown; source: object };
  const before = await served();

  damage(folder);
  const { assets, source } = await served();
  expect(assets).toEqual(before.assets);
  expect(source).toMatchObject({ error: message instanceof RegExp ? expect.stringMatching(message) : message });
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
