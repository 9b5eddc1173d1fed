import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { clipped } from "../../packages/text/truncate";
import { dockerVersionUsed } from "../install/docker-engine";
import { terraformVersion } from "../install/terraform-providers";
import { root } from "../shell/paths";

/** One thing that was measured or proved. A check that could not run is not passed, and its value is the reason. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly value: number | string;
  readonly unit: string;
  readonly target: string;
  readonly evidence: string;
}

/** Writes `reports/<name>.json`, says how each check ended and how many passed, and gives whether every one passed. */
export async function report(
  name: string,
  startedAt: Date,
  checks: readonly Check[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const count = checks.filter((check) => check.passed).length;
  const passed = count === checks.length;
  const content = {
    name,
    startedAt: startedAt.toISOString(),
    durationSeconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    machine: {
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
      terraform: await terraformVersion(),
      docker: await dockerVersionUsed(),
    },
    verdict: passed ? "pass" : "fail",
    ...more,
    checks,
  };
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports", `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
  for (const check of checks) process.stdout.write(lineOf(check));
  process.stdout.write(`${count} of ${checks.length} passed; all that was seen: reports/${name}.json\n`);
  return passed;
}

/** `✓ <title>: <value> <unit> (target: <target>)`, and below it the first line of the evidence, cut at 200 characters: the report has all of it. */
export function lineOf({ title, passed, value, unit, target, evidence }: Check): string {
  const line = `${passed ? "✓" : "✗"} ${title}: ${`${value} ${unit}`.trim()} (target: ${target})\n`;
  const [first = ""] = evidence.split("\n");
  return first === "" ? line : `${line}    ${clipped(first, 200)}\n`;
}
