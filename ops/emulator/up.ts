import type { Environment } from "../../stacks/environments";
import { inPreparedAccount } from "../deploy/bootstrap";
import { deploy } from "../deploy/deployment";
import { bootstrapStack, type Dependencies, writeStacks } from "../deploy/synthesis";
import { checkTarget } from "../deploy/target";
import { Terraform } from "../deploy/terraform";
import { ensureBaseImages } from "../install/base-images";
import { ensureCompose } from "../install/compose-plugin";
import { ensureDockerEngine } from "../install/docker-engine";
import { ensureTerraform } from "../install/terraform-providers";
import { getLocally } from "../shell/get-locally";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { SetupError } from "../shell/run";
import {
  assertPortsFree,
  dashboardOf,
  type EmulatorEnvironment,
  type EmulatorName,
  emulatorEnvironment,
  emulators,
  findEnvironment,
  startEmulator,
} from "./emulator";
import { findRunning, instance, shared } from "./instance";
import { recoverIfInterrupted } from "./interrupted";
import { assertJoins } from "./join";
import { whileDeploying } from "./state";

const readyWithinSeconds = 120;

/** From nothing to a dashboard that answers through the emulated load balancer. Run again, it changes only what changed. */
export async function up(environmentName: string, emulatorName: string, isForced = false): Promise<void> {
  const environment = findEnvironment(environmentName);
  const emulator = findEmulator(emulatorName);
  await prepare();
  const running = await findRunning(instance());
  const env = await emulatorEnvironment(environment);
  if (running) await assertJoins(running, environment, env);
  else await assertPortsFree();

  // LocalStack has this service itself; for MiniStack the control plane does.
  if (emulator === "localstack") delete env.AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING;
  const start = async () => {
    if (!running?.isWhole) await startEmulator(emulator, env, { isCompleted: running !== null });
    await checkTarget(env);
  };
  const [synthesized] = await Promise.all([synthesizeAhead(environment, env), start()]);
  await recoverIfInterrupted(environment, env);
  await whileDeploying(env.AWS_ENDPOINT_URL, environmentName, async () => {
    const prepared = await inPreparedAccount(environment, env);
    const unchanged = isForced ? "forced" : "skipped";
    // A test has nobody who would give it values.
    const secrets = running?.started?.owner ? "generated" : "named";
    await deploy(environment, prepared, root, { withBootstrap: true, unchanged, secrets, synthesized });
  });
  const dashboard = dashboardOf(environment, env);
  if (emulator === "ministack") await step(`Wait for ${dashboard}`, () => answers(environment, env));
  process.stdout.write(welcome(environment, env));
}

/** What needs no emulator, while that starts. */
async function synthesizeAhead({ name }: Environment, env: NodeJS.ProcessEnv): Promise<Dependencies> {
  const synthesized = await writeStacks(env);
  await new Terraform(root, env).initialize(bootstrapStack(name));
  return synthesized;
}

/** Docker, Compose, Terraform with its providers, and base images: found, or installed. */
export async function prepare(): Promise<void> {
  await ensureDockerEngine();
  await ensureCompose();
  await ensureTerraform();
  await ensureBaseImages();
}

function findEmulator(name: string): EmulatorName {
  const found = emulators.find((emulator) => emulator === name);
  if (!found) throw new SetupError(`Unknown emulator "${name}"; there are ${emulators.join(", ")}.`);
  if (found === "localstack" && !process.env.LOCALSTACK_AUTH_TOKEN) {
    throw new SetupError("EMULATOR=localstack needs LOCALSTACK_AUTH_TOKEN; without one, use EMULATOR=ministack.");
  }
  return found;
}

async function answers(environment: Environment, env: EmulatorEnvironment): Promise<void> {
  const dashboard = dashboardOf(environment, env);
  let last = "nothing";
  for (let second = 0; second < readyWithinSeconds; second++) {
    try {
      const { status } = await getLocally(new URL(dashboard));
      if (status === 200) return;
      last = `status ${status}`;
    } catch (error) {
      last = String((error as Error).cause ?? error);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new SetupError(
    `${environment.name} does not answer 200 at ${dashboard} within ${readyWithinSeconds} s; the last answer was: ${last}`,
  );
}

function welcome(environment: Environment, env: EmulatorEnvironment): string {
  const { name } = environment;
  const dashboard = dashboardOf(environment, env);
  const which = instance().name === shared ? "" : ` EMULATOR_INSTANCE=${instance().name}`;
  const setting = which === "" ? "" : `export${which}; `;
  return `
  Dashboard   ${dashboard}
  API         ${dashboard}/api/assets
  AWS         ${env.AWS_ENDPOINT_URL}   (set your shell up for it with: ${setting}. localstack/emulator.env.sh)

  Try next    edit apps/backend, then: make up ENV=${name}${which}          deploys the new image
              npx cdktf diff ${name}-network                after sourcing the file above
              make down ENV=${name}${which}                 removes it again
`;
}
