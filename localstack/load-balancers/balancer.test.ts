import { Agent, createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Balancer } from "./balancer";
import type { Action, LoadBalancer, Rule } from "./load-balancer";
import type { FinishedRequest } from "./requests";
import { byDefault, forward, groupArn, notHere, publicOne, target } from "./sample";

const finished: FinishedRequest[] = [];
let balancer: Balancer;
let port: number;
const servers: Server[] = [];

beforeEach(async () => {
  finished.length = 0;
  balancer = new Balancer((each) => finished.push(each));
  // Free now; nobody else is likely to take it at once.
  const probe = createServer().listen(0);
  port = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
});

afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback; its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

function play(action: Action, changes: Partial<LoadBalancer> = {}): void {
  const rules: Rule[] = [byDefault(action)];
  balancer.update([publicOne(rules, { internal: true, listeners: [{ port, protocol: "HTTP", rules }], ...changes })]);
}

const ask = (path = "/", options: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, options);

it("tells the target what the client asked for, and the client what the target answered", async () => {
  const seen: IncomingMessage[] = [];
  const app = await serve(async (incoming, answer) => {
    seen.push(incoming);
    let body = "";
    for await (const chunk of incoming) body += chunk;
    answer.writeHead(201, ["Set-Cookie", "a=1", "Set-Cookie", "b=2"]).end(`got ${body}`);
  });
  play(forward(target(app)));
  const headers = { "x-forwarded-for": "198.51.100.7", "x-amzn-trace-id": "Root=1-0-1" };
  const answer = await ask("/a?b=c", { method: "POST", body: "this", headers });
  expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([
    201,
    "got this",
    ["a=1", "b=2"],
  ]);
  expect(seen[0]).toMatchObject({ method: "POST", url: "/a?b=c" });
  expect(seen[0]?.headers).toMatchObject({
    host: `127.0.0.1:${port}`,
    "x-forwarded-for": expect.stringMatching(/^198.51.100.7, .*127.0.0.1$/),
    "x-forwarded-proto": "http",
    "x-forwarded-port": String(port),
    "x-amzn-trace-id": "Root=1-0-1",
  });
  await ask();
  expect(seen[1]?.headers["x-amzn-trace-id"]).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
});

it("says of each request who answered, and how fast", async () => {
  const app = await serve((_, answer) => void setTimeout(() => answer.writeHead(500).end(), 50));
  const dead = await serve((incoming) => incoming.socket.destroy());
  play(forward(target(app)));
  await ask();
  play(forward(target(dead)));
  expect((await ask()).status).toBe(502);
  play(forward());
  expect((await ask()).status).toBe(503);
  const loadBalancerArn = publicOne([]).arn;
  expect(finished).toEqual([
    { loadBalancerArn, targetGroupArn: groupArn, status: 500, targetSeconds: expect.any(Number) },
    { loadBalancerArn, targetGroupArn: groupArn, status: 502, targetSeconds: null },
    { loadBalancerArn, targetGroupArn: null, status: 503, targetSeconds: null },
  ]);
  expect(finished[0]?.targetSeconds).toBeGreaterThanOrEqual(0.04);
});

it("answers 502 for a target that nobody listens at, and 504 for one that is silent for too long", async () => {
  const silent = await serve(() => undefined);
  const gone = await serve(() => undefined);
  const closed = servers.pop();
  await new Promise((resolve) => closed?.close(resolve));
  play(forward(target(gone)), { idleTimeoutSeconds: 1 });
  expect((await ask()).status).toBe(502);
  play(forward(target(silent)), { idleTimeoutSeconds: 1 });
  expect((await ask()).status).toBe(504);
});

it("breaks an answer off that its target broke off", async () => {
  const app = await serve((_, answer) => {
    answer.writeHead(200, { "content-length": "100" }).write("half");
    setTimeout(() => answer.destroy(), 20);
  });
  play(forward(target(app)));
  await expect(ask().then((answer) => answer.text())).rejects.toThrow("terminated");
});

it("lets a client keep its connection, and requests end as they began, while targets change", async () => {
  const answerWith = (text: string, milliseconds: number) =>
    serve((_, answer) => void setTimeout(() => answer.end(text), milliseconds));
  const [before, after] = [await answerWith("before", 200), await answerWith("after", 0)];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const get = () =>
    new Promise<{ text: string; reused: boolean }>((resolve, reject) => {
      const sent = request({ port, agent }, async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        resolve({ text, reused: sent.reusedSocket });
      });
      sent.on("error", reject).end();
    });
  play(forward(target(before)));
  const first = get();
  await new Promise((resolve) => setTimeout(resolve, 100));
  play(forward(target(after)));
  expect(await first).toEqual({ text: "before", reused: false });
  expect(await get()).toEqual({ text: "after", reused: true });
  agent.destroy();
});

it("closes the port of a listener that is gone", async () => {
  play(notHere);
  expect((await ask()).status).toBe(404);
  balancer.update([]);
  await expect(ask()).rejects.toThrow("fetch failed");
});

it.each([
  [notHere, 404, "not here"],
  [
    { type: "unsupported", what: "an action of type authenticate-oidc" } as Action,
    501,
    /cannot do this: an action of type/,
  ],
])("answers %j by itself", async (action, status, text) => {
  play(action);
  const answer = await ask();
  expect(answer.status).toBe(status);
  expect(await answer.text()).toMatch(text);
});

it("redirects", async () => {
  const location = { protocol: "HTTPS", host: "#{host}", port: "443", path: "/#{path}", query: "#{query}" };
  play({ type: "redirect", status: 301, location });
  const answer = await ask("/a?b", { redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([301, "https://127.0.0.1:443/a?b"]);
});

it("connects both sides of a WebSocket", async () => {
  const app = await serve(() => undefined);
  servers.at(-1)?.on("upgrade", (incoming, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${incoming.headers.upgrade}\r\n\r\n`,
    );
    socket.on("data", (data: Buffer) => socket.end(`echo ${data}`));
  });
  play(forward(target(app)));
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n");
  let seen = "";
  for await (const chunk of socket) {
    seen += chunk;
    if (seen.endsWith("\r\n\r\n")) socket.write("hello");
  }
  expect(seen).toContain("101 Switching Protocols");
  expect(seen).toMatch(/echo hello$/);
});

it("gives no answer to a client whom no security group lets in, and counts no request of it", async () => {
  const refusing = new Balancer(
    (each) => finished.push(each),
    ({ name }, listenerPort, client) => name === "dev-public" && listenerPort === port && client.endsWith("127.0.0.1"),
  );
  await balancer.close();
  balancer = refusing;
  play(notHere);
  await expect(ask()).rejects.toThrow("fetch failed");
  expect(finished).toEqual([]);
});
