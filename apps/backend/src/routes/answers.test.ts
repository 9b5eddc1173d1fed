import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";

const headers = { "x-request-id": "request-0001" };
const spoilt = "holdings.csv line 1: has no column symbol";
let folder: string;
let store: PortfolioStore;
let app: ReturnType<typeof createApp>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "answers-"));
  cpSync(join(__dirname, "../../data/sample"), folder, { recursive: true });
  store = new PortfolioStore(folder);
  app = createApp({ store, log: new Log("error", () => {}) });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ask(path: string, init: RequestInit = {}) {
  const response = await app.request(path, { ...init, headers: { ...headers, ...init.headers } });
  return { status: response.status, body: await response.json() };
}

describe("/api/ready", () => {
  it("says of each check that it passes", async () => {
    store.objects = { ok: true, detail: "holdings.csv 1" };
    const { source } = store.current();
    expect(await ask("/api/ready")).toEqual({
      status: 200,
      body: {
        status: "ready",
        checks: [
          { id: "files", ok: true, detail: "can be read" },
          { id: "shown", ok: true, detail: `as of ${source.loadedAt}` },
          { id: "objects", ok: true, detail: "holdings.csv 1" },
        ],
      },
    });
  });

  it("says of all that fail why, one after the other, and of the others that they pass", async () => {
    rmSync(folder, { recursive: true });
    store.objects = { ok: false, detail: "ECONNREFUSED" };
    const gone = `${folder}: cannot be read: ENOENT`;
    expect(await ask("/api/ready")).toEqual({
      status: 503,
      body: {
        type: "about:blank",
        title: "Service Unavailable",
        status: 503,
        detail: `files: ${gone}; shown: ${gone}; objects: ECONNREFUSED`,
        checks: [
          { id: "files", ok: false, detail: gone },
          { id: "shown", ok: false, detail: gone },
          { id: "objects", ok: false, detail: "ECONNREFUSED" },
        ],
        requestId: "request-0001",
      },
    });
  });

  it("fails for files that can be read and are no portfolio", async () => {
    writeFileSync(join(folder, "holdings.csv"), "name\n");
    const { status, body } = await ask("/api/ready");
    expect([status, body]).toMatchObject([
      503,
      { detail: expect.stringMatching(new RegExp(`^shown: ${spoilt}`)), checks: [{ ok: true }, { ok: false }] },
    ]);
  });
});

it.each([
  ["/api/assets?limit=ten", ["limit: must be a whole number"]],
  ["/api/assets?limit=01", ["limit: must be a whole number"]],
  ["/api/assets?limit=0", ["limit: must be 1 to 1000"]],
  ["/api/assets?limit=1001", ["limit: must be 1 to 1000"]],
  ["/api/assets?offset=100001", ["offset: must be 0 to 100000"]],
  ["/api/assets?currency=usd", ["currency: must be a currency code of three capitals"]],
  [
    "/api/assets?include=insights;history",
    ["include: must be insights, history, sparklines, or several of them with commas"],
  ],
  ["/api/assets?sorting=name&first=1", ['sorting, first: Unrecognized keys: "sorting", "first"']],
  [
    "/api/assets?limit=0&currency=EURO",
    ["currency: must be a currency code of three capitals", "limit: must be 1 to 1000"],
  ],
])("refuses %s, and says of each parameter what is allowed", async (path, details) => {
  const errors = details.map((detail) => {
    const [parameter, ...words] = detail.split(": ");
    return { parameter, detail: words.join(": ") };
  });
  expect(await ask(path)).toEqual({
    status: 400,
    body: {
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: details.join("; "),
      errors,
      requestId: "request-0001",
    },
  });
});

it.each([
  ["/api/assets?limit=1&offset=0", 200],
  ["/api/assets?limit=1000&offset=100000", 200],
  ["/api/assets?include=insights,history,sparklines", 200],
  [`/api/assets?search=${"x".repeat(64)}`, 200],
  [`/api/assets?search=${"x".repeat(65)}`, 400],
  ["/api/assets?search=", 400],
  ["/api/assets?sector=", 400],
  [`/api/assets?assetClass=${"x".repeat(65)}`, 400],
  ["/api/assets?include=xinsights", 400],
  ["/api/assets?include=insights,", 400],
  ["/api/assets?currency=xUSD", 400],
  ["/api/assets?currency=USDx", 400],
  ["/api/assets?limit=x1", 400],
  ["/api/assets?limit=1x", 400],
  ["/api/insights?include=history", 200],
  ["/api/insights?include=insights", 400],
  ["/api/insights?includes=history", 400],
  ["/api/assets/NORTH?until=2026-11-20", 400],
  [`/api/assets/${"x".repeat(64)}`, 404],
  [`/api/assets/${"x".repeat(65)}`, 400],
])("answers %s with %d", async (path, status) => expect((await ask(path)).status).toBe(status));

it.each([
  ["/api/assets/NOBODY", {}, 404, 'No holding has the symbol "NOBODY"'],
  ["/api/nothing", { method: "POST" }, 404, "No POST /api/nothing"],
  ["/api/assets", { method: "DELETE" }, 405, "DELETE is not among GET, HEAD"],
  ["/api/assets", { headers: { "content-length": "1" } }, 413, "No route takes a body"],
  ["/api/assets", { headers: { "transfer-encoding": "chunked" } }, 413, "No route takes a body"],
  [`/api/assets?${"x".repeat(7989)}`, {}, 414, "The address has 8001 characters; at most 8000 are taken"],
])("refuses %.40s %j and says why", async (path, init, status, detail) => {
  expect(await ask(path, init)).toMatchObject({ status, body: { status, detail, requestId: "request-0001" } });
});

it("takes an address of 8000 characters, and a body of none", async () => {
  expect((await ask(`/api/assets?${"x".repeat(7988)}`)).status).toBe(400);
  expect((await ask("/api/assets", { headers: { "content-length": "0" } })).status).toBe(200);
});

it("answers one asset with what happened from one day to another, both included", async () => {
  const write = (table: string, ...rows: string[]) =>
    writeFileSync(join(folder, `${table}.csv`), `${rows.join("\n")}\n`);
  const days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"];
  write("splits", "date,symbol,ratio", ...days.map((day) => `${day},NORTH,2`));
  write("dividends", "date,symbol,amount", ...days.map((day) => `${day},NORTH,1`));
  write("transactions", "date,symbol,quantity,price", ...days.map((day) => `${day},NORTH,-1,50`));
  const datesOf = async (query: string) => {
    const { body } = await ask(`/api/assets/NORTH?${query}`);
    const { history, splits, dividends, transactions } = body as Record<string, { date: string }[]>;
    return [history, splits, dividends, transactions].map((items) => items?.map(({ date }) => date));
  };
  const inside = days.slice(1, 3);
  expect(await datesOf("from=2026-11-17&to=2026-11-18")).toEqual([inside, inside, inside, inside]);
  const [, ...all] = await datesOf("");
  expect(all).toEqual([days, days, days]);
  expect((await datesOf("from=2026-11-18"))[1]).toEqual(days.slice(2));
  expect((await datesOf("to=2026-11-17"))[1]).toEqual(days.slice(0, 2));
});

it("answers one asset without events with none, and the whole portfolio's day and currency", async () => {
  const { body } = await ask("/api/assets/CASHM?from=2026-11-20");
  expect(body).toMatchObject({
    asOf: store.current().analytics.asOf,
    currency: "USD",
    source: { name: expect.any(String) },
    splits: [],
    transactions: [],
  });
});

it("adds to assets what is asked for, and nothing else", async () => {
  const membersOf = async (include: string) => {
    const { body } = await ask(`/api/assets?limit=1${include}`);
    const { assets, ...rest } = body as { assets: object[] };
    const optional = ["insights", "history"].filter((member) => member in rest);
    return [...optional, ...("sparkline" in (assets[0] ?? {}) ? ["sparkline"] : [])];
  };
  expect([
    await membersOf(""),
    await membersOf("&include=history"),
    await membersOf("&include=sparklines,insights"),
  ]).toEqual([[], ["history"], ["insights", "sparkline"]]);
  expect("history" in ((await ask("/api/insights")).body as object)).toBe(false);
});

it("links pages with all that was asked for, and none where there is no other", async () => {
  const linkOf = async (query: string) => (await app.request(`/api/assets?${query}`)).headers.get("link");
  expect(await linkOf("sort=name&limit=3")).toBe('<?sort=name&limit=3&offset=3>; rel="next"');
  expect(await linkOf("limit=3&offset=2")).toBe('<?limit=3&offset=5>; rel="next", <?limit=3&offset=0>; rel="prev"');
  expect(await linkOf("limit=3&offset=5")).toBe('<?limit=3&offset=2>; rel="prev"');
  expect(await linkOf("limit=8")).toBeNull();
});
