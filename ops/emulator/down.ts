import { destroy } from "../deploy/deployment";
import { dockerVersion, stopDockerEngine } from "../install/docker-engine";
import { assertAgreed } from "../shell/confirm";
import { root } from "../shell/paths";
import { note } from "../shell/progress";
import { SetupError } from "../shell/run";
import { discardEmulator, emulatorEnvironment, findEnvironment } from "./emulator";
import { findRunning, instance, type Started } from "./instance";
import { recoverIfInterrupted } from "./interrupted";
import { deployedOn, environmentsOn, forgetDeployed, isAlive } from "./state";

/** Destroys an environment on the emulated AWS. When nothing else is there, the emulator goes too. */
export async function down(environmentName: string, isAgreed: boolean): Promise<void> {
  findEnvironment(environmentName);
  if (await dockerVersion()) {
    const running = await findRunning(instance());
    if (running && !running.started) throw new SetupError(older());
    const owner = running?.started?.owner;
    // What is left of a run that was killed has nobody who would miss it.
    if (!running?.started || (owner && !isAlive(owner))) await discardEmulator();
    else await removeFrom(running.started, environmentName, isAgreed);
  }
  await stopDockerEngine();
  note("Images and caches stay, so that the next `make up` is fast");
}

async function removeFrom(started: Started, name: string, isAgreed: boolean): Promise<void> {
  const environment = findEnvironment(name);
  const env = await emulatorEnvironment(environment);
  const endpoint = env.AWS_ENDPOINT_URL;
  const all = environmentsOn(endpoint);
  const others = all.filter((each) => each !== name);
  const reason = reasonToAsk(started, all, { name, by: deployedOn(endpoint, name)?.checkout });
  if (reason && !isAgreed) await assertAgreed(reason, "Nothing was destroyed.");
  if (all.includes(name)) {
    try {
      if (others.length > 0) await recoverIfInterrupted(environment, env);
      await destroy(environment, env);
    } catch (error) {
      if (others.length > 0) throw error;
      note(`${name} goes with its emulator, not stack by stack: ${(error as Error).message.split("\n")[0]}`);
    }
    forgetDeployed(endpoint, name);
  } else if (others.length > 0) note(`${name} is not on this emulator (instance ${instance().name})`);
  if (others.length === 0) await discardEmulator();
  else note(`The emulator (instance ${instance().name}) stays; on it: ${others.join(", ")}`);
}

/** A question, where somebody else would lose something; `by` is the checkout that deployed the environment last. */
export function reasonToAsk(
  { checkout, owner }: Started,
  all: readonly string[],
  { name, by }: { name: string; by: string | undefined },
): string | undefined {
  const which = `The emulator (instance ${instance().name})`;
  if (owner) return `${which} is in use by ${checkout} (process ${owner.pid} on ${owner.host}). Destroy ${name} on it?`;
  if (all.includes(name)) return by && by !== root ? `${name} was deployed by ${by}. Destroy it?` : undefined;
  const isDiscarded = all.length === 0 && checkout !== root;
  return isDiscarded ? `${which} was started by ${checkout}; nothing is on it yet. Discard it?` : undefined;
}

function older(): string {
  return `The emulator that runs (instance ${instance().name}) was started by an older version of this project: run make down in the clone that started it. Nothing was destroyed.`;
}
