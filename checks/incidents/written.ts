import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Point } from "../../packages/alarm-lab/series";
import type { IncidentTest } from "./judge";

/** Writes tests as files that `alarm-lab test` reads. */
export function writeTests(folder: string, alarms: readonly string[], tests: readonly IncidentTest[]): void {
  mkdirSync(folder, { recursive: true });
  for (const test of tests) {
    const series = test.series.map(({ points, ...metric }) => ({ ...metric, values: valuesOf(points) }));
    const content = { alarms, tests: [{ ...test, series }] };
    writeFileSync(
      join(folder, `${test.name}.test.yaml`),
      stringify(content, { lineWidth: 0, aliasDuplicateObjects: false }),
    );
  }
}

/** Points in the notation of test files; equal ones that follow each other are written once. */
function valuesOf(points: readonly Point[]): string {
  const runs: { text: string; count: number }[] = [];
  for (const text of points.map(textOf)) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  return runs.map(({ text, count }) => (count === 1 ? text : `${text}*${count}`)).join(" ");
}

function textOf(point: Point): string {
  if (point === null) return "_";
  if (typeof point === "number") return String(point);
  const samples = point.values.map((value, index) => `${value}#${point.counts[index] ?? 0}`);
  return samples.length === 1 ? (samples[0] ?? "_") : `[${samples.join(" ")}]`;
}
