import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Plan } from "./plan";
import { PlanError, readPlan } from "./read";

/** What stands for the standard input. */
const stdin = "-";

/** A plan from a file, also from a compressed one, or from the standard input. */
export function readPlanFile(file: string): Plan {
  return readPlan(file === stdin ? "stdin" : file, textOf(file));
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
    const bytes = readFileSync(file === stdin ? 0 : file);
    const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isCompressed ? gunzipSync(bytes) : bytes;
    if (isUtf16(plain)) throw new PlanError(`${file} is UTF-16, not UTF-8: PowerShell's > writes so. ${utf8}`);
    return plain.toString("utf8");
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw new PlanError(`${file} ${whyUnread((error as NodeJS.ErrnoException).code)}`);
  }
}

function whyUnread(code: string | undefined): string {
  switch (code) {
    case "ENOENT":
      return "does not exist. Name the file that terraform show -json wrote, or - for the standard input.";
    case "EISDIR":
      return "is a folder. Name the plans in it, for example: plan-review plans/*.json";
    case "EACCES":
      return "may not be read by this user.";
    case "EAGAIN":
      return "has nothing to read: pipe a plan into it, for example: terraform show -json plan | plan-review -";
    default:
      return `cannot be read (${code ?? "its compressed form is broken"}).`;
  }
}

const utf8 = "Write it with: terraform show -json plan | Out-File -Encoding utf8 plan.json";

/** With a byte order mark, or with a zero beside the first bracket. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
