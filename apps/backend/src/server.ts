import { serve } from "@hono/node-server";
import { createApp } from "./app";
import { readConfig } from "./config";
import { Log } from "./log";
import { PortfolioFolder } from "./portfolio/portfolio-folder";

/** Longer than the gateway keeps idle connections (60 s), so that it never writes to one that is closing here. */
const keepAliveMilliseconds = 75_000;
/** Less than the 30 s after which ECS and Docker kill. */
const drainMilliseconds = 25_000;

function main(): void {
  const config = readConfig(process.env);
  const log = new Log(config.LOG_LEVEL);
  const portfolioFolder = new PortfolioFolder(config.PORTFOLIO_DIR, (message) => log.error({ message }));
  const server = serve(
    {
      fetch: createApp({ portfolioFolder, log }).fetch,
      hostname: config.HOSTNAME,
      port: config.PORT,
      serverOptions: { keepAliveTimeout: keepAliveMilliseconds },
    },
    ({ address, port }) => log.info({ message: `listening on ${address}:${port}` }),
  );
  const stop = () => {
    setTimeout(() => process.exit(1), drainMilliseconds).unref();
    server.close(() => process.exit(0));
    // `close` ends the connections that are idle now; one that was busy stays open for its keep-alive time once it is idle.
    setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), 50);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
