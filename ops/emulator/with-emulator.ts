import { assertDockerHasSpace, ensureDockerEngine, stopDockerEngine } from "../install/docker-engine";
import { assertAgreed } from "../shell/confirm";
import { Copy } from "../shell/copy";
import { note } from "../shell/progress";
import { thenClean } from "../shell/run";
import { assertPortsFree, discardEmulator, type EmulatorEnvironment, startEmulator } from "./emulator";
import { findRunning, instance, type Running } from "./instance";
import { environmentsOn, isAlive, thisProcess } from "./state";
import { prepare } from "./up";

export interface OwnEmulator {
  /** The checkout whose emulator it is. */
  readonly folder?: string;
  /** The services of Compose to start, if not all. */
  readonly services?: readonly string[];
}

/** Work on an instance of the emulated AWS that exists for it alone. Nothing of it stays, however the work ends. */
export async function withEmulator<Result>(
  env: EmulatorEnvironment,
  work: () => Promise<Result>,
  { folder, services }: OwnEmulator = {},
): Promise<Result> {
  return thenClean(stopDockerEngine, async () => {
    await ensureDockerEngine();
    await assertDockerHasSpace();
    await prepare();
    await discardAgreed(env);
    await assertPortsFree();
    return thenClean(discardEmulator, async () => {
      await startEmulator("ministack", env, { folder, services, owner: thisProcess() });
      return work();
    });
  });
}

/** Discards what the instance has, once somebody agreed to what would be lost. */
export async function discardAgreed({ AWS_ENDPOINT_URL }: EmulatorEnvironment): Promise<void> {
  const running = await findRunning(instance());
  const inUse = running && useOf(running, environmentsOn(AWS_ENDPOINT_URL));
  if (inUse) {
    const nothing = "Nothing was discarded. To use another emulator beside it, set EMULATOR_INSTANCE to another name.";
    await assertAgreed(
      `The emulator (instance ${instance().name}) ${inUse}. Discard it, with all that is on it?`,
      nothing,
    );
  }
  await discardEmulator();
}

/** What an instance is used for, in words; undefined where it is not. */
export function useOf({ started }: Running, environments: readonly string[]): string | undefined {
  if (!started) return "was started by an older version of this project";
  const { checkout, owner } = started;
  if (owner && !isAlive(owner)) {
    note(`The emulator (instance ${instance().name}) was left by a run of ${checkout} that was killed: it is removed`);
    return undefined;
  }
  if (owner) return `is in use by ${checkout} (process ${owner.pid} on ${owner.host})`;
  if (environments.length === 0) return undefined;
  return `was started by ${checkout}, and has ${environments.join(", ")} on it`;
}

/** Work on a copy of the checkout, or of a commit. */
export async function withCopy<Result>(work: (copy: Copy) => Promise<Result>, commit?: string): Promise<Result> {
  const copy = await Copy.make(commit);
  return thenClean(
    async () => copy.remove(),
    () => work(copy),
  );
}
