import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunTaskCommandInput } from "@aws-sdk/client-ecs";
import type { ProbeContext } from "./probe-context";
import { type Container, register, start, taskIs } from "./tasks";

export const port = 8000;

/** A container that serves `web-server.py`. */
export function webServer(environment: Readonly<Record<string, string>> = {}): Container {
  return {
    command: ["python3", "-u", "-c", readFileSync(join(__dirname, "web-server.py"), "utf8")],
    portMappings: [{ containerPort: port }],
    environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
  };
}

/** Addresses of two web servers that belong to no service, and say `one` and `two`. */
export function webServers(context: ProbeContext): Promise<{ readonly one: string; readonly two: string }> {
  return context.once(startServers);
}

async function startServers(context: ProbeContext) {
  const taskDefinition = await register(context, [webServer()]);
  const says = (value: string) => ({
    overrides: { containerOverrides: [{ name: "app", environment: [{ name: "SAYS", value }] }] },
  });
  const [one, two] = await Promise.all([
    address(context, taskDefinition, says("one")),
    address(context, taskDefinition, says("two")),
  ]);
  return { one, two };
}

/** Starts a task and gives its address. */
export async function address(
  context: ProbeContext,
  taskDefinition: string,
  settings: Partial<RunTaskCommandInput>,
): Promise<string> {
  const task = await taskIs(context, await start(context, taskDefinition, settings), "RUNNING");
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []) ?? [];
  const found = details.find(({ name }) => name === "privateIPv4Address")?.value;
  if (!found) throw new Error(`the task has no address: ${task.lastStatus} ${task.stoppedReason ?? ""}`);
  return found;
}
