import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Plan } from "./plan";
import { PlanError, readPlan } from "./read";

/** A plan from a file, also from a compressed one. */
export function readPlanFile(file: string): Plan {
  return readPlan(file, textOf(file));
}

/** The plans of several stacks. Those whose files have the same name are told apart by their folders. */
export function readPlanFiles(files: readonly string[]): Plan[] {
  const plans = [...new Map(files.map((file) => [resolve(file), file]))].map(([path, file]) => ({
    path,
    plan: readPlanFile(file),
  }));
  const isShared = ({ stack }: Plan) => plans.filter(({ plan }) => plan.stack === stack).length > 1;
  const named = plans.map(({ path, plan }) =>
    isShared(plan) ? { path, plan: { ...plan, stack: `${basename(dirname(path))}/${plan.stack}` } } : { path, plan },
  );
  const isStillShared = ({ stack }: Plan) => named.filter(({ plan }) => plan.stack === stack).length > 1;
  return named.map(({ path, plan }) => (isStillShared(plan) ? { ...plan, stack: path } : plan));
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    const plain = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    if (isUtf16(plain)) throw new PlanError(`${file} is UTF-16, not UTF-8: PowerShell's > writes so. ${utf8}`);
    return plain.toString("utf8");
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw new PlanError(`${file} cannot be read: ${(error as Error).message.split(",")[0]}.`);
  }
}

const utf8 = "Write it with: terraform show -json plan | Out-File -Encoding utf8 plan.json";

/** With a byte order mark, or with a zero beside the first bracket. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
