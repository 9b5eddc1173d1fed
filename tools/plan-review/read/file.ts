import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Plan } from "./plan";
import { PlanError, readPlan } from "./read";

/** A plan from a file, also from a compressed one. */
export function readPlanFile(file: string): Plan {
  return readPlan(file, textOf(file));
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new PlanError(`${file} cannot be read: ${(error as Error).message.split(",")[0]}.`);
  }
}
