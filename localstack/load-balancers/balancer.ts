import { randomBytes } from "node:crypto";
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { asLines, passedOn } from "./headers";
import type { Action, Forward, LoadBalancer, Target } from "./load-balancer";
import type { FinishedRequest } from "./requests";
import {
  locationOf,
  problemOf,
  type RequestHead,
  ruleOf,
  type VirtualHost,
  virtualHostOf,
  virtualHostsByPort,
  WeightedRoundRobin,
} from "./routing";

const connectMilliseconds = 10_000;
const noTargets = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";

export type OnFinished = (request: FinishedRequest, line: object) => void;

/** A request on its way: what was asked, of whom, and what became of it. */
interface Exchange {
  readonly virtualHost: VirtualHost;
  readonly requestHead: RequestHead;
  readonly incoming: IncomingMessage;
  readonly client: string;
  readonly traceId: string;
  readonly begun: number;
  target?: Target;
  targetSeconds?: number;
}

/**
 * Plays application load balancers. What they do may change at any time: requests that are under way end as they began, and clients keep
 * their connections.
 */
export class Balancer {
  private readonly servers = new Map<number, Server>();
  private virtualHosts = new Map<number, VirtualHost[]>();
  private readonly roundRobins = new Map<string, WeightedRoundRobin>();
  private readonly agents = new Map<string, Agent>();

  constructor(
    private readonly onFinished: OnFinished,
    /** Whether a client may not connect: security groups drop its packets, and it gets no answer. */
    private readonly refuses: (loadBalancer: LoadBalancer, port: number, client: string) => boolean = () => false,
  ) {}

  /** Opens and closes ports as these load balancers need them. */
  update(loadBalancers: readonly LoadBalancer[]): void {
    this.virtualHosts = virtualHostsByPort(loadBalancers);
    for (const [port, server] of this.servers) {
      if (this.virtualHosts.has(port)) continue;
      this.servers.delete(port);
      close(server);
    }
    for (const [port, [first]] of this.virtualHosts) {
      if (first && !this.servers.has(port)) this.servers.set(port, this.open(port, first));
    }
    this.forgetTargets();
  }

  /** Ends when the requests that are under way have ended. */
  async close(): Promise<void> {
    const closing = [...this.servers.values()].map((server) => new Promise<void>((done) => close(server, done)));
    this.servers.clear();
    await Promise.all(closing);
    for (const agent of this.agents.values()) agent.destroy();
  }

  private open(port: number, { loadBalancer }: VirtualHost): Server {
    const server = createServer({ keepAliveTimeout: loadBalancer.idleTimeoutSeconds * 1000, requestTimeout: 0 });
    server.on("request", (incoming, answer) => this.serve(port, incoming, answer));
    server.on("upgrade", (incoming, socket, head) => this.upgrade(port, incoming, socket as Socket, head));
    server.on("clientError", (_, socket) => {
      if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    });
    return server.listen(port);
  }

  private serve(port: number, incoming: IncomingMessage, answer: ServerResponse): void {
    const exchange = this.begin(port, incoming);
    if (!exchange) {
      answer.writeHead(503).end();
      return;
    }
    if (this.isRefused(exchange)) {
      incoming.socket.destroy();
      return;
    }
    answer.once("close", () => this.finish(exchange, answer.writableFinished ? answer.statusCode : 460));
    const action = this.actionOf(exchange);
    if (action.type === "forward") this.forward(exchange, action, answer);
    else answerBy(exchange, action, answer);
  }

  private begin(port: number, incoming: IncomingMessage): Exchange | undefined {
    const { method = "GET", url: uri = "/", headers } = incoming;
    const host = (headers.host ?? "").replace(/:\d+$/, "");
    const virtualHost = virtualHostOf(this.virtualHosts.get(port) ?? [], host);
    const given = headers["x-amzn-trace-id"];
    const traceId = typeof given === "string" ? given : newTraceId();
    const client = incoming.socket.remoteAddress ?? "";
    return (
      virtualHost && {
        virtualHost,
        requestHead: { method, host, uri, headers },
        incoming,
        client,
        traceId,
        begun: performance.now(),
      }
    );
  }

  private isRefused({ virtualHost, client }: Exchange): boolean {
    return this.refuses(virtualHost.loadBalancer, virtualHost.listener.port, client);
  }

  private actionOf({ virtualHost, requestHead }: Exchange): Action {
    const rule = ruleOf(virtualHost.listener, requestHead);
    if (!rule) return { type: "unsupported", what: "a listener without rules" };
    const problem = problemOf(rule);
    return problem ? { type: "unsupported", what: problem } : rule.action;
  }

  private forward(exchange: Exchange, action: Forward, answer: ServerResponse): void {
    const sent = this.ask(exchange, action);
    if (!sent) {
      answer.writeHead(503, { "content-type": "text/html" }).end(noTargets);
      return;
    }
    const { incoming } = exchange;
    sent.on("response", (response) => {
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, passedOn(response.rawHeaders));
      response.pipe(answer);
      // Whoever has half an answer must not take it for a whole one.
      response.on("error", () => answer.destroy());
    });
    sent.on("error", (error) => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(error instanceof TargetTimeout ? 504 : 502, { "content-type": "text/html" }).end();
    });
    answer.once("close", () => sent.destroy());
    incoming.pipe(sent);
  }

  /** WebSockets: from the handshake on, both sides talk to each other. */
  private upgrade(port: number, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    const exchange = this.begin(port, incoming);
    if (exchange && this.isRefused(exchange)) {
      socket.destroy();
      return;
    }
    const action = exchange && this.actionOf(exchange);
    const sent = exchange && action?.type === "forward" ? this.ask(exchange, action, true) : undefined;
    socket.on("error", () => sent?.destroy());
    if (!sent) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
      return;
    }
    sent.on("upgrade", ({ rawHeaders }, target, rest) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${asLines(rawHeaders)}\r\n\r\n`);
      socket.write(rest);
      target.write(head);
      target.on("error", () => socket.destroy());
      target.pipe(socket).pipe(target);
    });
    sent.on("response", ({ statusCode }) => socket.end(`HTTP/1.1 ${statusCode}\r\nConnection: close\r\n\r\n`));
    sent.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n"));
    sent.end();
  }

  /** The request to the next target; undefined where there is none. Its time-outs are the load balancer's. */
  private ask(exchange: Exchange, action: Forward, isUpgrade = false): ClientRequest | undefined {
    const { virtualHost, requestHead, incoming, client, traceId } = exchange;
    const { arn, idleTimeoutSeconds } = virtualHost.loadBalancer;
    const group = `${arn} ${virtualHost.listener.port} ${virtualHost.listener.rules.findIndex((rule) => rule.action === action)}`;
    const roundRobin = this.roundRobins.get(group) ?? new WeightedRoundRobin();
    this.roundRobins.set(group, roundRobin);
    const target = roundRobin.next(action);
    if (!target) return undefined;
    exchange.target = target;
    const forwardedFor = [incoming.headers["x-forwarded-for"], client].filter(Boolean).join(", ");
    const headers = [
      ...passedOn(incoming.rawHeaders, ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-amzn-trace-id"]),
      ...["X-Forwarded-For", forwardedFor, "X-Forwarded-Proto", "http"],
      ...["X-Forwarded-Port", String(virtualHost.listener.port), "X-Amzn-Trace-Id", traceId],
      ...(isUpgrade ? ["Connection", "Upgrade", "Upgrade", incoming.headers.upgrade ?? ""] : []),
    ];
    const { address: host, port } = target;
    const agent = isUpgrade ? false : this.agentOf(target, idleTimeoutSeconds);
    const sent = request({
      host,
      port,
      method: requestHead.method,
      path: requestHead.uri,
      headers,
      agent,
      setHost: false,
    });
    sent.setTimeout(idleTimeoutSeconds * 1000, () => sent.destroy(new TargetTimeout()));
    sent.on("socket", (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => sent.destroy(new TargetTimeout()), connectMilliseconds);
      socket.once("connect", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
    });
    sent.once("response", () => {
      exchange.targetSeconds = (performance.now() - exchange.begun) / 1000;
    });
    return sent;
  }

  /** Connections to a target are kept for as long as the load balancer's idle time-out. */
  private agentOf({ address, port }: Target, idleSeconds: number): Agent {
    const key = `${address}:${port}`;
    const agent = this.agents.get(key) ?? new Agent({ keepAlive: true, timeout: idleSeconds * 1000 });
    this.agents.set(key, agent);
    return agent;
  }

  /** Connections to those that left close when their requests have ended. */
  private forgetTargets(): void {
    const actions = [...this.virtualHosts.values()]
      .flat()
      .flatMap(({ listener }) => listener.rules.map(({ action }) => action));
    const targets = actions.flatMap((action) => (action.type === "forward" ? action.targets : []));
    const known = new Set(targets.map(({ address, port }) => `${address}:${port}`));
    for (const [key, agent] of this.agents) {
      if (known.has(key)) continue;
      this.agents.delete(key);
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      agent.maxFreeSockets = 0;
    }
  }

  private finish(exchange: Exchange, status: number): void {
    const { virtualHost, requestHead, client, target, targetSeconds = null, traceId, begun } = exchange;
    const targetGroupArn = target?.groupArn ?? null;
    this.onFinished(
      { loadBalancerArn: virtualHost.loadBalancer.arn, targetGroupArn, status, targetSeconds },
      {
        loadBalancer: virtualHost.loadBalancer.name,
        ...{ client, method: requestHead.method, host: requestHead.host, uri: requestHead.uri, status },
        seconds: (performance.now() - begun) / 1000,
        target: target ? `${target.address}:${target.port}` : null,
        ...{ targetSeconds, traceId },
      },
    );
  }
}

class TargetTimeout extends Error {}

function answerBy(
  { virtualHost, requestHead }: Exchange,
  action: Exclude<Action, Forward>,
  answer: ServerResponse,
): void {
  if (action.type === "redirect") {
    answer
      .writeHead(action.status, { location: locationOf(action.location, requestHead, virtualHost.listener.port) })
      .end();
  } else if (action.type === "fixed-response") {
    answer.writeHead(action.status, { "content-type": action.contentType || "text/plain" }).end(action.body);
  } else {
    answer.writeHead(501, { "content-type": "text/plain" }).end(`The load balancers cannot do this: ${action.what}`);
  }
}

function newTraceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString("hex")}`;
}

function close(server: Server, done?: () => void): void {
  server.close(done);
  server.closeIdleConnections();
}
