import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { logs, root } from "./paths";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Something that the reader can act on: printed without a stack trace. */
export class SetupError extends Error {}

/** How a program ends that failed for such a reason; any other error is a mistake of ours, and keeps its stack trace. */
export function explainFailure(error: unknown): void {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}

/** Ctrl-C reaches the whole process group; these signals reach us alone, and cdktf does not pass them on to Terraform. */
for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    for (const pid of descendants(process.pid)) process.kill(pid, signal);
    process.exit(1);
  });
}

function descendants(parent: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: string): number | null {
  try {
    // After the command's closing parenthesis: state, then the parent.
    return Number(
      readFileSync(join("/proc", pid, "stat"), "utf8")
        .split(") ")
        .at(-1)
        ?.split(" ")[1],
    );
  } catch {
    return null;
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

function start(
  command: string,
  args: readonly string[],
  { cwd = root, env, input }: RunOptions,
  onChunk: (chunk: Buffer) => void,
) {
  return new Promise<Ended>((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk;
      onChunk(chunk);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}
