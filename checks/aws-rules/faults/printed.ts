import { Copy } from "../../../ops/shell/copy";
import { attempt, SetupError } from "../../../ops/shell/run";
import type { Replacement, Rows } from "./fault";

/** What is synthesized with some edits. */
export interface Asked {
  readonly name: string;
  readonly edits: readonly Replacement[];
  readonly rows: Rows;
}

export interface Printed {
  readonly name: string;
  /** What the synthesis prints before it stops; none if it goes through. */
  readonly lines: readonly string[];
}

/** Puts each set of edits into a copy of the checkout, one after the other, and synthesizes it there. */
export async function printedWith(asked: readonly Asked[]): Promise<readonly Printed[]> {
  const copy = await Copy.make();
  try {
    const program = ["checks/aws-rules/faults/synthesize.ts"];
    const options = { cwd: copy.folder, input: JSON.stringify(asked) };
    const { code, output } = await attempt("node_modules/.bin/tsx", program, options);
    if (code !== 0) throw new SetupError(`${program} failed (exit ${code}):\n${output}`);
    return JSON.parse(output.trim().split("\n").at(-1) ?? "");
  } finally {
    copy.remove();
  }
}
