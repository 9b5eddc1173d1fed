import { join } from "node:path";
import { root } from "../../ops/shell/paths";
import { run } from "../../ops/shell/run";

export interface Load {
  /** Exact to a second's part of the whole: for comparing, load for some seconds. */
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly medianLatency: number;
}

interface Printed {
  readonly requests: { readonly average: number; readonly total: number };
  readonly latency: { readonly p50: number };
  readonly duration: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly non2xx: number;
}

/** So many requests, or for so many seconds. */
export type Amount = { readonly requests: number } | { readonly seconds: number };

interface LoadOptions {
  /** @default none but autocannon's own */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How autocannon is started, where the address is not this machine's.
   * @default this machine's Node.js
   */
  readonly autocannon?: readonly [command: string, ...args: string[]];
}

/** nginx ends a connection after 1000; autocannon would send one more, and call that an error. */
const requestsPerConnection = 900;
const here = [process.execPath, join(root, "node_modules/autocannon/autocannon.js")] as const;

/** Over 16 kept connections, from a process of its own. Fails unless each request is answered with 2xx. */
export async function load(
  url: string,
  amount: Amount,
  { headers = {}, autocannon: [command, ...begin] = here }: LoadOptions = {},
): Promise<Load> {
  const much = "requests" in amount ? ["--amount", `${amount.requests}`] : ["--duration", `${amount.seconds}`];
  const given = Object.entries(headers).flatMap(([name, value]) => ["--headers", `${name}=${value}`]);
  const connections = ["--connections", "16", "--reconnectRate", String(requestsPerConnection)];
  const args = [...begin, ...much, ...connections, "--json", "--no-progress", ...given, url];
  const output = await run("bench", command, args);
  const printed = JSON.parse(output.slice(output.indexOf("{"))) as Printed;
  const { requests, latency, duration, errors, timeouts, non2xx } = printed;
  const missing = "requests" in amount ? amount.requests - requests.total : 0;
  if (errors + timeouts + non2xx + missing > 0) {
    throw new Error(
      `${url}: ${errors} errors, ${timeouts} time-outs, ${non2xx} answers that are not 2xx, ${missing} not answered`,
    );
  }
  return { requestsPerSecond: requests.total / duration, medianLatency: latency.p50 };
}
