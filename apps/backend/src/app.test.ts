import { join } from "node:path";
import type { z } from "zod";
import { createApp } from "./app";
import { Log } from "./log";
import type { assetsSchema } from "./routes/assets";
import { PortfolioStore } from "./store/portfolio-store";

const lines: string[] = [];
const app = createApp({
  store: new PortfolioStore(join(__dirname, "../data/sample")),
  log: new Log("info", (line) => lines.push(line)),
});

beforeEach(() => {
  lines.length = 0;
});

async function getJson<Answer = unknown>(path: string): Promise<Answer> {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

it("answers health with the state of the portfolio", async () => {
  expect(await getJson("/api/health")).toMatchObject({ status: "ok", portfolio: { name: "sample", sample: true } });
});

it("answers assets whose weights add up to one", async () => {
  const { assets, allocation, totals } = await getJson<z.infer<typeof assetsSchema>>("/api/assets");
  const weights = (rows: readonly { weight: number }[]) => rows.reduce((total, { weight }) => total + weight, 0);
  expect(assets).toHaveLength(8);
  expect(weights(assets)).toBeCloseTo(1, 12);
  expect(weights(allocation)).toBeCloseTo(1, 12);
  expect(totals.value - totals.cost).toBeCloseTo(totals.gain, 6);
});

it("answers the same insights alone and with the assets", async () => {
  const { insights, ...rest } = await getJson<z.infer<typeof assetsSchema>>("/api/assets?include=insights");
  expect(insights).toEqual(await getJson("/api/insights"));
  expect(rest).toEqual(await getJson("/api/assets"));
});

it("refuses an unknown include and names it", async () => {
  const response = await app.request("/api/assets?include=everything");
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 400, detail: expect.stringContaining("include") });
});

it("answers an unknown path with a problem", async () => {
  const response = await app.request("/api/nothing");
  expect([response.status, await response.json()]).toEqual([
    404,
    expect.objectContaining({ title: "Not Found", detail: "No GET /api/nothing" }),
  ]);
});

it("describes every route", async () => {
  const { openapi, paths } = await getJson<{ openapi: string; paths: object }>("/api/openapi.json");
  expect(openapi).toBe("3.1.0");
  expect(Object.keys(paths).sort()).toEqual([
    "/api/assets",
    "/api/assets/{id}",
    "/api/health",
    "/api/insights",
    "/api/ready",
  ]);
});

it("logs one line a request, with the id it was given", async () => {
  const response = await app.request("/api/assets", { headers: { "x-request-id": "request-0001" } });
  expect(response.headers.get("x-request-id")).toBe("request-0001");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ service: "backend", request_id: "request-0001", path: "/api/assets", status: 200 }),
  ]);
});

it.each([
  ["/api/assets", "private, no-cache"],
  ["/api/insights", "private, no-cache"],
  ["/api/health", "no-store"],
  ["/api/nothing", "no-store"],
  ["/api/openapi.json", "public, max-age=300"],
])("says who may keep %s, and for how long", async (path, cacheControl) => {
  expect((await app.request(path)).headers.get("cache-control")).toBe(cacheControl);
});

it("answers a failure with a problem that tells nothing, and logs its reason with the id", async () => {
  const store = new PortfolioStore(join(__dirname, "../data/sample"));
  store.current = () => {
    throw new Error("disk on fire");
  };
  const failing = createApp({ store, log: new Log("error", (line) => lines.push(line)) });
  const response = await failing.request("/api/assets", { headers: { "x-request-id": "request-0002" } });
  expect([response.status, response.headers.get("x-request-id")]).toEqual([500, "request-0002"]);
  expect(await response.json()).toEqual({
    type: "about:blank",
    title: "Internal Server Error",
    status: 500,
    requestId: "request-0002",
  });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: "error", request_id: "request-0002", message: "disk on fire" }),
  ]);
});

it("replaces an id that could break a log line", async () => {
  const response = await app.request("/api/assets", { headers: { "x-request-id": 'x"} {' } });
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});
