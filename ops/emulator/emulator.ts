import { lstatSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Environment, environments } from "../../stacks/environments";
import { ensureTerraform } from "../install/terraform-providers";
import { emulatorCompose, emulatorState, root, stateLink } from "../shell/paths";
import { step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";
import { type Instance, instance, type Owner, type Ports, portsOf } from "./instance";
import { isFree } from "./ports";
import { startedHere } from "./started";
import { claimState } from "./state";

export const emulators = ["ministack", "localstack"] as const;
export type EmulatorName = (typeof emulators)[number];

export function findEnvironment(name: string): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  throw new SetupError(`Unknown environment "${name}"; there are ${environments.map((row) => row.name).join(", ")}.`);
}

/** An environment of a process in which AWS calls go to an instance of the emulated AWS. */
export interface EmulatorEnvironment extends NodeJS.ProcessEnv {
  readonly AWS_ENDPOINT_URL: string;
  /** Of the public load balancers. */
  readonly LOAD_BALANCERS_URL: string;
}

/** What `localstack/emulator.env.sh` makes of this process's environment: the one source, for us as for a deploy by hand. */
export async function emulatorEnvironment({ accountId }: Environment): Promise<EmulatorEnvironment> {
  // The script names Terraform's providers where they have been prepared, and only there.
  await ensureTerraform();
  const which = instance();
  const ports = asSettings(await portsOf(which));
  const script = ". ./localstack/emulator.env.sh && env -0";
  const env = { ...process.env, ...ports, ACCOUNT_ID: accountId, EMULATOR_INSTANCE: which.name };
  const output = await ask("sh", ["-c", script], { env });
  if (!output) throw new SetupError("localstack/emulator.env.sh does not run in sh.");
  const pairs = output.split("\0").filter((line) => line.includes("="));
  return Object.fromEntries(
    pairs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  ) as EmulatorEnvironment;
}

function asSettings(ports: Ports): Record<string, string> {
  return Object.fromEntries(Object.entries(ports).map(([setting, port]) => [setting, String(port)]));
}

/** Of an instance that does not run yet. */
export async function assertPortsFree(): Promise<void> {
  const { name } = instance();
  for (const [setting, port] of Object.entries(await portsOf(instance()))) {
    if (await isFree(port)) continue;
    throw new SetupError(
      `Port ${port} is taken by another process, so the emulator (instance ${name}) cannot start. Stop that process, set ${setting} to another port, or set EMULATOR_INSTANCE to another name: its ports are free ones.`,
    );
  }
}

/** Where an environment's public load balancer answers, for a browser: it takes all names below localhost for this machine. */
export function dashboardOf({ name }: Environment, { LOAD_BALANCERS_URL }: EmulatorEnvironment): string {
  return LOAD_BALANCERS_URL.replace("127.0.0.1", `${name}.localhost`);
}

export interface StartOptions {
  /** The checkout whose emulator it is. */
  readonly folder?: string | undefined;
  /** The services to start, where not all are. */
  readonly services?: readonly string[] | undefined;
  /** The process that the instance exists for. */
  readonly owner?: Owner;
  /** Adds what is missing, and leaves as it is what runs. */
  readonly isCompleted?: boolean;
}

export async function startEmulator(
  emulator: EmulatorName,
  env: EmulatorEnvironment,
  { folder = root, services = [], owner, isCompleted = false }: StartOptions = {},
): Promise<void> {
  const which =
    emulator === "localstack" ? ["--profile", "localstack", "up", "localstack"] : ["up", "--build", ...services];
  const kept = isCompleted ? ["--no-recreate"] : [];
  const args = ["compose", "-f", emulatorCompose(folder), ...which, ...kept, "--wait", "--detach"];
  const started = JSON.stringify(await startedHere(env, owner));
  await step(`Start the emulator (${emulator}, instance ${instance().name})`, () =>
    run("emulator", "docker", args, { env: { ...env, EMULATOR_STARTED: started } }).catch(async (error: Error) => {
      throw (await refusal()) ?? error;
    }),
  );
  await claimState(env.AWS_ENDPOINT_URL);
}

/** Why the emulator would not start, in its own words: see `localstack/emulator/start.py`. */
async function refusal(): Promise<SetupError | undefined> {
  const log = await ask("docker", ["compose", ...ofInstance(), "logs", "--no-log-prefix", "emulator"]);
  const reason = /^emulator: (?!\d+ patches)(.*)$/m.exec(log ?? "")?.[1];
  return reason === undefined ? undefined : new SetupError(`The emulator does not start: ${reason}.`);
}

/** Compose finds a project's containers and network by their labels, whichever clone made them. */
const ofInstance = (which = instance()) => ["--project-name", which.project];

/** Removes an instance with all that it holds and started, and nothing of another. What it emulates exists nowhere else, so its state goes too. */
export async function discardEmulator(): Promise<void> {
  const which = instance();
  const endpoint = `http://127.0.0.1:${(await portsOf(which)).EMULATOR_PORT}`;
  await step(`Remove the emulator and its containers (instance ${which.name})`, async () => {
    // Stopped first: a running emulator would start the tasks anew.
    await run("emulator", "docker", ["compose", ...ofInstance(which), "stop"]);
    await keepLogs(which);
    await removeTasks(which);
    await run("emulator", "docker", ["compose", ...ofInstance(which), "down", "--volumes", "--remove-orphans"]);
    discardState(endpoint);
  });
}

/** The checkout's own stacks too, where they were deployed to this instance last. */
function discardState(endpoint: string): void {
  const folder = emulatorState(endpoint);
  const link = lstatSync(stateLink(), { throwIfNoEntry: false });
  const isOurs = link?.isSymbolicLink() && readlinkSync(stateLink()) === folder;
  for (const path of [folder, ...(isOurs ? [stateLink(), join(root, "cdktf.out")] : [])]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** What it complained of goes with it else: `reports/logs/emulated-aws.log`. Nothing stays because this failed. */
async function keepLogs(which: Instance): Promise<void> {
  const args = ["compose", ...ofInstance(which), "logs", "--no-color", "--timestamps"];
  await run("emulated-aws", "docker", args).catch(() => {});
}

/** What MiniStack writes on the containers and volumes of tasks: its host name and port. */
const ofTasks = ({ container }: Instance) => ["--filter", `label=ministack.instance=${container}:4566`];

/** Names of the containers of ECS tasks, stopped ones included. */
export async function taskContainers(which = instance()): Promise<string[]> {
  return lines(await run("emulator", "docker", ["ps", "--all", "--format", "{{.Names}}", ...ofTasks(which)]));
}

/** The emulator starts containers and volumes of tasks beside itself, and cannot remove them once it was killed. */
async function removeTasks(which: Instance): Promise<void> {
  const containers = await taskContainers(which);
  if (containers.length > 0) await run("emulator", "docker", ["rm", "--force", "--volumes", ...containers]);
  const volumes = lines(await run("emulator", "docker", ["volume", "ls", "--quiet", ...ofTasks(which)]));
  if (volumes.length > 0) await run("emulator", "docker", ["volume", "rm", "--force", ...volumes]);
}

function lines(output: string): string[] {
  return output.split("\n").filter(Boolean);
}
