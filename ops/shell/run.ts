import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { logs, root } from "./paths";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** What it prints, as it comes. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Terraform: when a signal ends this process, it gets one SIGINT, and time to save its state and to release its lock. */
  readonly endsItself?: boolean;
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Something that the reader can act on: printed without a stack trace. */
export class SetupError extends Error {}

/** A person must decide, and nobody is there to ask. */
export class DecisionNeeded extends SetupError {}

/** How a program ends that failed for such a reason; any other error is a mistake of ours, and keeps its stack trace. */
export function explainFailure(error: unknown): void {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error instanceof DecisionNeeded ? 3 : 1;
}

/** How a proof ends that could not be run, where 1 says that something was not as it should be. */
export function couldNotRun(error: Error): never {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exit(error instanceof DecisionNeeded ? 3 : 2);
}

/** In the environment of what is started here: it is known by that when its parent has died before it. */
const mark = "STARTED_BY";
const ourMark = `${process.env[mark] ?? ""}/${process.pid}/`;

/** For what shall outlive whatever starts it here. */
export function unmarked(): NodeJS.ProcessEnv {
  return { ...process.env, [mark]: undefined };
}

type Cleaning = () => Promise<void>;
/** In the order in which they became necessary: done from the last to the first. */
const cleanings: Cleaning[] = [];
/** Set for all that a cleaning does while the process is being ended. */
const lastAct = new AsyncLocalStorage<true>();
let ending = false;
let endingSince = 0;
/** Those that end themselves, by process id. */
const endingThemselves = new Map<number, Promise<unknown>>();
/** A signal that comes twice at once, from the terminal and from a parent, is one signal. */
const sameSignalMilliseconds = 2000;

/** Does work, and cleans up after it: also when it fails, when a signal ends this process, and when an error does that nobody caught. */
export async function thenClean<Result>(clean: Cleaning, work: () => Promise<Result>): Promise<Result> {
  const uncaught = (error: Error) => {
    process.stderr.write(`\n${error.stack}\n`);
    if (!ending) void endWith(2);
  };
  process.on("uncaughtException", uncaught);
  cleanings.push(clean);
  try {
    return await work();
  } finally {
    await unlessEnding();
    cleanings.splice(cleanings.indexOf(clean), 1);
    await clean();
    process.off("uncaughtException", uncaught);
  }
}

/** Goes on at once, or never: whoever ends the process cleans up, and nothing else may begin. */
export async function unlessEnding(): Promise<void> {
  if (ending && !lastAct.getStore()) await new Promise(() => {});
}

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

for (const signal of Object.keys(signals) as (keyof typeof signals)[]) {
  process.on(signal, () => {
    if (ending) return interruptAgain();
    // Ctrl-C reaches the whole process group; the others reach us alone.
    if (cleanings.length === 0 && signal !== "SIGINT") killAll(descendants(process.pid, endingThemselves), signal);
    void endWith(128 + signals[signal]);
  });
}

/** Of a second interrupt Terraform ends at once, and its lock stays. */
function interruptAgain(): void {
  if (cleanings.length === 0 && Date.now() - endingSince > sameSignalMilliseconds)
    killAll([...endingThemselves.keys()], "SIGINT");
}

async function endWith(code: number): Promise<never> {
  ending = true;
  endingSince = Date.now();
  if (cleanings.length === 0 && endingThemselves.size > 0) {
    process.stderr.write(
      "\nInterrupted: Terraform ends what it is doing and releases its locks. A second Ctrl-C ends it at once, and leaves the locks.\n",
    );
    killAll([...endingThemselves.keys()], "SIGINT");
    await Promise.all(endingThemselves.values());
  }
  for (const clean of cleanings.toReversed()) {
    // What is thrown away may die as it is.
    await endAll([...descendants(process.pid), ...startedHere()]);
    await lastAct.run(true, clean).catch((error: Error) => process.stderr.write(`Not cleaned up: ${error.message}\n`));
  }
  process.exit(code);
}

/** Ends when these have. */
export async function endAll(pids: readonly number[]): Promise<void> {
  killAll(pids, "SIGKILL");
  const isRunning = (pid: number) => stateOf(pid) !== null && stateOf(pid) !== "Z";
  for (let attempts = 0; attempts < 100 && pids.some(isRunning); attempts++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function killAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Children of a process, their children, and so on; without some of them and theirs. */
export function descendants(parent: number, without: Pick<ReadonlyMap<number, unknown>, "has"> = new Set()): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number)
    .filter((child) => !without.has(child));
  return children.flatMap((child) => [child, ...descendants(child, without)]);
}

function startedHere(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`${mark}=${ourMark}`))
    .map(Number);
}

/** As it was when the process began; empty when it has ended, or is somebody else's. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(join("/proc", pid, "environ"), "utf8");
  } catch {
    return "";
  }
}

/** The name of a process's program, without its folder; null when the process has ended. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return null;
  }
}

function parentOf(pid: string): number | null {
  return Number(statOf(pid)?.[1] ?? Number.NaN) || null;
}

/** One letter, Z for a process that has ended and that nobody has asked how; null when there is no such process. */
function stateOf(pid: number): string | null {
  return statOf(String(pid))?.[0] ?? null;
}

/** What follows the command's closing parenthesis: state, parent, and more. */
function statOf(pid: string): string[] | undefined {
  try {
    return readFileSync(join("/proc", pid, "stat"), "utf8")
      .split(") ")
      .at(-1)
      ?.split(" ");
  } catch {
    return undefined;
  }
}

/** Runs a command and gives what it printed; `null` when it is absent or fails. For questions, not for work. */
export async function ask(command: string, args: readonly string[], options: RunOptions = {}): Promise<string | null> {
  const { code, output } = await attempt(command, args, options);
  return code === 0 ? output.trim() : null;
}

/** Runs a command whose failure says something: its exit code, and all that it printed. */
export function attempt(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(command, args, options, () => {});
}

/** Runs a command into a log file; when it fails, the error has the last lines and the log's path. */
export async function run(
  log: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${log}.log`);
  const file = createWriteStream(path, { flags: "a" });
  file.write(`\n$ ${[command, ...args].join(" ")}\n`);
  const { code, output } = await start(command, args, options, (chunk) => file.write(chunk));
  await new Promise((resolve) => file.end(resolve));
  if (code === 0) return output;
  const tail = readFileSync(path, "utf8").trimEnd().split("\n").slice(-20).join("\n  ");
  throw new SetupError(
    `${command} ${args[0] ?? ""} failed (exit ${code}). The end of ${relative(root, path)}:\n  ${tail}`,
  );
}

async function start(
  command: string,
  args: readonly string[],
  { cwd = root, env, input, onOutput, endsItself = false }: RunOptions,
  onChunk: (chunk: Buffer) => void,
): Promise<Ended> {
  await unlessEnding();
  const ended = await new Promise<Ended>((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...(env ?? process.env), [mark]: ourMark },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      // Out of reach of one more Ctrl-C by somebody impatient; what ends itself gets its signals from us alone.
      detached: endsItself || lastAct.getStore() === true,
    });
    const { pid } = child;
    if (endsItself && pid !== undefined) {
      const closed = new Promise((resolve) => child.once("close", resolve));
      endingThemselves.set(pid, closed);
      void closed.then(() => endingThemselves.delete(pid));
    }
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk;
      onChunk(chunk);
      onOutput?.(chunk);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    if (input !== undefined) child.stdin?.end(input);
  });
  await unlessEnding();
  return ended;
}
