import { runningInstances } from "./instance";
import { environmentsOn, isAlive } from "./state";

/** A line for each instance of the emulated AWS that runs on this machine. */
export async function listInstances(): Promise<string[]> {
  const running = await runningInstances();
  return running.map(({ name, endpoint, started: { checkout, version, owner } }) => {
    const on = environmentsOn(endpoint).join(", ") || "nothing";
    const use = owner && (isAlive(owner) ? `; for process ${owner.pid}` : "; left by a process that was killed");
    return `  Emulator ${name}: ${endpoint}, started by ${checkout} (version ${version}); on it: ${on}${use ?? ""}`;
  });
}
