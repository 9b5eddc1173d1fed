import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "./paths";
import { step } from "./progress";
import { run, SetupError, thenClean } from "./run";

const backend = join(root, "apps/backend");

/** Builds the API as its image has it, serves a folder's portfolio with it on this machine alone, and works with its address. */
export async function withBackend<Result>(
  portfolioFolder: string,
  work: (url: string, pid: number) => Promise<Result>,
): Promise<Result> {
  await step("Build the API", () => run("backend", "npm", ["run", "--silent", "build"], { cwd: backend }));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOSTNAME: "127.0.0.1",
    PORT: String(port),
    PORTFOLIO_DIR: portfolioFolder,
    LOG_LEVEL: "error",
  };
  const child = spawn(process.execPath, ["dist/server.js"], { cwd: backend, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  return thenClean(
    () => end(child),
    async () => {
      await answering(`http://127.0.0.1:${port}/api/health`, child, () => said);
      return work(`http://127.0.0.1:${port}`, child.pid ?? 0);
    },
  );
}

async function answering(address: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let attempts = 0; attempts < 100; attempts++) {
    if (child.exitCode !== null) throw new SetupError(`The API ended as soon as it was started: ${said()}`);
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new SetupError(`Nothing answers at ${address}: ${said()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
