import { spawn } from "node:child_process";
import { type Check, report } from "../report/report";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { type Command, commandsOf, readWorkflows, startsByItself } from "./workflows";

/** What cannot run outside of GitHub, and why: by target of make, or command of ops. */
export const elsewhere: Readonly<Record<string, string>> = {
  push: "writes to ECR",
  digest: "reads an image that `images` saved",
  running: "reads an AWS account",
  changes: "reads from GitHub",
  verdict: "reads what became of other jobs",
  ready: "reads from ECR and GitHub",
  plan: "reads an AWS account",
  apply: "changes an AWS account",
  record: "reads an AWS account",
  deployed: "reads from GitHub",
  comment: "writes to GitHub",
  drift: "writes to GitHub",
  lock: "writes to GitHub",
};

/** The workflow of the long proofs: hours, so it runs here only when it is named. */
const weekly = "proofs";

interface Chosen extends Command {
  /** All jobs that run it: the same command is run once. */
  readonly jobs: readonly string[];
}

/** What a command does: `make test STAGES=lint` is `test`, `ops/run pipeline plan` is `plan`. */
export function targetOf(run: string): string {
  const [, first = "", second = ""] = run.split(" ");
  return first === "pipeline" ? second : first;
}

/** Runs the commands of the chosen jobs here, one after the other and each once, and says at the end how each ended. */
export async function runPipelines(jobs: readonly string[], isListOnly: boolean): Promise<boolean> {
  const chosen = choose(jobs);
  const here = chosen.filter(({ run }) => elsewhere[targetOf(run)] === undefined);
  for (const each of chosen.filter((candidate) => !here.includes(candidate))) {
    process.stdout.write(
      `  not on this machine: ${shown(each)} (${elsewhere[targetOf(each.run)]}; ${each.jobs.join(", ")})\n`,
    );
  }
  process.stdout.write("  not on this machine: actions, such as Trivy, uploads, credentials and attestations\n");
  if (isListOnly) {
    for (const { run, env, jobs: users } of here)
      process.stdout.write(`  ${shown({ run, env })} (${users.join(", ")})\n`);
    return true;
  }
  const startedAt = new Date();
  const checks: Check[] = [];
  for (const [index, each] of here.entries()) checks.push(await runHere(each, `${index + 1}/${here.length}`));
  return report("ci", startedAt, checks);
}

/** All of them, or those that are named by their workflow, or by the way to their job. */
export function choose(jobs: readonly string[]): Chosen[] {
  const all = readWorkflows()
    .filter(startsByItself)
    .flatMap((workflow) => commandsOf(workflow));
  const isNamed = ({ job }: Command, name: string) => `${job}/`.startsWith(`${name}/`);
  const unknown = jobs.filter((name) => !all.some((command) => isNamed(command, name)));
  if (unknown.length > 0) {
    throw new SetupError(
      `No such job: ${unknown.join(", ")}; there are ${[...new Set(all.map(({ job }) => job))].join(", ")}.`,
    );
  }
  const usual = all.filter((command) => !isNamed(command, weekly));
  const named = jobs.length === 0 ? usual : all.filter((command) => jobs.some((name) => isNamed(command, name)));
  const byText = new Map<string, Command[]>();
  for (const command of named) byText.set(shown(command), [...(byText.get(shown(command)) ?? []), command]);
  return [...byText.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, jobs: [...new Set(same.map(({ job }) => job))] }] : [];
  });
}

async function runHere({ run, env, jobs }: Chosen, place: string): Promise<Check> {
  const text = shown({ run, env });
  const begin = performance.now();
  const code = await step(`${place} ${text}`, () => inShell(run, env), { isWell: (ended) => ended === 0 });
  const seconds = Math.round((performance.now() - begin) / 1000);
  return {
    id: text,
    title: text,
    passed: code === 0,
    value: `exit ${code}`,
    unit: "",
    target: "exit 0",
    evidence: `${seconds} s, as ${jobs.join(", ")}`,
  };
}

/** As a runner starts a step, with its output in sight, and without what the make that called us was told. */
function inShell(run: string, stepEnv: Command["env"]): Promise<number> {
  const { MAKEFLAGS, MFLAGS, MAKEOVERRIDES, MAKELEVEL, JOBS, LIST, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn("bash", ["-e", "-o", "pipefail", "-c", run], {
      cwd: root,
      env: { ...env, ...stepEnv },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", () => resolve(127));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

function shown({ run, env }: Pick<Command, "run" | "env">): string {
  return run.replace(/\$(\w+)/g, (_, name) => env[name] ?? "");
}
