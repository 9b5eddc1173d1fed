import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cache, logs } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask, SetupError, unmarked } from "../shell/run";
import { installPackages, mayInstallPackages } from "./packages";

const pidFile = join(cache, "dockerd.pid");

let seen: string | null = null;

export async function dockerVersion(): Promise<string | null> {
  const version = await ask("docker", ["version", "--format", "{{.Server.Version}}"]);
  seen = version ?? seen;
  return version;
}

/** Of the Docker that answers, or did before: a proof stops what it started before it reports. */
export async function dockerVersionUsed(): Promise<string | null> {
  return (await dockerVersion()) ?? seen;
}

/** A Docker that answers: the running one, or one that is installed and started here. */
export async function ensureDockerEngine(): Promise<void> {
  if (!(await dockerVersion())) {
    if (!(await hasDockerd())) await installDocker();
    await step("Start dockerd", startDockerd);
  }
  createDockerConfiguration();
}

/** Whether `ensureDockerEngine` can, on this machine and as this user. */
export async function mayInstallOrStartDocker(): Promise<boolean> {
  return process.getuid?.() === 0 && (mayInstallPackages() || (await hasDockerd()));
}

async function hasDockerd(): Promise<boolean> {
  return (await ask("sh", ["-c", "command -v dockerd"])) !== null;
}

/** Debian 13 has the client in a package of its own; Debian 12 has none of that name. */
async function installDocker(): Promise<void> {
  await installPackages("Docker", ["docker.io", "iptables"]);
  if (!(await ask("docker", ["--version"]))) await installPackages("Docker's client", ["docker-cli"]);
}

async function startDockerd(): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new SetupError("Docker does not answer, and starting it needs root. Start it, or run: sudo make up");
  mkdirSync(cache, { recursive: true });
  mkdirSync(logs, { recursive: true });
  // Nobody's child: whatever ends our processes must find Docker alive when it cleans up.
  const script = 'setsid dockerd </dev/null >>"$0" 2>&1 & echo $!';
  const options = { encoding: "utf8", env: unmarked() } as const;
  const pid = execFileSync("sh", ["-c", script, join(logs, "dockerd.log")], options).trim();
  writeFileSync(pidFile, pid);
  for (let second = 0; second < 60; second++) {
    if (await dockerVersion()) return;
    if (!existsSync(join("/proc", pid))) break;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new SetupError("dockerd did not start. Its log is reports/logs/dockerd.log");
}

/** Free space, in GiB, that images, their layers and the tasks' containers may take. */
const neededGib = 3;

/** A Docker that runs out of space fails in the middle, with messages about something else. */
export async function assertDockerHasSpace(): Promise<void> {
  const folder = await ask("docker", ["info", "--format", "{{.DockerRootDir}}"]);
  // A Docker in a virtual machine has its folder there.
  if (!folder || !existsSync(folder)) return;
  const { bavail, bsize } = statfsSync(folder);
  const gib = (bavail * bsize) / 2 ** 30;
  if (gib >= neededGib) return;
  throw new SetupError(
    `Docker has ${gib.toFixed(1)} GiB left in ${folder}; ${neededGib} are needed. Nothing was started.`,
  );
}

/** Stops dockerd if it was started here, and nothing runs in it any more. */
export async function stopDockerEngine(): Promise<void> {
  if (!existsSync(pidFile)) return;
  if (await ask("docker", ["ps", "--quiet"])) return note("dockerd stays: other containers run");
  const pid = Number(readFileSync(pidFile, "utf8"));
  if (!isDockerd(pid)) {
    rmSync(pidFile);
    return;
  }
  process.kill(pid, "SIGTERM");
  for (let second = 0; second < 60 && isDockerd(pid); second++)
    await new Promise((resolve) => setTimeout(resolve, 1000));
  if (isDockerd(pid)) throw new SetupError(`dockerd (process ${pid}) does not stop.`);
  rmSync(pidFile);
  note("Stopped the dockerd that was started here");
}

function isDockerd(pid: number): boolean {
  const name = join("/proc", String(pid), "comm");
  return existsSync(name) && readFileSync(name, "utf8").trim() === "dockerd";
}

/** The docker provider looks for registry credentials in this file and fails when it is absent. */
export function createDockerConfiguration(): void {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "config.json");
  if (!existsSync(file)) writeFileSync(file, "{}\n");
}
