import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instance, shared as usual } from "../../ops/emulator/instance";
import type { Check } from "../../ops/report/report";
import { root } from "../../ops/shell/paths";
import { step } from "../../ops/shell/progress";
import { ask, run } from "../../ops/shell/run";
import { median, rounds } from "./rounds";

const runs = 7;
const repetitions = 20;

/** Measures a synthesis of all environments, with and without cdktf's own start, beside an empty app, and the memory of the emulated system. */
export async function measureStacks(): Promise<Check[]> {
  const scratch = createEmptyApp();
  const tsx = join(root, "node_modules/.bin/tsx");
  const cdktf = join(root, "node_modules/.bin/cdktf");
  const output = ["synth", "--output", join(scratch, "output")];
  const syntheses = {
    app: [root, tsx, ["main.ts"]],
    emptyApp: [scratch, tsx, ["main.ts"]],
    command: [root, cdktf, output],
    emptyCommand: [scratch, cdktf, output],
  } as const;
  try {
    const seconds = await step(`Synthesize ${runs} times each, in turn`, () =>
      rounds(["app", "emptyApp", "command", "emptyCommand"], runs, async (name) => {
        const [cwd, command, args] = syntheses[name];
        const begin = performance.now();
        await run("bench", command, args, { cwd });
        return (performance.now() - begin) / 1000;
      }),
    );
    return [
      duration("synth-app", "main.ts: all environments", 1.5, median(seconds.app), median(seconds.emptyApp)),
      duration(
        "synth-command",
        "cdktf synth: all environments",
        3,
        median(seconds.command),
        median(seconds.emptyCommand),
      ),
      await step(`Synthesize ${repetitions} times more`, () => identical(scratch)),
      await memory(),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function createEmptyApp(): string {
  const folder = mkdtempSync(join(tmpdir(), "empty-app-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const main = [
    'import { App, TerraformStack } from "cdktf";',
    "const app = new App();",
    'new TerraformStack(app, "empty");',
    "app.synth();",
  ];
  writeFileSync(join(folder, "main.ts"), main.join("\n"));
  const settings = {
    language: "typescript",
    app: "node_modules/.bin/tsx main.ts",
    projectId: "empty",
    sendCrashReports: "false",
  };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify(settings));
  return folder;
}

function duration(id: string, title: string, limit: number, seconds: number, emptySeconds: number): Check {
  return {
    id,
    title,
    passed: seconds <= limit,
    value: round(seconds),
    unit: "s",
    target: `<= ${limit}`,
    evidence: `${round(seconds / emptySeconds)} × an empty app (${round(emptySeconds)} s); medians of ${runs}, warm`,
  };
}

/** Whether every synthesis writes the same bytes: what Terraform reads of each stack. */
async function identical(scratch: string): Promise<Check> {
  const hashes = new Set<string>();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const output = join(scratch, `repetition-${repetition}`);
    await run("bench", join(root, "node_modules/.bin/tsx"), ["main.ts"], {
      env: { ...process.env, CDKTF_OUTDIR: output },
    });
    const hash = createHash("sha256");
    for (const stack of readdirSync(join(output, "stacks")).sort()) {
      hash.update(`${stack}\0`).update(readFileSync(join(output, "stacks", stack, "cdk.tf.json")));
    }
    hashes.add(hash.digest("hex"));
  }
  return {
    id: "synth-identical",
    title: `different outputs of ${repetitions} syntheses`,
    passed: hashes.size === 1,
    value: hashes.size,
    unit: "",
    target: "1",
    evidence: [...hashes].map((hash) => hash.slice(0, 16)).join(", "),
  };
}

/** Memory of every container of the emulated system that `make up` started, tasks included. */
async function memory(): Promise<Check> {
  const shared = { id: "memory", title: "memory of the emulated system", unit: "MiB", target: "none" };
  const { project, container } = instance(usual);
  const ids = await ask("docker", ["ps", "--quiet", "--filter", `network=${project}`]);
  const tasks = await ask("docker", ["ps", "--quiet", "--filter", `label=ministack.instance=${container}:4566`]);
  const all = [...new Set(`${ids ?? ""}\n${tasks ?? ""}`.split("\n").filter(Boolean))];
  if (all.length === 0) return { ...shared, passed: false, value: "not running; start it with: make up", evidence: "" };
  const stats = (await ask("docker", ["stats", "--no-stream", "--format", "{{.MemUsage}}", ...all])) ?? "";
  const total = stats.split("\n").reduce((sum, line) => sum + mebibytes(line.split(" / ")[0] ?? ""), 0);
  return { ...shared, passed: true, value: Math.round(total), evidence: `${all.length} containers, docker stats` };
}

function mebibytes(text: string): number {
  const factors: Record<string, number> = { B: 2 ** -20, KiB: 2 ** -10, MiB: 1, GiB: 2 ** 10 };
  const [, amount = "0", unit = "MiB"] = text.match(/^([\d.]+)([A-Za-z]+)$/) ?? [];
  return Number(amount) * (factors[unit] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
