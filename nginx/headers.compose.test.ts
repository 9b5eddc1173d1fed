import { randomUUID } from "node:crypto";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { aClient, askTooOften, compose, pause, port } from "./compose";

jest.setTimeout(240_000);

const routes = [
  "/",
  "/holdings",
  "/holdings/NORTH",
  "/insights",
  "/nothing",
  "/healthz",
  "/icon.svg",
  "/_next/static/nothing.js",
  "/api/assets",
  "/api/assets/NORTH",
  "/api/assets/nothing",
  "/api/assets?limit=0",
  "/api/insights",
  "/api/health",
  "/api/ready",
  "/api/openapi.json",
  "/api/nothing",
];
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
afterAll(() => agent.destroy());

/** Not `fetch`, which refuses some methods and joins headers that came twice. */
function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode: status = 0, rawHeaders } = response;
        resolve({ status, headers: response.headers, rawHeaders, body: Buffer.concat(chunks).toString() });
        sent.destroy();
      });
    });
    sent.on("error", reject);
    // An announced body never comes: the answer does not wait for it.
    if (headers["content-length"]) sent.flushHeaders();
    else sent.end();
  });
}

/** What the gateways send with everything, once. */
const expected: Record<string, RegExp> = {
  "x-request-id": /^[0-9a-f-]{32,36}$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^strict-origin-when-cross-origin$/,
  "permissions-policy": /^camera=\(\), /,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "cache-control": /\b(no-store|no-cache|max-age=\d+)\b/,
  "content-security-policy":
    /^default-src 'self'; script-src 'nonce-[0-9a-f]{32}' 'strict-dynamic'; style-src 'self' 'nonce-[0-9a-f]{32}'; /,
};

function problemsOf({ rawHeaders, headers, body }: Answer, overTls: boolean): string[] {
  const values = (name: string) => rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === name);
  const wrong = Object.entries(expected)
    .filter(([name, pattern]) => values(name).length !== 1 || !pattern.test(values(name)[0] ?? ""))
    .map(([name]) => `${name}: ${JSON.stringify(values(name))}`);
  const transport = values("strict-transport-security");
  if (transport.length !== (overTls ? 1 : 0)) wrong.push(`strict-transport-security: ${JSON.stringify(transport)}`);
  for (const name of ["x-powered-by", "x-accel-expires"]) if (headers[name]) wrong.push(`${name} is sent`);
  const foreign = nonces(body).filter((nonce) => nonce !== nonceOf(headers));
  if (foreign.length > 0) wrong.push(`nonces in the page that are not its own: ${foreign}`);
  if (/<(script|style)(?![^>]*\bnonce=)/.test(body)) wrong.push("a script or style without a nonce");
  return wrong;
}

const nonces = (body: string) => [...new Set([...body.matchAll(/\bnonce="([^"]*)"/g)].map(([, nonce]) => nonce))];
const nonceOf = (headers: IncomingHttpHeaders) =>
  /script-src 'nonce-([^']*)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";

interface Situation {
  readonly title: string;
  readonly headers: Record<string, string>;
  readonly path?: (route: string) => string;
}

const situations: readonly Situation[] = [
  { title: "first", headers: {} },
  { title: "again at once", headers: {} },
  { title: "with a cookie, so not from the cache", headers: { cookie: "a=b" } },
  { title: "as Next.js asks for a part of a page", headers: { rsc: "1" } },
  { title: "over TLS", headers: { "x-forwarded-proto": "https" } },
  { title: "compressed", headers: { "accept-encoding": "gzip" } },
  { title: "with a body that is too large", headers: { "content-length": "2000000" } },
  {
    title: "with an address that is too long",
    headers: {},
    path: (route) => `${route}${route.includes("?") ? "&" : "?"}${"long=".repeat(8000)}`,
  },
  { title: "with headers that are too large", headers: { "x-large": "x".repeat(17_000) } },
];

const seen = { combinations: new Set<string>(), statuses: new Set<number>(), nonces: new Map<string, string>() };
const problems: string[] = [];
const ids: string[] = [];

async function check(method: string, route: string, { title, headers, path = (same) => same }: Situation) {
  const id = randomUUID();
  ids.push(id);
  return judged(
    await ask(method, path(route), { "x-forwarded-for": aClient(), "x-request-id": id, ...headers }),
    `${method} ${route} ${title}`,
    "x-forwarded-proto" in headers,
  );
}

function judged(answer: Answer, request: string, overTls = false): Answer {
  const where = `${request}: ${answer.status}`;
  // Compressed bodies are not read here.
  const readable = answer.headers["content-encoding"] ? { ...answer, body: "" } : answer;
  problems.push(...problemsOf(readable, overTls).map((problem) => `${where}: ${problem}`));
  const nonce = nonceOf(answer.headers);
  const before = seen.nonces.get(nonce);
  if (before) problems.push(`${where}: the nonce of ${before}`);
  seen.nonces.set(nonce, where);
  seen.statuses.add(answer.status);
  seen.combinations.add(where);
  return answer;
}

/** What the frontend's gateway logged of the cache for the requests made so far. */
function cacheStates(): Map<string, number> {
  const counts = new Map<string, number>();
  const asked = new Set(ids);
  for (const [line] of compose("logs", "--no-color", "--no-log-prefix", "frontend-gateway").matchAll(/^\{.*\}$/gm)) {
    const { request_id: id, cache } = JSON.parse(line) as { request_id: string; cache: string };
    if (asked.has(id)) counts.set(cache, (counts.get(cache) ?? 0) + 1);
  }
  return counts;
}

it("sends every security header once, and a nonce that was never sent, with each route, method and status, from the cache or not", async () => {
  const page = (await ask("GET", "/")).body;
  const files = [/\/_next\/static\/[^"]+\.js/, /\/_next\/static\/[^"]+\.css/].map((file) => file.exec(page)?.[0] ?? "");
  for (const route of [...routes, ...files]) {
    for (const method of methods) {
      for (const situation of situations) await check(method, route, situation);
    }
  }
  // As a page gets older: shown once more while it is rendered anew, and then not any more.
  for (const title of ["a second later", "another second later"]) {
    await pause(1000 - (Date.now() % 1000) + 50);
    for (const route of ["/", "/holdings", "/insights"]) await check("GET", route, { title, headers: {} });
  }
  await pause(3100);
  await check("GET", "/", { title: "long after", headers: {} });

  for (const route of ["/api/assets", "/icon.svg", ...files]) {
    const { etag = "" } = (await ask("GET", route)).headers;
    await check("GET", route, { title: "as it is known already", headers: { "if-none-match": String(etag) } });
    await check("GET", route, { title: "in part", headers: { range: "bytes=0-9" } });
  }

  const one = { "x-forwarded-for": "203.0.113.1" };
  const flood = await askTooOften("/healthz", one);
  for (const { headers, ...answer } of flood) {
    const rawHeaders = Object.entries(headers).flatMap(([name, values = ""]) =>
      [values].flat().flatMap((value) => [name, value]),
    );
    judged({ ...answer, headers, rawHeaders }, "GET /healthz too often");
  }

  compose("stop", "--timeout", "1", "frontend", "backend");
  try {
    const dead = { title: "of a dead app", headers: {} };
    // All at once: while a name still leads to where nobody is, connecting takes its two seconds.
    await Promise.all([...routes, ...files].flatMap((route) => methods.map((method) => check(method, route, dead))));
  } finally {
    compose("up", "--wait", "--detach");
  }

  expect(problems.slice(0, 20)).toEqual([]);
  expect(seen.combinations.size).toBeGreaterThanOrEqual(500);
  expect(seen.nonces.size).toBe(ids.length + flood.length);
  const statuses = [200, 206, 304, 400, 404, 405, 413, 414, 429, 502];
  expect(statuses.filter((status) => !seen.statuses.has(status))).toEqual([]);
  const states = cacheStates();
  expect(["MISS", "HIT", "STALE", "EXPIRED", "BYPASS"].filter((state) => !states.has(state))).toEqual([]);
});
