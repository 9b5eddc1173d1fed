import { destroy } from "./deployment";
import { dockerVersion, stopDockerEngine } from "./docker-engine";
import { discardEmulator, emulatorEnvironment, emulatorRuns, findEnvironment } from "./emulator";
import { note } from "./progress";

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
