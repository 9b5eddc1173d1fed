import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { logs } from "./paths";

/** Adds lines to a log file in `reports/logs`, each with the name of what they are about: several may write to it at the same time. */
export function appendToLog(log: string, about: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  mkdirSync(logs, { recursive: true });
  const text = lines.flatMap((line) => line.split("\n")).map((line) => `${about}  ${line}\n`);
  appendFileSync(join(logs, `${log}.log`), text.join(""));
}
