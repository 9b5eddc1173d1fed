import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPreparedAccount } from "../../ops/deploy/bootstrap";
import { deploy } from "../../ops/deploy/deployment";
import { down } from "../../ops/emulator/down";
import {
  addresses,
  discardEmulator,
  emulatorEnvironment,
  findEnvironment,
  startEmulator,
} from "../../ops/emulator/emulator";
import { prepare } from "../../ops/emulator/up";
import { root } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { run, SetupError } from "../../ops/shell/run";

const ports = [4566, 4567];

/**
 * Deploys everything from a network namespace that has nothing but its own loopback: what reaches the emulator goes through two sockets
 * in the file system, and whatever was meant for AWS has no way at all.
 */
export async function isolated(environmentName: string): Promise<void> {
  const environment = findEnvironment(environmentName);
  if (process.getuid?.() !== 0)
    throw new SetupError("make check NAME=isolated needs root: it makes a network namespace");
  await prepare();
  await discardEmulator();
  const env = await emulatorEnvironment(environment);
  const folder = mkdtempSync(join(tmpdir(), "isolated-"));
  const servers = ports.map((port) => forward(join(folder, String(port)), { host: "127.0.0.1", port }));
  try {
    await startEmulator("ministack", env);
    await step("Deploy from a namespace without a route", () =>
      run(
        "isolated",
        "unshare",
        [
          "--net",
          process.execPath,
          "--import",
          "tsx",
          join(__dirname, "cli.ts"),
          "isolated-deploy",
          environmentName,
          folder,
        ],
        { env },
      ),
    );
    const { status } = await fetch(addresses.dashboard);
    if (status !== 200) throw new SetupError(`${addresses.dashboard} answers ${status} after the deploy`);
    note(`${addresses.dashboard} answers 200`);
  } finally {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
    await down(environmentName);
  }
}

/** The part inside the namespace. */
export async function deployInside(environmentName: string, folder: string): Promise<void> {
  await run("isolated-inside", "ip", ["link", "set", "lo", "up"]);
  await assertNoRoute();
  const servers = ports.map((port) => forward({ host: "127.0.0.1", port }, join(folder, String(port))));
  try {
    const environment = findEnvironment(environmentName);
    await deploy(environment, await inPreparedAccount(environment, process.env), root, { withBootstrap: true });
  } finally {
    for (const server of servers) server.close();
  }
}

async function assertNoRoute(): Promise<void> {
  const routes = await run("isolated-inside", "ip", ["route"], { cwd: root });
  if (routes.trim() !== "") throw new SetupError(`This namespace has routes:\n${routes}`);
}

type Address = string | { readonly host: string; readonly port: number };

function forward(from: Address, to: Address): Server {
  const server = createServer((incoming) => {
    const outgoing = typeof to === "string" ? connect(to) : connect(to.port, to.host);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on("error", () => outgoing.destroy());
    outgoing.on("error", () => incoming.destroy());
  });
  return typeof from === "string" ? server.listen(from) : server.listen(from.port, from.host);
}
