import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withCopy } from "../emulator/with-emulator";
import { attempt } from "../shell/run";
import { type Outcome, outcomeFile } from "./outcome";

/**
 * Runs a stage beside others: in a copy of the checkout, because stacks are synthesized and applied in folders of it, and with an emulated
 * AWS of its own. What it prints has the stage's name in front.
 */
export async function runInCopy(stage: string): Promise<Outcome> {
  return withCopy(async (copy) => {
    await copy.commit();
    const file = join(copy.folder, outcomeFile);
    rmSync(file, { force: true });
    const env = { ...process.env, EMULATOR_INSTANCE: `test-${stage}` };
    const args = ["--import", "tsx", "ops/cli.ts", "test", stage];
    const onOutput = withName(stage);
    const { output } = await attempt("node", args, { cwd: copy.folder, env, onOutput, endsItself: true });
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return {
        passed: 0,
        failures: [`The stage ${stage} did not end: ${output.trimEnd().split("\n").slice(-5).join("\n")}`],
      };
    }
  });
}

/** Writes whole lines. */
function withName(stage: string): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter(Boolean)) process.stdout.write(`${stage} │ ${line}\n`);
  };
}
