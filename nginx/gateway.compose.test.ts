import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

const address = `http://127.0.0.1:${process.env.PORT ?? 8080}`;
const compose = (...args: string[]) =>
  execFileSync("docker", ["compose", ...args], { cwd: join(__dirname, ".."), encoding: "utf8", stdio: "pipe" });
jest.setTimeout(60_000);

const get = (path: string, headers: Record<string, string> = {}) => fetch(address + path, { headers });

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
  ["/", { "frontend-gateway": 1, frontend: 1, "backend-gateway": 1, backend: 1 }],
  ["/api/assets", { "frontend-gateway": 1, frontend: 0, "backend-gateway": 1, backend: 1 }],
  ["/api/health", { "frontend-gateway": 1, frontend: 0, "backend-gateway": 1, backend: 1 }],
])("leaves one line with the request's id in each log on the way of %s", async (path, expected) => {
  const id = randomUUID();
  expect((await get(path, { "x-request-id": id })).headers.get("x-request-id")).toBe(id);
  const lines = compose("logs", "--no-color")
    .split("\n")
    .filter((line) => line.includes(id));
  const count = (service: string) => lines.filter((line) => new RegExp(`^${service}-1\\s`).test(line)).length;
  expect(Object.fromEntries(Object.keys(expected).map((service) => [service, count(service)]))).toEqual(expected);
});

it("does not take an id that could break a log line", async () => {
  const response = await get("/api/health", { "x-request-id": 'bad" id' });
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
});

it("compresses at the gateway", async () => {
  expect((await get("/", { "accept-encoding": "gzip" })).headers.get("content-encoding")).toBe("gzip");
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
    return await (await get("/")).text();
  } finally {
    inBackend("mv ../holdings.backup holdings.csv");
  }
}

it("renders the page from the portfolio as it is at the time of the request", async () => {
  const name = `Renamed ${randomUUID()}`;
  expect(await pageAfter(`sed -i '2s/,[^,]*,/,${name},/' holdings.csv`)).toContain(name);
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
    const page = await get("/");
    expect(page.status).toBe(200);
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
