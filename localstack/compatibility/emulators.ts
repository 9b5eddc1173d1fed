import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EmulatorEnvironment, emulatorEnvironment, findEnvironment } from "../../ops/emulator/emulator";
import { prepare } from "../../ops/emulator/up";
import { withEmulator } from "../../ops/emulator/with-emulator";
import { root } from "../../ops/shell/paths";
import { ask, run, SetupError, thenClean } from "../../ops/shell/run";
import { IMAGE } from "../emulator/ecs-task";

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

/** Starts a system, and removes it with all that it started, whatever happens. */
export async function withSystem<Result>(
  system: System,
  work: (env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  await prepare();
  const env = await environmentOf(system);
  const services = system === "upstream" ? ["emulator"] : [];
  const removeImage = async () => void (await ask("docker", ["rmi", image]));
  return thenClean(removeImage, async () => {
    await run("compatibility", "docker", ["tag", IMAGE, image]);
    return withEmulator(env, () => work(env), { services });
  });
}

/** Where the system's calls go; without a control plane and load balancers, all to the emulator itself. */
async function environmentOf(system: System): Promise<EmulatorEnvironment> {
  const isUpstream = system === "upstream";
  const env = await emulatorEnvironment(findEnvironment("dev"));
  return {
    ...env,
    // The one whose load balancers MiniStack serves by itself.
    AWS_ACCESS_KEY_ID: account,
    ACCOUNTS: account,
    ...(isUpstream && {
      AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: env.AWS_ENDPOINT_URL,
      LOAD_BALANCERS_URL: env.AWS_ENDPOINT_URL,
    }),
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
