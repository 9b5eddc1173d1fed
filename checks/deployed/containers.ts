import { execFileSync } from "node:child_process";

export function docker(...args: string[]): string {
  return execFileSync("docker", args, { encoding: "utf8" }).trim();
}

/** Of what the emulator at an endpoint started: others may run the same environment. One that is no container here has no such mark. */
function startedBy(endpoint = ""): string[] {
  const { port } = new URL(endpoint);
  const emulator = docker("ps", "--quiet", "--filter", `publish=${port}`);
  if (emulator === "") return [];
  const host = docker("inspect", "--format", "{{.Config.Hostname}}", emulator);
  return ["--filter", `label=ministack.instance=${host}:4566`];
}

/** Names of all containers of an environment's tasks, stopped ones included. */
export function containersIn(environment: string, endpoint = process.env.AWS_ENDPOINT_URL): string[] {
  const family = "com.amazonaws.ecs.task-definition-family";
  const filters = [...startedBy(endpoint), "--filter", `label=${family}`];
  const rows = docker("ps", "--all", ...filters, "--format", `{{.Names}} {{.Label "${family}"}}`);
  const own = (row: string) => row.split(" ")[1]?.startsWith(`portfolio-dashboard-${environment}-`);
  return rows.split("\n").filter(own);
}

/** Ids of the running containers of this name in the tasks of a service. */
export function containersOf(
  environment: string,
  service: string,
  container: string,
  endpoint = process.env.AWS_ENDPOINT_URL,
): string[] {
  const family = `label=com.amazonaws.ecs.task-definition-family=portfolio-dashboard-${environment}-${service}`;
  const named = `label=com.amazonaws.ecs.container-name=${container}`;
  const filters = [...startedBy(endpoint), "--filter", family, "--filter", named];
  return docker("ps", "--quiet", ...filters)
    .split("\n")
    .filter(Boolean);
}
