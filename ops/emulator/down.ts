import { destroy } from "../deploy/deployment";
import { dockerVersion, stopDockerEngine } from "../install/docker-engine";
import { note } from "../shell/progress";
import { discardEmulator, emulatorEnvironment, emulatorRuns, findEnvironment } from "./emulator";

/** Destroys the stacks, then everything that `up` started. */
export async function down(environmentName: string): Promise<void> {
  const environment = findEnvironment(environmentName);
  if (await dockerVersion()) {
    try {
      if (await emulatorRuns()) await destroy(environment, await emulatorEnvironment(environment));
    } finally {
      await discardEmulator();
    }
  }
  await stopDockerEngine();
  note("Images and caches stay, so that the next `make up` is fast");
}
