import { randomUUID } from "node:crypto";
import { address, askTooOften, compose, pagesAreNew } from "./compose";

jest.setTimeout(60_000);

const get = (path: string, headers: Record<string, string> = {}) => fetch(address + path, { headers });

/** What a service logged of requests whose id has this in it. */
const linesOf = (service: string, id: string) =>
  compose("logs", "--no-color", "--no-log-prefix", service)
    .split("\n")
    .filter((line) => line.includes(id));
const logged = (id: string) => JSON.parse(linesOf("frontend-gateway", id)[0] ?? "null");

/** A header that is sent twice arrives joined by a comma. */
function expectHeadersOnce({ headers }: Response): void {
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'self';[^,]*$/);
  expect(headers.get("server")).toBe("nginx");
  expect(headers.get("x-powered-by")).toBeNull();
}

beforeAll(async () => {
  await get("/").catch(() => {
    throw new Error(`Nothing answers at ${address}. Start it with: docker compose up --wait --build`);
  });
});

it.each(["/", "/api/health", "/api/assets", "/api/insights"])("answers %s", async (path) => {
  expect((await get(path)).status).toBe(200);
});

it.each([
  ["a page", "/", 200],
  ["the API", "/api/assets", 200],
  ["an unknown page", "/nothing", 404],
  ["an unknown path of the API", "/api/nothing", 404],
])("sends every security header once with %s", async (_, path, status) => {
  const response = await get(path);
  expect(response.status).toBe(status);
  expectHeadersOnce(response);
});

it.each([
  [`/?asked-first=${randomUUID()}`, { "frontend-gateway": 1, frontend: 1, "backend-gateway": 1, backend: 1 }],
  ["/api/assets", { "frontend-gateway": 1, frontend: 0, "backend-gateway": 1, backend: 1 }],
  ["/api/health", { "frontend-gateway": 1, frontend: 0, "backend-gateway": 1, backend: 1 }],
])("leaves one line with the request's id in each log on the way of %s", async (path, expected) => {
  const id = randomUUID();
  expect((await get(path, { "x-request-id": id })).headers.get("x-request-id")).toBe(id);
  const counts = Object.keys(expected).map((service) => [service, linesOf(service, id).length]);
  expect(Object.fromEntries(counts)).toEqual(expected);
});

it("does not take an id that could break a log line", async () => {
  const response = await get("/api/health", { "x-request-id": 'bad" id' });
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
});

it("compresses at the gateway", async () => {
  expect((await get("/", { "accept-encoding": "gzip" })).headers.get("content-encoding")).toBe("gzip");
});

it("answers static files itself, compressed when they were built, to be kept for good", async () => {
  const [file = ""] = /\/_next\/static\/[^"]+\.js/.exec(await (await get("/")).text()) ?? [];
  const id = randomUUID();
  const response = await get(file, { "x-request-id": id, "accept-encoding": "gzip" });
  expect([response.status, response.headers.get("content-encoding")]).toEqual([200, "gzip"]);
  expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  // Compressed on the way, it would have no length.
  const gzipped = Number(response.headers.get("content-length"));
  const plain = await get(file, { "accept-encoding": "identity" });
  const brotli = await get(file, { "accept-encoding": "gzip, deflate, br" });
  expect(brotli.headers.get("content-encoding")).toBe("br");
  expect(brotli.headers.get("vary")).toBe("Accept-Encoding");
  expect(Number(brotli.headers.get("content-length"))).toBeLessThan(gzipped);
  expect(await brotli.text()).toBe(await plain.text());
  expectHeadersOnce(brotli);
  expect(logged(id)).toMatchObject({ status: 200, upstream_s: "" });
  const unknown = await get("/_next/static/nothing.js");
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get("cache-control")).toContain("no-store");
});

it("renders a page once for all who ask at the same time", async () => {
  const many = `many-${randomUUID()}`;
  const ask = (_: unknown, index: number) => get(`/?${many}`, { "x-request-id": `${many}-${index}` });
  const pages = await Promise.all(Array.from({ length: 40 }, ask));
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
  // Twice when a second ends meanwhile.
  expect([1, 2]).toContain(linesOf("frontend", many).length);
});

it("writes down the load balancer's trace with each request, or the caller's", async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  await get("/api/assets", {
    "x-request-id": first,
    traceparent,
    "x-amzn-trace-id": "Self=1-1-1;Root=1-67891233-abcdef012345678912345678",
  });
  await get("/api/assets", { "x-request-id": second, traceparent });
  expect(logged(first).trace_id).toBe("1-67891233-abcdef012345678912345678");
  expect(logged(second).trace_id).toBe("0af7651916cd43dd8448eb211c80319c");
});

it("refuses a client that asks too often, and no other", async () => {
  const client = { "x-forwarded-for": "203.0.113.7" };
  const answers = await askTooOften("/healthz", client);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
  expect((await get("/healthz", { "x-forwarded-for": "203.0.113.7, 203.0.113.8" })).status).toBe(200);
});

it("keeps the API's container out of reach of the frontend's", () => {
  const fetchFromFrontend = (url: string) =>
    compose(
      "exec",
      "-T",
      "frontend",
      "node",
      "-e",
      `fetch('${url}',{signal:AbortSignal.timeout(3000)}).then(r=>console.log(r.status),e=>console.log('unreachable'))`,
    ).trim();
  expect(fetchFromFrontend("http://backend:8000/api/health")).toBe("unreachable");
  expect(fetchFromFrontend("http://backend-gateway:8080/api/health")).toBe("200");
  const ip = compose("exec", "-T", "backend", "hostname", "-i").trim();
  expect(fetchFromFrontend(`http://${ip}:8000/api/health`)).toBe("unreachable");
});

/** The page after a change of the holdings by a shell script; the file is put back. */
async function pageAfter(change: string): Promise<string> {
  const inBackend = (script: string) => compose("exec", "-T", "backend", "sh", "-c", `cd /data/portfolio && ${script}`);
  inBackend("cp holdings.csv ../holdings.backup");
  try {
    inBackend(change);
    await pagesAreNew();
    return await (await get("/")).text();
  } finally {
    inBackend("mv ../holdings.backup holdings.csv");
  }
}

it("shows the portfolio as it was at most a little over two seconds ago", async () => {
  const name = `Renamed ${randomUUID()}`;
  expect(await pageAfter(`sed -i '2s/,[^,]*,/,${name},/' holdings.csv`)).toContain(name);
  await pagesAreNew();
  expect(await (await get("/")).text()).not.toContain(name);
});

it("shows a portfolio without holdings as empty", async () => {
  expect(await pageAfter("sed -i '2,$d' holdings.csv")).toMatch(/no holdings|empty/i);
});

it("keeps the last good data when a change breaks the portfolio, and names the line and column", async () => {
  const page = await pageAfter("sed -i '2s/142/many/' holdings.csv");
  expect(page).toContain("Showing the last good data");
  expect(page).toContain("holdings.csv line 2, column quantity");
});

it.each([
  ["the API is", ["backend"]],
  ["the API and its gateway are", ["backend", "backend-gateway"]],
])("says so when %s down, and recovers by itself", async (_, services) => {
  compose("stop", ...services);
  try {
    await pagesAreNew();
    const page = await get("/");
    expect([page.status, page.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await page.text()).toContain("The data service does not answer");
    const api = await get("/api/assets");
    // Nobody is at the address of a stopped container, not even to refuse: while the name still leads there, connecting times out.
    expect([502, 504]).toContain(api.status);
    expect([api.headers.get("content-type"), await api.json()]).toEqual([
      "application/problem+json",
      expect.objectContaining({ status: api.status }),
    ]);
    expectHeadersOnce(api);
  } finally {
    compose("up", "--wait", "--detach");
  }
  expect((await get("/api/assets")).status).toBe(200);
  expect(await (await get("/")).text()).toContain("NORTH");
});

it("gives up on an API that hangs before its callers do, so that the error is the API's own", async () => {
  const [page, direct] = [randomUUID(), randomUUID()];
  compose("pause", "backend");
  try {
    await pagesAreNew();
    const [shown, api] = await Promise.all([
      get("/", { "x-request-id": page }),
      get("/api/assets?limit=1", { "x-request-id": direct }),
    ]);
    const reason = /status \d+|timed out/.exec(await shown.text())?.[0];
    expect([shown.status, reason]).toEqual([503, "status 504"]);
    expect([api.status, await api.json()]).toEqual([504, expect.objectContaining({ status: 504 })]);
  } finally {
    compose("unpause", "backend");
  }
  // 499 would be a caller that hung up, and no error to anybody.
  for (const id of [page, direct]) {
    expect(linesOf("backend-gateway", id).map((line) => JSON.parse(line).status)).toEqual([504]);
  }
});
