import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { SetupError } from "./run";

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What answers 200 as soon as it serves. */
  readonly health: string;
}

/** The kernel counts in hundredths of a second. */
const ticksPerSecond = 100;

/** A server in a process of its own, whose standard output nobody reads. */
export class Server {
  private constructor(private readonly child: ChildProcess) {}

  static async start({ command, args, env, cwd, health }: ServerCommand): Promise<Server> {
    const child = spawn(command, [...args], { env, stdio: ["ignore", "ignore", "pipe"], ...(cwd && { cwd }) });
    let said = "";
    child.stderr?.on("data", (chunk) => (said += chunk));
    child.on("error", (error) => (said += error.message));
    for (let attempt = 0; attempt < 200 && isRunning(child); attempt++) {
      const answer = await fetch(health).catch(() => undefined);
      if (answer?.ok) return new Server(child);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const fault = isRunning(child) ? `does not answer at ${health}` : "ended as soon as it was started";
    await new Server(child).stop();
    throw new SetupError(`${command} ${args.join(" ")} ${fault}: ${said.slice(-500)}`);
  }

  /** Of user and system, all threads. */
  get cpuSeconds(): number {
    return cpuSecondsOf(readFileSync(`/proc/${this.child.pid}/stat`, "utf8"));
  }

  async stop(): Promise<void> {
    if (!isRunning(this.child)) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

/** One that could not even be started has no id. */
function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** `utime` and `stime`: the 14th and 15th field, where the second, in parentheses, may have blanks. */
export function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
