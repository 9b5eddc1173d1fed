import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths";
import { step } from "./progress";
import { type Check, report } from "./report";
import { ask, run } from "./run";

const runs = 7;

/** Measures how long a synthesis of all environments takes, also as a ratio to an empty CDKTF app, and what the emulated system holds in memory. */
export async function bench(): Promise<boolean> {
  const startedAt = new Date();
  const empty = createEmptyApp();
  try {
    const [ours, theirs] = await step(`Synthesize ${runs} times, in turn with an empty app`, () =>
      compare(root, empty),
    );
    return await report("bench", startedAt, [synthesisTime(ours), synthesisRatio(ours, theirs), await memory()]);
  } finally {
    rmSync(empty, { recursive: true });
  }
}

function createEmptyApp(): string {
  const folder = mkdtempSync(join(tmpdir(), "empty-app-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const main =
    'import { App, TerraformStack } from "cdktf";\nconst app = new App();\nnew TerraformStack(app, "empty");\napp.synth();\n';
  writeFileSync(join(folder, "main.ts"), main);
  const settings = { language: "typescript", app: "npx tsx main.ts", projectId: "empty", sendCrashReports: "false" };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify(settings));
  mkdirSync(join(folder, "cdktf.out"));
  return folder;
}

/** Median seconds of `cdktf synth` in each folder, measured in turn so that a busy moment meets both; the first of each warms up. */
async function compare(first: string, second: string): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  const output = mkdtempSync(join(tmpdir(), "synth-"));
  for (let index = 0; index <= runs; index++) {
    for (const [position, cwd] of [first, second].entries()) {
      const begin = performance.now();
      await run("bench", join(root, "node_modules/.bin/cdktf"), ["synth", "--output", output], { cwd });
      if (index > 0) times[position as 0 | 1].push((performance.now() - begin) / 1000);
    }
  }
  rmSync(output, { recursive: true });
  return [median(times[0]), median(times[1])];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function synthesisTime(seconds: number): Check {
  return {
    id: "synth-seconds",
    title: "cdktf synth of all environments",
    passed: seconds < 3,
    value: round(seconds),
    unit: "s",
    target: "< 3",
    evidence: `median of ${runs}, warm`,
  };
}

function synthesisRatio(ours: number, empty: number): Check {
  return {
    id: "synth-ratio",
    title: "the same, times an empty CDKTF app",
    passed: true,
    value: round(ours / empty),
    unit: "×",
    target: "none",
    evidence: `the empty app: ${round(empty)} s`,
  };
}

/** Memory of every container of the emulated system, tasks included. */
async function memory(): Promise<Check> {
  const shared = { id: "memory", title: "memory of the emulated system", unit: "MiB", target: "none" };
  const ids = await ask("docker", ["ps", "--quiet", "--filter", "network=portfolio-dashboard-aws"]);
  const tasks = await ask("docker", ["ps", "--quiet", "--filter", "label=ministack.instance"]);
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
