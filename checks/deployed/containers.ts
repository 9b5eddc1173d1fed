import { execFileSync } from "node:child_process";

export function docker(...args: string[]): string {
  return execFileSync("docker", args, { encoding: "utf8" }).trim();
}

/** Names of all containers of an environment's tasks, stopped ones included. */
export function containersIn(environment: string): string[] {
  const family = "com.amazonaws.ecs.task-definition-family";
  const rows = docker("ps", "--all", "--filter", `label=${family}`, "--format", `{{.Names}} {{.Label "${family}"}}`);
  const own = (row: string) => row.split(" ")[1]?.startsWith(`portfolio-dashboard-${environment}-`);
  return rows.split("\n").filter(own);
}

/** Ids of the running containers of this name in the tasks of a service. */
export function containersOf(environment: string, service: string, container: string): string[] {
  const family = `label=com.amazonaws.ecs.task-definition-family=portfolio-dashboard-${environment}-${service}`;
  const named = `label=com.amazonaws.ecs.container-name=${container}`;
  return docker("ps", "--quiet", "--filter", family, "--filter", named).split("\n").filter(Boolean);
}
