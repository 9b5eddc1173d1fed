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
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { SetupError } from "../shell/run";
import {
  addresses,
  assertEmulatorPortsFree,
  type EmulatorName,
  emulatorEnvironment,
  emulatorRuns,
  emulators,
  findEnvironment,
  startEmulator,
  startOverIfInterrupted,
  uninterrupted,
} from "./emulator";

const readyWithinSeconds = 120;

/** From nothing to a dashboard that answers through the emulated load balancer. Run again, it changes only what changed. */
export async function up(environmentName: string, emulatorName: string, isForced = false): Promise<void> {
  const environment = findEnvironment(environmentName);
  const emulator = findEmulator(emulatorName);
  await prepare();
  await startOverIfInterrupted();
  if (!(await emulatorRuns())) await assertEmulatorPortsFree();

  const env = await emulatorEnvironment(environment);
  // LocalStack has this service itself; for MiniStack the control plane does.
  if (emulator === "localstack") delete env.AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING;
  await uninterrupted(async () => {
    const started = startEmulator(emulator, env).then(() => checkTarget(env));
    const [synthesized] = await Promise.all([synthesizeAhead(environment, env), started]);
    const prepared = await inPreparedAccount(environment, env);
    const unchanged = isForced ? "forced" : "skipped";
    await deploy(environment, prepared, root, { withBootstrap: true, unchanged, synthesized });
  });
  if (emulator === "ministack") await step("Wait for the dashboard", () => answers(addresses.dashboard));
  process.stdout.write(welcome());
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

async function answers(url: string): Promise<void> {
  let last = "nothing";
  for (let second = 0; second < readyWithinSeconds; second++) {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(5000) });
      if (status === 200) return;
      last = `status ${status}`;
    } catch (error) {
      last = String((error as Error).cause ?? error);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new SetupError(`${url} does not answer 200 within ${readyWithinSeconds} s; the last answer was: ${last}`);
}

function welcome(): string {
  return `
  Dashboard   ${addresses.dashboard}
  API         ${addresses.dashboard}/api/assets
  AWS         ${addresses.emulator}   (set your shell up for it with: . localstack/emulator.env.sh)

  Try next    edit apps/backend, then: make up          deploys the new image
              npx cdktf diff dev-network                after sourcing the file above
              make down                                 removes everything again
`;
}
