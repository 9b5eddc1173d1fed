import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emulatorEnvironment, findEnvironment, removeTasks } from "../../ops/emulator/emulator";
import { assertPortsFree } from "../../ops/emulator/ports";
import { ensureBaseImages } from "../../ops/install/base-images";
import { ensureCompose } from "../../ops/install/compose-plugin";
import { ensureDockerEngine } from "../../ops/install/docker-engine";
import { emulatorCompose, root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { ask, run, SetupError, thenClean } from "../../ops/shell/run";
import { IMAGE } from "../emulator/ecs-task";

const project = "portfolio-dashboard-compatibility";
const composeFiles = [emulatorCompose, join(__dirname, "docker-compose.yml")].flatMap((file) => ["-f", file]);
const address = (port: number) => `http://127.0.0.1:${port}`;
const ports = { emulator: 14_566, controlPlane: 14_567, loadBalancers: 18_081 };
/** MiniStack alone asks a registry for the images of services: at this address there is none. */
const image = "127.0.0.1:9/portfolio-dashboard/compatibility:latest";

const account = "000000000000";

export const systems = ["upstream", "patched"] as const;
/** MiniStack as it is published, or with our patches, our control plane and our load balancers. */
export type System = (typeof systems)[number];

/** What MiniStack is called in the image's requirements: `1.5.33`. */
export function pinnedVersion(): string {
  const requirements = readFileSync(join(root, "localstack/emulator/requirements.txt"), "utf8");
  const version = /^ministack==(\S+)$/m.exec(requirements)?.[1];
  if (!version) throw new SetupError("localstack/emulator/requirements.txt pins no ministack.");
  return version;
}

/** Starts a system beside whatever else runs, and removes it with all that it started, whatever happens. */
export async function withSystem<Result>(
  system: System,
  work: (env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  await ensureDockerEngine();
  await ensureCompose();
  await ensureBaseImages();
  await discard();
  await assertPortsFree(Object.values(ports));
  const env = await environmentOf(system);
  return thenClean(discard, async () => {
    const services = system === "upstream" ? ["emulator"] : ["emulator", "control-plane", "load-balancers"];
    await step(`Start MiniStack ${pinnedVersion()} (${system})`, async () => {
      await run("compatibility", "docker", ["tag", IMAGE, image]);
      await compose(["up", "--build", "--wait", "--detach", ...services], env);
    });
    return work(env);
  });
}

/** Where the system's calls go; without a control plane and load balancers, all to the emulator itself. */
async function environmentOf(system: System): Promise<NodeJS.ProcessEnv> {
  const isUpstream = system === "upstream";
  return {
    ...(await emulatorEnvironment(findEnvironment("dev"))),
    // The one whose load balancers MiniStack serves by itself.
    AWS_ACCESS_KEY_ID: account,
    ACCOUNTS: account,
    AWS_ENDPOINT_URL: address(ports.emulator),
    AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: address(isUpstream ? ports.emulator : ports.controlPlane),
    LOAD_BALANCERS_URL: address(isUpstream ? ports.emulator : ports.loadBalancers),
    COMPATIBILITY_IMAGE: image,
    CLOUDWATCH_MINUTE_SECONDS: "5",
    EMULATOR_AUTH: "false",
    WITHOUT_PATCHES: isUpstream ? patches().join(",") : (process.env.WITHOUT_PATCHES ?? ""),
  };
}

/** Names of all our patches. */
function patches(): string[] {
  const source = readFileSync(join(root, "localstack/emulator/patches/__init__.py"), "utf8");
  const list = /^MODULES = \(([^)]*)\)/m.exec(source)?.[1] ?? "";
  return [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
}

async function discard(): Promise<void> {
  await step("Remove the emulator of the baseline", async () => {
    // Stopped first: a running emulator would start the tasks anew.
    await compose(["stop", "--timeout", "20"]);
    await removeTasks(project);
    await compose(["down", "--volumes", "--remove-orphans"]);
    await ask("docker", ["rmi", image]);
  });
}

async function compose(args: readonly string[], env = process.env): Promise<void> {
  await run("compatibility", "docker", ["compose", "-p", project, ...composeFiles, ...args], { env });
}
