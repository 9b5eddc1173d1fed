import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { get } from "node:http";
import { json } from "node:stream/consumers";
import { request } from "undici";
import { compose, pause } from "./compose";

jest.setTimeout(120_000);

/** Answers with the headers that it got. */
const echo = `require("node:http").createServer((q, a) => q.resume().on("end", () => a.end(JSON.stringify(q.headers)))).listen(3000)`;
const echoName = `echo-${randomUUID()}`;
const started: string[] = [];

/** A container of its own, of a service of the compose file. */
function start(...args: string[]): string {
  const id = compose("run", "--detach", "--no-deps", ...args).trim();
  started.push(id);
  return id;
}

function startGateway(template: string): string {
  const environment = { TEMPLATE: template, APP_UPSTREAM: `${echoName}:3000`, BACKEND_URL: `http://${echoName}:3000` };
  const variables = Object.entries(environment).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const id = start(...variables, "--publish", "127.0.0.1::8080", "frontend-gateway");
  return `http://${execFileSync("docker", ["port", id, "8080"], { encoding: "utf8" }).trim()}`;
}

const gateways = { frontend: "", backend: "" };

beforeAll(async () => {
  start("--name", echoName, "frontend", "node", "-e", echo);
  gateways.frontend = startGateway("frontend");
  gateways.backend = startGateway("backend");
  for (const address of Object.values(gateways)) await untilItAnswers(`${address}/api/`);
});

afterAll(() => {
  if (started.length > 0) execFileSync("docker", ["rm", "--force", "--volumes", ...started]);
});

async function untilItAnswers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await request(address).catch(() => undefined);
    await answer?.body.dump();
    if (answer?.statusCode === 200) return;
    await pause(200);
  }
  throw new Error(`Nothing answers at ${address}`);
}

/** Not by undici, which refuses to ask for another protocol. */
function received(address: string, headers: Record<string, string>): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, (answer) =>
      json(answer).then((read) => resolve(read as Record<string, string>), reject),
    ).on("error", reject);
  });
}

const [traceparent, amazonTrace] = [
  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  "Root=1-67891233-abcdef",
];
const passedOn = {
  "x-request-id": "an-id-of-a-client",
  "x-forwarded-proto": "https",
  traceparent,
  "x-amzn-trace-id": amazonTrace,
  cookie: "a=b",
  authorization: "Basic YTpi",
};
const passedOnToApi = {
  ...passedOn,
  accept: "application/json",
  "accept-encoding": "gzip",
  "if-none-match": '"1"',
  "content-type": "application/json",
  origin: "https://example.com",
  "access-control-request-method": "PUT",
  "access-control-request-headers": "content-type",
};

/** Where requests go: to the frontend app, to it for a static file of another release, to the backend's gateway, and from there to its app. */
const ways = [
  ["a page", "frontend", "/", passedOn, ["content-security-policy"]],
  ["a static file", "frontend", "/_next/static/nothing.js", passedOn, []],
  ["the API", "frontend", "/api/assets", passedOnToApi, []],
  ["the API behind its gateway", "backend", "/api/assets", passedOnToApi, []],
] as const;

it.each(ways)("passes what is listed, and nothing else, on to %s", async (_, gateway, path, expected, added) => {
  const random = Object.fromEntries(Array.from({ length: 40 }, () => [`h${randomUUID()}`, "1"]));
  const known = {
    connection: "Upgrade, X-Request-Id",
    upgrade: "websocket",
    rsc: "1",
    "next-action": "1",
    "x-middleware-prefetch": "1",
    "x-forwarded-host": "elsewhere",
    "content-security-policy": "script-src 'nonce-of-a-client'",
    "user-agent": "Twitterbot",
    "sec-fetch-dest": "script",
    "x-forwarded-for": "203.0.113.9",
  };
  const headers = await received(gateways[gateway] + path, { ...passedOnToApi, ...known, ...random });
  expect(headers).toMatchObject(expected);
  expect(headers["content-security-policy"] ?? "").not.toContain("of-a-client");
  const own = ["host", "x-forwarded-for", ...added];
  expect(Object.keys(headers).sort()).toEqual([...own, ...Object.keys(expected)].sort());
});

it.each(ways)("passes a body on to %s with its length, over a connection that stays open", async (_, gateway, path) => {
  const { statusCode, body } = await request(gateways[gateway] + path, { method: "POST", body: "12345" });
  expect(statusCode).toBe(200);
  const { "content-length": length, connection } = (await body.json()) as Record<string, string>;
  expect([length, connection]).toEqual(["5", undefined]);
});

it.each(ways)("drops what does not look like a protocol or a trace on the way to %s", async (_, gateway, path) => {
  const headers = {
    "x-forwarded-proto": "ftp",
    traceparent: `${traceparent}-x`,
    "x-amzn-trace-id": '"',
    "x-request-id": '"',
  };
  const got = await received(gateways[gateway] + path, { ...headers, cookie: "uncached=1" });
  for (const name of ["x-forwarded-proto", "traceparent", "x-amzn-trace-id"]) expect(got[name]).toBeUndefined();
  expect(got["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
});
