import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { emulatorAt } from "../deploy/emulator-at";
import { emulatorState, root } from "../shell/paths";
import { commandOf } from "../shell/run";
import type { Owner } from "./instance";

/** What one deployed last, of an environment on an emulator. */
export interface Deployed {
  readonly checkout: string;
  /** The `up` that runs. Found when it has ended, it was killed, and Terraform's states are in doubt. */
  readonly owner?: Owner;
}

/** Discards the state of another emulator at this endpoint, or of an earlier start: what it emulated is gone. */
export async function claimState(endpoint: string): Promise<void> {
  const folder = emulatorState(endpoint);
  const emulator = (await emulatorAt(endpoint)) ?? "";
  const file = join(folder, "emulator");
  if (existsSync(file) && readFileSync(file, "utf8") === emulator) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, emulator);
}

/** Names of the environments that something exists of, whoever deployed them. */
export function environmentsOn(endpoint: string): string[] {
  const folder = emulatorState(endpoint);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) => {
    const stack = /^bootstrap-(.+)\.tfstate$/.exec(file)?.[1];
    if (stack && hasResources(join(folder, file))) return [stack];
    return /^(.+)\.deployed\.json$/.exec(file)?.slice(1) ?? [];
  });
  return [...new Set(names)].sort();
}

function hasResources(state: string): boolean {
  return (JSON.parse(readFileSync(state, "utf8")).resources ?? []).length > 0;
}

export function deployedOn(endpoint: string, environment: string): Deployed | null {
  const file = recordOf(endpoint, environment);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** After the environment was destroyed. */
export function forgetDeployed(endpoint: string, environment: string): void {
  rmSync(recordOf(endpoint, environment), { force: true });
}

/** Does work that must not be killed half-way, and leaves a mark when it is. Work that fails by itself leaves none. */
export async function whileDeploying(endpoint: string, environment: string, work: () => Promise<void>): Promise<void> {
  const write = (deployed: Deployed) => writeFileSync(recordOf(endpoint, environment), JSON.stringify(deployed));
  write({ checkout: root, owner: thisProcess() });
  try {
    await work();
  } finally {
    write({ checkout: root });
  }
}

function recordOf(endpoint: string, environment: string): string {
  return join(emulatorState(endpoint), `${environment}.deployed.json`);
}

export function thisProcess(): Owner {
  return { pid: process.pid, host: hostname() };
}

/** A process of another host may be alive: nothing here tells. */
export function isAlive({ pid, host }: Owner): boolean {
  return host !== hostname() || commandOf(pid) === commandOf(process.pid);
}
