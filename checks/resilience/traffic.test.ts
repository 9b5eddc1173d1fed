import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Traffic } from "./traffic";

let server: Server;
let connections = 0;
let url: string;
let answerWith: (count: number) => number | null;
let count = 0;

beforeEach(async () => {
  [connections, count] = [0, 0];
  answerWith = () => 200;
  server = createServer((incoming, answer) => {
    const status = answerWith(count++);
    if (status === null) incoming.socket.destroy();
    else answer.writeHead(status).end();
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const bounds = { perSecond: 50, maximumRequests: 10_000, maximumSeconds: 30 };
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it("asks over kept connections, and reports each second", async () => {
  const traffic = new Traffic({ url, connections: "kept", ...bounds });
  await wait(2500);
  const report = await traffic.stop();
  expect(report.failed).toBe(0);
  expect(report.isCutShort).toBe(false);
  expect(report.requests).toBeGreaterThan(50);
  expect(connections).toBeLessThan(10);
  expect(report.seconds.length).toBeGreaterThanOrEqual(2);
});

it("opens a connection for each request", async () => {
  const traffic = new Traffic({ url, connections: "new", ...bounds });
  await wait(1500);
  const { requests, failed } = await traffic.stop();
  expect(failed).toBe(0);
  expect(connections).toBeGreaterThanOrEqual(requests);
});

it("counts errors by what they were, and lost connections", async () => {
  answerWith = (index) => (index % 10 === 3 ? 503 : index % 10 === 7 ? null : 200);
  const traffic = new Traffic({ url, connections: "kept", ...bounds });
  await wait(1500);
  const { failures, failed } = await traffic.stop();
  expect(failures).toEqual({ "status 503": expect.any(Number), "socket hang up": expect.any(Number) });
  expect(Object.values(failures).reduce((sum, each) => sum + each, 0)).toBe(failed);
});

it("ends by itself", async () => {
  const traffic = new Traffic({ url, connections: "kept", ...bounds, maximumRequests: 20 });
  await wait(1500);
  const { requests, isCutShort } = await traffic.stop();
  expect(requests).toBeLessThanOrEqual(20);
  expect(isCutShort).toBe(true);
});
