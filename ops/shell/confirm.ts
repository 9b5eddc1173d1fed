import { createInterface } from "node:readline/promises";
import { DecisionNeeded, SetupError } from "./run";

/** Asks before something that is hard to undo; an error when it is declined, or nobody is there. YES=1 agrees. `nothing` says what was not done. */
export async function assertAgreed(question: string, nothing: string): Promise<void> {
  if (process.env.YES) return;
  if (!process.stdin.isTTY) {
    throw new DecisionNeeded(`${question}\nNobody is there to ask: say YES=1, or --yes. ${nothing}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new SetupError(nothing);
}
