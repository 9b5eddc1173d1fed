import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** The program in the process of its tests: what it does to its process is caught. `server.test.ts` starts it as it is started. */
const environment = process.env;
const drainSeconds = 2;
let written: { stdout: string[]; stderr: string[] };
let signals: Map<string, () => void>;
let exits: unknown[];
let folder: string;
let port: number;

beforeEach(async () => {
  jest.resetModules();
  folder = mkdtempSync(join(tmpdir(), "server-"));
  cpSync(join(__dirname, "../data/sample"), folder, { recursive: true });
  [written, signals, exits] = [{ stdout: [], stderr: [] }, new Map(), []];
  const keep = (lines: string[]) => (line: unknown) => lines.push(String(line)) > 0;
  jest.spyOn(process.stdout, "write").mockImplementation(keep(written.stdout));
  jest.spyOn(process.stderr, "write").mockImplementation(keep(written.stderr));
  jest.spyOn(process, "once").mockImplementation((event, listener) => {
    signals.set(String(event), listener as () => void);
    return process;
  });
  jest.spyOn(process, "exit").mockImplementation(((code: unknown) => exits.push(code)) as never);
  jest.spyOn(globalThis, "setInterval");
  jest.spyOn(globalThis, "setTimeout");
});

afterEach(async () => {
  if (exits.length === 0) signals.get("SIGTERM")?.();
  if (signals.size > 0) await until(() => exits.includes(0));
  for (const { value } of jest.mocked(setInterval).mock.results) clearInterval(value);
  jest.mocked(setTimeout).mock.calls.forEach(([, delay], index) => {
    if (delay === drainSeconds * 1000) clearTimeout(jest.mocked(setTimeout).mock.results[index]?.value);
  });
  jest.restoreAllMocks();
  process.env = environment;
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function start(env: Record<string, string> = {}): Promise<void> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  port = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  process.env = {
    ...environment,
    ...{ HOSTNAME: "127.0.0.1", PORT: String(port), PORTFOLIO_DIR: folder, DRAIN_SECONDS: String(drainSeconds) },
    ...env,
  };
  await import("./server");
}

async function listen(env: Record<string, string> = {}): Promise<void> {
  await start(env);
  await until(() => written.stdout.length > 0);
}

const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
const json = async (path: string) => (await ask(path)).json();
const logged = () => written.stdout.map((line) => JSON.parse(line) as { level: string; message: string });

async function begin(start: string) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(start);
  // Until the server has read it: it answers one connection's requests after another's.
  await ask("/api/health");
  return socket;
}

it("says where it listens, answers there, and says how long a connection may stay", async () => {
  await listen({ KEEP_ALIVE_TIMEOUT: "7000" });
  expect(logged()).toEqual([expect.objectContaining({ level: "info", message: `listening on 127.0.0.1:${port}` })]);
  const response = await ask("/api/assets");
  expect([response.status, response.headers.get("keep-alive")]).toEqual([200, "timeout=7"]);
  expect(logged().at(-1)).toMatchObject({ level: "info", path: "/api/assets", status: 200 });
  expect([written.stderr, process.exitCode]).toEqual([[], undefined]);
});

it("says on standard error what is wrong with the environment, and ends with 1", async () => {
  await start({ PORT: "http", LOG_LEVEL: "loud" });
  expect(written.stderr.join("").split("\n")).toEqual([
    'PORT="http": must be a port, 1 to 65535',
    expect.stringContaining('LOG_LEVEL="loud": '),
    "",
  ]);
  expect([written.stdout, process.exitCode]).toEqual([[], 1]);
});

it("answers what is no HTTP with a problem", async () => {
  await listen();
  const socket = connect(port, "127.0.0.1");
  socket.write("HELLO\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
});

it("finds broken files without being asked for them, and logs what is wrong", async () => {
  await listen();
  writeFileSync(join(folder, "holdings.csv"), "broken\n");
  await until(() => logged().length > 1);
  expect(logged()[1]).toMatchObject({
    level: "error",
    message: expect.stringMatching(/^holdings\.csv line 1: has no column .*; the last good portfolio stays$/),
  });
  expect(await json("/api/health")).toMatchObject({ portfolio: { error: expect.stringContaining("holdings.csv") } });
});

it("follows no objects of S3 unless told to", async () => {
  const load = jest.fn(() => ({ PortfolioObjects: class {} }));
  jest.doMock("./store/portfolio-objects", load);
  await listen();
  expect(await json("/api/ready")).toMatchObject({ checks: [{ id: "files" }, { id: "shown" }] });
  expect(load).not.toHaveBeenCalled();
  jest.dontMock("./store/portfolio-objects");
});

it("shows the objects of S3 when told to", async () => {
  const files: Record<string, string> = {
    "/bucket/backend/holdings.csv": "symbol,name,assetClass,currency,quantity,costPerUnit\nA,Alpha,Stocks,USD,1,1\n",
    "/bucket/backend/closes.csv": "date,symbol,close\n2026-11-20,A,12\n",
  };
  const s3 = createHttpServer(({ url = "" }, response) => {
    const content = files[new URL(url, "http://s3").pathname];
    if (content === undefined) response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
    else response.writeHead(200, { etag: '"1"' }).end(content);
  }).listen(0, "127.0.0.1");
  await once(s3, "listening");
  await listen({
    OBJECTS_URL: "s3://bucket/backend/",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(s3.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  await until(() => logged().length > 1);
  expect(logged()[1]).toMatchObject({
    level: "info",
    message: expect.stringMatching(/^s3:\/\/bucket\/backend\/: shown/),
  });
  expect(await json("/api/assets")).toMatchObject({ assets: [{ symbol: "A" }], source: { sample: false } });
  expect(await json("/api/ready")).toMatchObject({ checks: [{ id: "files" }, { id: "shown" }, { id: "objects" }] });
  s3.closeAllConnections();
  s3.close();
});

describe.each(["SIGTERM", "SIGINT"])("told to stop by %s", (signal) => {
  it("answers what it has begun, closes its connection, and ends with 0", async () => {
    await listen();
    const begun = await begin("GET /api/health HTTP/1.1\r\nHost: x\r\n");
    signals.get(signal)?.();
    begun.write("\r\n");
    expect(await text(begun)).toContain("HTTP/1.1 200 OK");
    await until(() => exits.length > 0);
    expect(exits).toEqual([0]);
    await expect(ask("/api/health")).rejects.toThrow("fetch failed");
  });

  it("ends with 1 when what it has begun takes too long", async () => {
    await listen();
    const begun = await begin("GET /api/health HTTP/1.1\r\nHost: x\r\n");
    const toldAt = performance.now();
    signals.get(signal)?.();
    await until(() => exits.length > 0);
    expect(exits).toEqual([1]);
    expect(performance.now() - toldAt).toBeGreaterThan(drainSeconds * 1000 - 100);
    begun.destroy();
  });
});
