import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Environment, environments } from "../../stacks/environments";
import { ensureTerraform } from "../install/terraform-providers";
import { emulatorCompose, emulatorContainer, root, stateLink, stateOf } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";
import { assertPortsFree } from "./ports";

export const addresses = {
  dashboard: `http://localhost:${process.env.DASHBOARD_PORT ?? "8081"}`,
  emulator: "http://127.0.0.1:4566",
};
/** There while an `up` runs. Found at the start of another, the one before was interrupted and left Terraform's state in doubt. */
const unfinished = join(stateOf("emulator"), "up-is-running");

export const emulators = ["ministack", "localstack"] as const;
export type EmulatorName = (typeof emulators)[number];

export function findEnvironment(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  throw new SetupError(`Unknown environment "${name}"; there are ${environments.map((row) => row.name).join(", ")}.`);
}

/** What `localstack/emulator.env.sh` makes of this process's environment: the one source, for us as for a deploy by hand. */
export async function emulatorEnvironment({ accountId }: Environment): Promise<NodeJS.ProcessEnv> {
  // The script names Terraform's providers where they have been prepared, and only there.
  await ensureTerraform();
  const script = ". ./localstack/emulator.env.sh && env -0";
  const output = await ask("sh", ["-c", script], { env: { ...process.env, ACCOUNT_ID: accountId } });
  if (!output) throw new SetupError("localstack/emulator.env.sh does not run in sh.");
  const pairs = output.split("\0").filter((line) => line.includes("="));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

export async function emulatorRuns(): Promise<boolean> {
  return (await ask("docker", ["compose", "-f", emulatorCompose, "ps", "--quiet", "emulator"])) !== "";
}

export async function assertEmulatorPortsFree(): Promise<void> {
  await assertPortsFree([4566, 4567, Number(new URL(addresses.dashboard).port)]);
}

export async function startEmulator(
  emulator: EmulatorName,
  env: NodeJS.ProcessEnv,
  composeFile = emulatorCompose,
): Promise<void> {
  const which = emulator === "localstack" ? ["--profile", "localstack", "up", "localstack"] : ["up", "--build"];
  await step(`Start the emulator (${emulator})`, () =>
    run("emulator", "docker", ["compose", "-f", composeFile, ...which, "--wait", "--detach"], { env }).catch(
      async (error: Error) => {
        throw (await refusal(composeFile)) ?? error;
      },
    ),
  );
}

/** Why the emulator would not start, in its own words: see `localstack/emulator/start.py`. */
async function refusal(composeFile: string): Promise<SetupError | undefined> {
  const log = await ask("docker", ["compose", "-f", composeFile, "logs", "--no-log-prefix", "emulator"]);
  const reason = /^emulator: (?!\d+ patches)(.*)$/m.exec(log ?? "")?.[1];
  return reason === undefined ? undefined : new SetupError(`The emulator does not start: ${reason}.`);
}

/** Removes the emulator with all that it holds and started. What it emulates exists nowhere else, so state goes too. */
export async function discardEmulator(): Promise<void> {
  await step("Remove the emulator and its containers", async () => {
    // Stopped first: a running emulator would start the tasks anew.
    await run("emulator", "docker", ["compose", "-f", emulatorCompose, "stop"]);
    await keepLogs();
    await removeTasks();
    await run("emulator", "docker", ["compose", "-f", emulatorCompose, "down", "--volumes", "--remove-orphans"]);
    for (const path of [stateOf("emulator"), stateLink, join(root, "cdktf.out")]) {
      rmSync(path, { recursive: true, force: true });
    }
  });
}

/** What it complained of goes with it else: `reports/logs/emulated-aws.log`. Nothing stays because this failed. */
async function keepLogs(): Promise<void> {
  const args = ["compose", "-f", emulatorCompose, "logs", "--no-color", "--timestamps"];
  await run("emulated-aws", "docker", args).catch(() => {});
}

/** What MiniStack writes on the containers and volumes of tasks: its host name and port. */
const ofTasks = (emulator: string) => ["--filter", `label=ministack.instance=${emulator}:4566`];

/** Names of the containers of ECS tasks, stopped ones included. */
export async function taskContainers(emulator = emulatorContainer): Promise<string[]> {
  return lines(await run("emulator", "docker", ["ps", "--all", "--format", "{{.Names}}", ...ofTasks(emulator)]));
}

/** The emulator starts containers and volumes of tasks beside itself, and cannot remove them once it was killed. */
export async function removeTasks(emulator = emulatorContainer): Promise<void> {
  const containers = await taskContainers(emulator);
  if (containers.length > 0) await run("emulator", "docker", ["rm", "--force", "--volumes", ...containers]);
  const volumes = lines(await run("emulator", "docker", ["volume", "ls", "--quiet", ...ofTasks(emulator)]));
  if (volumes.length > 0) await run("emulator", "docker", ["volume", "rm", "--force", ...volumes]);
}

function lines(output: string): string[] {
  return output.split("\n").filter(Boolean);
}

export async function startOverIfInterrupted(): Promise<void> {
  if (!existsSync(unfinished)) return;
  note("The last `make up` was interrupted, so its state is in doubt: discarding the emulator and starting over");
  await discardEmulator();
}

/** Does work that must not be killed half-way, and leaves a mark when it is. Work that fails by itself leaves none. */
export async function uninterrupted(work: () => Promise<void>): Promise<void> {
  mkdirSync(stateOf("emulator"), { recursive: true });
  writeFileSync(unfinished, "");
  try {
    await work();
  } finally {
    rmSync(unfinished, { force: true });
  }
}
