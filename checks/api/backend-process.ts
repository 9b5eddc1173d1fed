import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { run, thenClean } from "../../ops/shell/run";
import { Server } from "../../ops/shell/server";

/** Where the API's sources are. */
export const backend = join(root, "apps/backend");

/** As its image has it. */
export async function buildBackend(): Promise<void> {
  await step("Build the API", () => run("backend", "npm", ["run", "--silent", "build"], { cwd: backend }));
}

/** Builds the API, serves a folder's portfolio with it on this machine alone, and works with its address. */
export async function withBackend<Result>(
  portfolioFolder: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  await buildBackend();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await Server.start({
    command: process.execPath,
    args: ["dist/server.js"],
    cwd: backend,
    env: {
      PATH: process.env.PATH ?? "",
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
      PORTFOLIO_DIR: portfolioFolder,
      LOG_LEVEL: "error",
    },
    health: `${url}/api/health`,
  });
  return thenClean(
    () => server.stop(),
    () => work(url),
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
