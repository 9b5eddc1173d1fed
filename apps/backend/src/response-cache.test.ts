import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "./app";
import { Log } from "./log";
import { PortfolioStore } from "./store/portfolio-store";

const headers = { "x-request-id": "request-0001" };
const lines: string[] = [];
let folder: string;
let store: PortfolioStore;
let app: ReturnType<typeof createApp>;
/** How often a route was asked, and not what is kept. */
let routed = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "response-cache-"));
  cpSync(join(__dirname, "../data/sample"), folder, { recursive: true });
  store = new PortfolioStore(folder);
  app = createApp({ store, log: new Log("info", (line) => lines.push(line)) });
  let { match } = app.router;
  // The router puts a faster one in its place.
  Object.defineProperty(app.router, "match", {
    get: () => {
      routed++;
      return match;
    },
    set: (faster) => {
      match = faster;
    },
  });
  routed = 0;
  lines.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

async function ask(path: string, given: Record<string, string> = {}, method = "GET") {
  const response = await app.request(path, { method, headers: { ...headers, ...given } });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

const logged = () => lines.map((line) => ({ ...JSON.parse(line), time: "", duration_ms: 0 }));

it.each([
  "/api/health",
  "/api/assets",
  "/api/assets?include=insights,history,sparklines&limit=3",
  "/api/assets/NORTH?from=2026-11-16",
  "/api/insights",
])("answers %s the same when it is kept, with the same line in the log, and asks no route", async (path) => {
  const first = await ask(path);
  expect([first.status, routed]).toEqual([200, 1]);
  expect(await ask(path)).toEqual(first);
  expect(routed).toBe(1);
  const [one, another, ...more] = logged();
  expect([another, more]).toEqual([one, []]);
});

it("answers 304 from what is kept, without a body and its type", async () => {
  const { headers: first } = await ask("/api/assets");
  const { status, headers: second, body } = await ask("/api/assets", { "if-none-match": String(first.etag) });
  expect([status, body, routed]).toEqual([304, "", 1]);
  const { "content-type": _, ...rest } = first;
  expect(second).toEqual(rest);
});

it("keeps nothing over a change of the files", async () => {
  const first = await ask("/api/assets");
  writeFileSync(
    join(folder, "holdings.csv"),
    "symbol,name,assetClass,currency,quantity,costPerUnit\nNORTH,N,S,USD,1,1\n",
  );
  const second = await ask("/api/assets");
  expect([second.status, routed]).toEqual([200, 2]);
  expect(second.body).not.toBe(first.body);
});

it("looks at no file for health, and says what the last look found", async () => {
  await ask("/api/health");
  writeFileSync(join(folder, "holdings.csv"), "broken\n");
  expect((await ask("/api/health")).body).not.toContain("error");
  store.current();
  expect((await ask("/api/health")).body).toContain("holdings.csv");
});

it("keeps no refusal, and refuses a body at an address that is kept", async () => {
  await ask("/api/assets?sort=nothing");
  await ask("/api/assets?sort=nothing");
  expect(routed).toBe(2);
  await ask("/api/assets");
  expect((await ask("/api/assets", { "content-length": "1" })).status).toBe(413);
  expect((await ask("/api/assets", {}, "POST")).status).toBe(405);
  expect((await ask("/api/assets", {}, "HEAD")).body).toBe("");
});

it("keeps no answer to HEAD: it has no body", async () => {
  const head = await ask("/api/assets", {}, "HEAD");
  const get = await ask("/api/assets");
  expect([head.body, head.headers, routed]).toEqual(["", get.headers, 2]);
  expect(get.body).toContain("NORTH");
  expect(await ask("/api/assets", {}, "HEAD")).toEqual(head);
  expect(routed).toBe(2);
});

it("keeps no failure of a route, and no holding that is not there", async () => {
  for (const path of ["/api/assets/NOBODY", "/api/assets/NOBODY"]) {
    const { status, headers } = await ask(path);
    expect([status, headers.etag, headers["cache-control"]]).toEqual([404, undefined, "no-store"]);
  }
  expect(routed).toBe(2);
});

it("forgets what it keeps when that grows large", async () => {
  const path = (limit: number) => `/api/assets?include=insights,history&limit=${limit}`;
  const { body } = await ask(path(1));
  const isKept = async (limit: number) => {
    routed = 0;
    await ask(path(limit));
    return routed === 0;
  };
  expect(await isKept(1)).toBe(true);
  const enough = Math.ceil(8_000_000 / body.length);
  for (let limit = 2; limit <= enough + 2; limit++) await ask(path(limit));
  expect([await isKept(enough + 2), await isKept(1)]).toEqual([true, false]);
});
