import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Check, report } from "../../ops/report/report";
import { Copy } from "../../ops/shell/copy";
import { step } from "../../ops/shell/progress";
import { SetupError } from "../../ops/shell/run";
import { differences as explanations } from "./differences";
import { checkTypes, synthesize } from "./synthesis";
import { judge } from "./verdict";

const successors = join(__dirname, "node_modules");

/** Proves that the stacks can leave cdktf: with cdktn under its names they compile and become the same resources, but for explained differences. */
export async function exit(): Promise<boolean> {
  if (!existsSync(successors)) throw new SetupError("checks/cdktn/node_modules is missing. Run: make check NAME=cdktn");
  const startedAt = new Date();
  // Copied once, so that both sides read the same files while somebody edits them.
  const copy = await Copy.make();
  const { folder } = copy;

  const before = await attempt("Synthesize with cdktf", () => synthesize(folder));
  copy.usePackages(successors);
  const after = await attempt("Synthesize with cdktn", () => synthesize(folder));
  const types = await attempt("Compile with cdktn", () => checkTypes(folder));

  return report("cdktn", startedAt, [compiled(types), ...judge(before, after, explanations)]);
}

/** A failure is a result here: the report says what failed. */
async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | Error> {
  try {
    return await step(title, work);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return error;
  }
}

function compiled(result: string | Error): Check {
  const passed = !(result instanceof Error);
  return {
    id: "types",
    title: "main.ts and what it imports compile",
    passed,
    value: passed ? "yes" : "no",
    unit: "",
    target: "yes",
    evidence: passed ? "tsc, against bindings generated from the new provider's schema" : "reports/logs/exit.log",
  };
}
