import { createInterface } from "node:readline/promises";
import { SetupError } from "./run";

/** Asks before something that is hard to undo; an error when it is declined, or nobody is there. `nothing` says what was not done. */
export async function assertAgreed(question: string, nothing: string): Promise<void> {
  if (!process.stdin.isTTY) throw new SetupError(`Nobody is there to ask: say YES=1, or --yes. ${nothing}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new SetupError(nothing);
}
