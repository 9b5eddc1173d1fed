import { ask } from "../shell/run";

/** The container that answers at an endpoint of this machine, and when it was started: what it emulates is in its memory. Null where no container does. */
export async function emulatorAt(endpoint: string): Promise<string | null> {
  const { hostname, port } = new URL(endpoint);
  if (hostname !== "127.0.0.1") return null;
  const id = await ask("docker", ["ps", "--quiet", "--filter", `publish=${port}`]);
  return id ? ask("docker", ["inspect", "--format", "{{.Id}} {{.State.StartedAt}}", id]) : null;
}
