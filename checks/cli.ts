import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { prepare } from "../ops/emulator/up";
import { installPackages } from "../ops/install/packages";
import { root } from "../ops/shell/paths";
import { step } from "../ops/shell/progress";
import { ask, run, thenClean } from "../ops/shell/run";
import { type ProofRow, proofs } from "./checks";
import { runProof } from "./run-proof";
import { scheduleOf } from "./schedule";

const names = proofs.map(({ name }) => name);

runProof(
  new Command("check")
    .description("Runs long proofs, or lists them. Ends with the exit code of the first that fails.")
    .argument(
      "[names...]",
      "names of proofs to run; without names, lists all",
      (name: string, chosen: string[] = []) => [...chosen, known(name)],
    )
    .option("--args <arguments>", "arguments for the proof, separated by spaces; --args=--help prints its options", "")
    .action(async (chosen: string[], { args }: { args: string }) => {
      if (chosen.length === 0) list();
      for (const name of chosen) {
        const row = proofs.find((each) => each.name === name) as ProofRow;
        process.exitCode = await prove(row, args.split(" ").filter(Boolean));
        if (process.exitCode !== 0) return;
      }
    }),
);

function known(name: string): string {
  if (names.includes(name)) return name;
  throw new InvalidArgumentError(`There are ${names.join(", ")}.`);
}

function list(): void {
  const line = (name: string, minutes: string, when: string, shows: string) =>
    `${name.padEnd(14)} ${minutes.padStart(7)}  ${when.padEnd(7)}  ${shows}\n`;
  process.stdout.write(line("name", "minutes", "runs", "what it shows"));
  for (const { name, minutes, shows } of proofs) {
    process.stdout.write(line(name, String(minutes), scheduleOf(name) ?? "by hand", shows));
  }
  process.stdout.write(
    "\nRun one: make check NAME=incidents   With arguments: make check NAME=bench ARGS='--only backend'\n",
  );
}

async function prove(row: ProofRow, args: readonly string[]): Promise<number> {
  for (const folder of row.packages ?? []) await installNodePackages(folder);
  await installTools(row);
  const url = process.env.DASHBOARD_URL;
  if (!row.isServed) return start(row, args);
  if (url) return start(row, ["--url", url, ...args]);
  await prepare();
  const stop = async () => {
    await run("compose", "docker", ["compose", "down", "--volumes", "--remove-orphans"]);
  };
  return thenClean(stop, async () => {
    await step("docker compose up --wait", () => run("compose", "docker", ["compose", "up", "--build", "--wait"]));
    return start(row, ["--url", `http://localhost:${process.env.PORT ?? "8080"}`, ...args]);
  });
}

async function installTools({ name, tools = {} }: ProofRow): Promise<void> {
  const missing: string[] = [];
  for (const [tool, debianPackage] of Object.entries(tools)) {
    if ((await ask("sh", ["-c", `command -v ${tool}`])) === null) missing.push(debianPackage);
  }
  if (missing.length > 0) await installPackages(`What make check NAME=${name} needs`, missing);
}

async function installNodePackages(folder: string): Promise<void> {
  if (existsSync(join(root, folder, "node_modules"))) return;
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund"];
  await step(`Install the packages of ${folder}`, () => run("npm", "npm", ["--prefix", folder, "ci", ...flags]));
}

function start({ command: [program, ...given], asRoot }: ProofRow, args: readonly string[]): number {
  const command = [join(root, program), ...given, ...args];
  const isRoot = process.getuid?.() === 0;
  const sudo = asRoot && !isRoot ? ["sudo", "--preserve-env", "env", `PATH=${process.env.PATH}`] : [];
  const [first = "", ...others] = [...sudo, ...command];
  const { status } = spawnSync(first, others, { cwd: root, stdio: "inherit" });
  return status ?? 1;
}
