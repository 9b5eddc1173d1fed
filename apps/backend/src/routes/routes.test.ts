import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../app";
import { Log } from "../log";
import { PortfolioStore } from "../store/portfolio-store";

const sample = join(__dirname, "../../data/sample");
let folder: string;
let store: PortfolioStore;
let app: ReturnType<typeof createApp>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "routes-"));
  cpSync(sample, folder, { recursive: true });
  store = new PortfolioStore(folder);
  app = createApp({ store, log: new Log("error", () => {}) });
});
afterEach(() => rmSync(folder, { recursive: true }));

it("compares the sample with its benchmark, and counts its income", async () => {
  expect(await (await app.request("/api/insights")).json()).toMatchObject({
    benchmark: { symbol: "WORLD", beta: expect.any(Number) },
    riskFreeRate: 0.03,
    income: { amount: expect.any(Number) },
  });
});

it.each([
  "sort=price,asc",
  "limit=0",
  "limit=1001",
  "limit=1e2",
  "limit=ten",
  "limit=1&limit=2",
  "offset=-1",
  "sorting=name",
  "search=",
  "include=insights,everything",
])("refuses ?%s, and names the parameter", async (query) => {
  const response = await app.request(`/api/assets?${query}`);
  expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(await response.json()).toMatchObject({
    title: "Bad Request",
    errors: [expect.objectContaining({ parameter: query.split("=")[0] })],
  });
});

it("answers one asset with the closes of some days", async () => {
  const { asset, history } = (await (await app.request("/api/assets/NORTH?from=2026-11-16&to=2026-11-18")).json()) as {
    asset: { symbol: string };
    history: object[];
  };
  expect(asset.symbol).toBe("NORTH");
  expect(history).toEqual([
    expect.objectContaining({ date: "2026-11-16" }),
    expect.objectContaining({ date: "2026-11-17" }),
    expect.objectContaining({ date: "2026-11-18" }),
  ]);
});

it.each([
  ["/api/assets/NOBODY", 404],
  ["/api/assets/%F0%9F", 404],
  ["/api/assets/..%2Fholdings.csv", 404],
  ["/api/assets/NORTH?from=yesterday", 400],
])("answers %s with a problem", async (path, status) => {
  const response = await app.request(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
});

it("shows closes as they were, and in today's units", async () => {
  writeFileSync(join(folder, "splits.csv"), "date,symbol,ratio\n2026-11-18,NORTH,4:1\n");
  const { history, splits } = (await (await app.request("/api/assets/NORTH?from=2026-11-17")).json()) as {
    history: { close: number; adjustedClose: number }[];
    splits: object[];
  };
  expect(history.map(({ close, adjustedClose }) => close / adjustedClose)).toEqual([4, 1, 1, 1]);
  expect(splits).toEqual([{ date: "2026-11-18", ratio: 4 }]);
});

it("says with the numbers what to know of the files, and where it is", async () => {
  const warningsOf = async (path: string) => {
    const { source, portfolio } = (await (await app.request(path)).json()) as Record<string, { warnings: object[] }>;
    return (source ?? portfolio)?.warnings;
  };
  expect(await warningsOf("/api/assets")).toEqual([]);
  writeFileSync(join(folder, "transactions.csv"), "date,symbol,quantity,price\n2026-11-18,NORTH,100,107\n");
  const warning = { file: "holdings.csv", line: 2, column: "quantity", detail: expect.stringContaining("sum to 100") };
  for (const path of ["/api/assets", "/api/assets/NORTH", "/api/health"]) {
    expect(await warningsOf(path)).toEqual([warning]);
  }
});

it("adds the history on request", async () => {
  const { history } = (await (await app.request("/api/insights?include=history")).json()) as { history: object[] };
  const assets = (await (await app.request("/api/assets?include=insights,history")).json()) as { history: object[] };
  expect(history.length).toBeGreaterThan(200);
  expect(assets.history).toEqual(history);
});

describe("asked with an ETag", () => {
  const get = (path: string, etag?: string | null) =>
    app.request(path, { headers: etag === undefined ? {} : { "if-none-match": String(etag) } });

  it.each(["/api/assets", "/api/assets?limit=2", "/api/insights", "/api/assets/NORTH"])(
    "answers 304 to %s until the data is another",
    async (path) => {
      const etag = (await get(path)).headers.get("etag");
      const again = await get(path, etag);
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
      expect((await get(path, `"other", ${etag}`)).status).toBe(304);
      expect((await get(path, '"other"')).status).toBe(200);
      cpSync(join(sample, "holdings.csv"), join(folder, "holdings.csv"));
      expect((await get(path, etag)).status).toBe(304);
      writeFileSync(
        join(folder, "holdings.csv"),
        "symbol,name,assetClass,currency,quantity,costPerUnit\nNORTH,N,S,USD,1,1\n",
      );
      expect((await get(path, etag)).status).toBe(200);
    },
  );

  it("answers anew when newer files are broken: the page says so", async () => {
    const etag = (await get("/api/assets")).headers.get("etag");
    writeFileSync(join(folder, "holdings.csv"), "broken\n");
    expect((await get("/api/assets", etag)).status).toBe(200);
  });
});

it("is refused with what no route takes", async () => {
  const refused = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, init);
    return [response.status, response.headers.get("content-type")];
  };
  expect(await refused(`/api/assets?search=${"x".repeat(8000)}`)).toEqual([414, "application/problem+json"]);
  const headers = { "content-length": "1" };
  expect(await refused("/api/assets", { method: "POST", body: "x", headers })).toEqual([
    413,
    "application/problem+json",
  ]);
});

it.each(["/api/assets", "/api/assets/NORTH", "/api/health", "/api/openapi.json"])(
  "allows %s to be read only",
  async (path) => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const response = await app.request(path, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
    expect((await app.request(path, { method: "HEAD" })).status).toBe(200);
  },
);

it("is ready while the newest files are shown, and healthy in any case", async () => {
  const status = async (path: string) => (await app.request(path)).status;
  expect([await status("/api/ready"), await status("/api/health")]).toEqual([200, 200]);
  writeFileSync(join(folder, "closes.csv"), "broken\n");
  expect([await status("/api/ready"), await status("/api/health")]).toEqual([503, 200]);
  cpSync(sample, folder, { recursive: true });
  store.objects = { ok: false, detail: "ECONNREFUSED" };
  const response = await app.request("/api/ready");
  expect([response.status, await response.json()]).toEqual([
    503,
    expect.objectContaining({ detail: "objects: ECONNREFUSED" }),
  ]);
});

it("describes each figure with its formula, period, unit and source", async () => {
  const { components } = (await (await app.request("/api/openapi.json")).json()) as {
    components: { schemas: Record<string, { properties: Record<string, { description?: string }> }> };
  };
  const { properties } = components.schemas.Insights ?? { properties: {} };
  for (const name of ["timeWeightedReturn", "annualisedReturn", "volatility", "sharpeRatio", "maxDrawdown"]) {
    expect(properties[name]?.description).toMatch(/Period: [\s\S]*Source: /);
  }
  for (const name of ["timeWeightedReturn", "volatility", "sharpeRatio"]) {
    expect(properties[name]?.description).toContain("Unit: ");
  }
});
