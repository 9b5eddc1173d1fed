import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "undici";
import { aClient, address, compose, exchange, pause, statusOf } from "./compose";

jest.setTimeout(240_000);

/** Does all of it, some at a time. */
async function each<Item>(items: readonly Item[], atOnce: number, act: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** How much an app has open (it is the only child of its container's init), and the connections that only the other side has closed. */
function descriptorsOf(service: string): { readonly open: number; readonly halfClosed: number } {
  const script = `
    const { readdirSync, readFileSync } = require("node:fs");
    const app = readFileSync("/proc/1/task/1/children", "utf8").trim();
    const open = readdirSync("/proc/" + app + "/fd").length;
    const states = ["tcp", "tcp6"].flatMap((table) => readFileSync("/proc/net/" + table, "utf8").trim().split("\\n").slice(1));
    const halfClosed = states.filter((line) => line.trim().split(/ +/)[3] === "08").length;
    console.log(JSON.stringify({ open, halfClosed }));`;
  return JSON.parse(compose("exec", "-T", service, "node", "-e", script));
}

/** Each of the two workers of a gateway keeps so many connections to its app. */
const keptConnections = 2 * 32;

it("leaves no descriptor behind in an app after 500 requests for another protocol, and answers each", async () => {
  const paths = ["/nothing", "/", "/holdings/NORTH", "/healthz", "/icon.svg", "/_next/static/nothing.js", "/_next/hmr"];
  const targets = [...paths, "/api/assets", "/api/nothing"];
  const protocols = ["x", "websocket", "h2c", "WebSocket, x"];
  const methods = ["GET", "POST", "HEAD"];
  const of = <Item>(list: readonly Item[], index: number) => list[Math.floor(index) % list.length] as Item;
  const before = { frontend: descriptorsOf("frontend"), backend: descriptorsOf("backend") };
  const problems: string[] = [];
  await each([...Array(500).keys()], 50, async (index) => {
    const upgrade = of(protocols, index / targets.length);
    const asked = `${of(methods, index / targets.length / protocols.length)} ${of(targets, index)}`;
    const status = statusOf(await exchange(`${asked} HTTP/1.1`, { connection: "Upgrade", upgrade }));
    if (status < 200 || status >= 500) problems.push(`${asked} with Upgrade: ${upgrade}: ${status || "no answer"}`);
  });
  await pause(1000);
  for (const [service, { open }] of Object.entries(before)) {
    const after = descriptorsOf(service);
    if (after.halfClosed > 0) problems.push(`${service}: ${after.halfClosed} connections are half closed`);
    if (after.open > open + keptConnections) problems.push(`${service}: ${open} descriptors became ${after.open}`);
  }
  expect(problems.slice(-20)).toEqual([]);
});

/** Names of headers that Next.js's server knows beyond those of HTTP. */
function headersOfNext(): string[] {
  const files = [
    "lib/constants.js",
    "client/components/app-router-headers.js",
    "server/lib/server-ipc/utils.js",
    "server/lib/router-server.js",
    "server/base-server.js",
    "server/web/adapter.js",
  ];
  const folder = join(__dirname, "../apps/frontend/node_modules/next/dist");
  const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const names = [...text.matchAll(/'(rsc|(?:x|next|sec)-[a-z-]+)'/g)].map(([, name]) => name as string);
  return [...new Set(names)].filter((name) => name !== "x-forwarded-for");
}

const headersOfOthers =
  "x-http-method-override x-original-url x-rewrite-url x-invoke-path x-invoke-status x-invoke-output x-invoke-query " +
  "x-middleware-subrequest x-forwarded-prefix x-forwarded-scheme x-real-ip x-host forwarded purpose sec-fetch-dest " +
  "sec-fetch-mode user-agent accept accept-language content-type origin referer cache-control pragma tracestate te";
const values = ["1", "/insights", "script", "Twitterbot", '[{"%ff'];

/** A page as everybody should see it. */
async function page(path: string, mark: string, headers: Record<string, string> = {}) {
  const sent = { "x-forwarded-for": aClient(), ...headers };
  const answer = await request(`${address}${path}?${mark}`, { headers: sent });
  const policy = String(answer.headers["content-security-policy"]);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
  const body = (await answer.body.text()).replaceAll(nonce, "").replaceAll(mark, "");
  const seen = [answer.statusCode, answer.headers["content-type"], createHash("sha256").update(body).digest("hex")];
  return { status: answer.statusCode, seen: seen.join(" ") };
}

it.each(["/", "/holdings", "/holdings/NORTH", "/insights", "/nothing"])(
  "shows %s as it is after whoever asked first sent a framework's header",
  async (path) => {
    const names = [...headersOfNext(), ...headersOfOthers.split(" ")];
    expect(names).toEqual(
      expect.arrayContaining(["x-middleware-prefetch", "rsc", "next-router-state-tree", "next-action"]),
    );
    const attacks = names.flatMap((name) =>
      values.flatMap((value) => [
        { [name]: value },
        // Parts of pages, whose state is in headers.
        ...(name.startsWith("next-") ? [{ rsc: "1", [name]: value }] : []),
      ]),
    );
    const right = await page(path, randomUUID());
    const problems: string[] = [];
    await each(attacks, 8, async (headers) => {
      // Of an address that nobody has asked for.
      const mark = randomUUID();
      const attack = await page(path, mark, headers);
      const next = await page(path, mark);
      const sent = JSON.stringify(headers);
      if (attack.status >= 500) problems.push(`${sent}: ${attack.status}`);
      if (next.seen !== right.seen) problems.push(`after ${sent}: ${next.seen} instead of ${right.seen}`);
    });
    expect(problems.slice(0, 20)).toEqual([]);
  },
);

it.each([
  ["the framework's page of failures", "GET /_global-error HTTP/1.1", {}],
  ["it by another way", "GET /nothing/../_global-error HTTP/1.1", {}],
  ["a long redirect", `GET /${"a/".repeat(3900)} HTTP/1.1`, {}],
  ["a long redirect that is encoded on its way", `GET /holdings/?${'"'.repeat(7900)} HTTP/1.1`, {}],
  ["an unknown coding", "GET / HTTP/1.1", { "transfer-encoding": "x" }],
  ["an unknown version of HTTP", "GET / HTTP/3.0", {}],
])("does not fail for %s", async (_, requestLine, headers) => {
  const status = statusOf(await exchange(requestLine, headers as Record<string, string>));
  expect([308, 400, 404]).toContain(status);
});
