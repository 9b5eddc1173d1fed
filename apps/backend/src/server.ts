import { serve } from "@hono/node-server";
import { createApp } from "./app";
import { onClientError } from "./client-error";
import { readConfig } from "./config";
import { Log } from "./log";
import { PortfolioStore } from "./store/portfolio-store";

/** How long a request's head, and all of it, may take to arrive; and how much of it is taken. */
const headersMilliseconds = 10_000;
const requestMilliseconds = 30_000;
const headerBytes = 16_384;
/** How old the portfolio in an answer may be. */
const recentMilliseconds = 250;

function main(): void {
  const config = readConfig(process.env);
  const log = new Log(config.LOG_LEVEL);
  const onError = (message: string) => log.error({ message });
  const store = new PortfolioStore(config.PORTFOLIO_DIR, onError, recentMilliseconds);
  const server = serve(
    {
      fetch: createApp({ store, log }).fetch,
      hostname: config.HOSTNAME,
      port: config.PORT,
      serverOptions: {
        keepAliveTimeout: config.KEEP_ALIVE_TIMEOUT,
        headersTimeout: headersMilliseconds,
        requestTimeout: requestMilliseconds,
        maxHeaderSize: headerBytes,
      },
    },
    ({ address, port }) => log.info({ message: `listening on ${address}:${port}` }),
  );
  server.on("clientError", onClientError);
  store.watch();
  if (config.OBJECTS_URL !== undefined) void followObjects(config.OBJECTS_URL, store, log);
  const stop = () => {
    setTimeout(() => process.exit(1), config.DRAIN_SECONDS * 1000).unref();
    server.close(() => process.exit(0));
    // `close` ends the connections that are idle now; one that was busy stays open for its keep-alive time once it is idle.
    setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), 50);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Imports the AWS SDK, more than half of the bundle, only here. */
async function followObjects(url: string, store: PortfolioStore, log: Log): Promise<void> {
  const { PortfolioObjects } = await import("./store/portfolio-objects");
  new PortfolioObjects({ url, store, log }).start();
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
