import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

let server: ChildProcessWithoutNullStreams | undefined;

afterEach(() => server?.kill("SIGKILL"));

function start(env: Record<string, string>): ChildProcessWithoutNullStreams {
  server = spawn(process.execPath, ["--import", "tsx", "src/server.ts"], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, HOSTNAME: "127.0.0.1", ...env },
  });
  return server;
}

/** What a server that does not start leaves behind. */
async function failure(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const child = start(env);
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { code, lines: stderr.trim().split("\n") };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Starts the server and returns its port. */
async function listen(env: Record<string, string> = {}): Promise<number> {
  const port = await freePort();
  const child = start({ ...env, PORT: String(port) });
  const [line] = await once(child.stdout, "data");
  expect(String(line)).toContain(`listening on 127.0.0.1:${port}`);
  return port;
}

it("does not start with a wrong environment, and says so in a line for each problem", async () => {
  expect(await failure({ PORT: "http", LOG_LEVEL: "loud" })).toEqual({
    code: 1,
    lines: [expect.stringContaining('PORT="http"'), expect.stringContaining('LOG_LEVEL="loud"')],
  });
});

it("does not start without a portfolio, and names the file that is missing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "no-portfolio-"));
  try {
    const { code, lines } = await failure({ PORTFOLIO_DIR: folder });
    expect([code, lines]).toEqual([1, [expect.stringContaining(`holdings.csv: is missing in ${folder}`)]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("answers what it has begun when it is told to stop, and leaves at once", async () => {
  const port = await listen();
  const idle = connect(port, "127.0.0.1");
  idle.write("GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(idle, "data");
  const begun = connect(port, "127.0.0.1");
  begun.write("GET /api/health HTTP/1.1\r\nHost: x\r\n");
  await once(begun, "connect");
  await new Promise((resolve) => setTimeout(resolve, 100));

  const exit = once(server as ChildProcessWithoutNullStreams, "exit");
  server?.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 100));
  begun.write("\r\n");
  expect(await text(begun)).toContain("HTTP/1.1 200 OK");
  expect(await exit).toEqual([0, null]);
});

it.each([
  ["no HTTP", "HELLO\r\n\r\n", 400],
  ["a header without an end", `GET /api/health HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ["a body", "POST /api/assets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", 413],
  ["a method that nobody knows", "BREW /api/assets HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["a path that does not decode", "GET /api/assets/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
])("answers %s with a problem, and goes on", async (_, request, status) => {
  const port = await listen();
  const socket = connect(port, "127.0.0.1");
  socket.write(request);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain("content-type: application/problem+json");
  expect(answer).toContain(`"status":${status}`);
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
});

it("leaves at once although S3 has not answered yet", async () => {
  const s3 = createServer().listen(0, "127.0.0.1");
  await once(s3, "listening");
  const asked = once(s3, "connection");
  await listen({
    OBJECTS_URL: "s3://bucket/backend/",
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(s3.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const [connection] = await asked;
  const exit = once(server as ChildProcessWithoutNullStreams, "exit");
  const toldAt = performance.now();
  server?.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(performance.now() - toldAt).toBeLessThan(3000);
  connection.destroy();
  s3.close();
});
