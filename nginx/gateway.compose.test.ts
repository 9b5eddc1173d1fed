import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";

const address = `http://127.0.0.1:${process.env.PORT ?? 8080}`;
const compose = (...args: string[]) =>
  execFileSync("docker", ["compose", ...args], { encoding: "utf8", stdio: "pipe" });
jest.setTimeout(60_000);

const get = (path: string, headers: Record<string, string> = {}) => fetch(address + path, { headers });

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
  // A header that is sent twice arrives joined by a comma.
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("x-frame-options")).toBe("DENY");
  expect(response.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
  expect(response.headers.get("server")).toBe("nginx");
  expect(response.headers.get("x-powered-by")).toBeNull();
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

it("renders the page from the portfolio as it is at the time of the request", async () => {
  const inBackend = (script: string) => compose("exec", "-T", "backend", "sh", "-c", script);
  const name = `Renamed ${randomUUID()}`;
  inBackend("cp /data/portfolio/holdings.csv /data/holdings.backup");
  try {
    inBackend(`sed -i '2s/,[^,]*,/,${name},/' /data/portfolio/holdings.csv`);
    expect(await (await get("/")).text()).toContain(name);
  } finally {
    inBackend("mv /data/holdings.backup /data/portfolio/holdings.csv");
  }
  expect(await (await get("/")).text()).not.toContain(name);
});

it("says so when the backend is down, and recovers by itself", async () => {
  compose("stop", "backend", "backend-gateway");
  try {
    const page = await get("/");
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/does not answer|not answering|unavailable/i);
    const api = await get("/api/assets");
    expect([api.status, api.headers.get("content-type")]).toEqual([502, "application/problem+json"]);
  } finally {
    compose("up", "--wait", "--detach");
  }
  expect((await get("/api/assets")).status).toBe(200);
  expect(await (await get("/")).text()).toContain("NORTH");
});
