import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPreparedAccount } from "../../ops/deploy/bootstrap";
import { deploy } from "../../ops/deploy/deployment";
import { emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { prepare } from "../../ops/emulator/up";
import { withEmulator } from "../../ops/emulator/with-emulator";
import { root } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { run, SetupError } from "../../ops/shell/run";

/** Of the emulator and its control plane. */
const portsOf = (env: NodeJS.ProcessEnv) => [Number(env.EMULATOR_PORT), Number(env.CONTROL_PLANE_PORT)];

/**
 * Deploys everything from a network namespace that has nothing but its own loopback: what reaches the emulator goes through two sockets
 * in the file system, and whatever was meant for AWS has no way at all.
 */
export async function isolated(environmentName: string): Promise<void> {
  const environment = findEnvironment(environmentName);
  if (process.getuid?.() !== 0)
    throw new SetupError("make check NAME=isolated needs root: it makes a network namespace");
  await prepare();
  const env = await emulatorEnvironment(environment);
  const folder = mkdtempSync(join(tmpdir(), "isolated-"));
  const servers = portsOf(env).map((port) => forward(join(folder, String(port)), { host: "127.0.0.1", port }));
  const command = ["--net", process.execPath, "--import", "tsx", join(__dirname, "cli.ts"), "isolated-deploy"];
  try {
    await withEmulator(env, async () => {
      await step("Deploy from a namespace without a route", () =>
        run("isolated", "unshare", [...command, environmentName, folder], { env }),
      );
      const { status } = await fetch(env.LOAD_BALANCERS_URL);
      if (status !== 200) throw new SetupError(`${env.LOAD_BALANCERS_URL} answers ${status} after the deploy`);
      note(`${env.LOAD_BALANCERS_URL} answers 200`);
    });
  } finally {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The part inside the namespace. */
export async function deployInside(environmentName: string, folder: string): Promise<void> {
  await run("isolated-inside", "ip", ["link", "set", "lo", "up"]);
  await assertNoRoute();
  const servers = portsOf(process.env).map((port) => forward({ host: "127.0.0.1", port }, join(folder, String(port))));
  try {
    const environment = findEnvironment(environmentName);
    await deploy(environment, await inPreparedAccount(environment, process.env), root, {
      withBootstrap: true,
      secrets: "generated",
    });
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
