import type { Environment } from "../../stacks/environments";
import { note, step } from "../shell/progress";
import { run, SetupError } from "../shell/run";
import type { EmulatorEnvironment } from "./emulator";
import { deployedOn, isAlive } from "./state";

/** An `up` of the environment that runs is left alone; what one that was killed left is put in order. */
export async function recoverIfInterrupted({ name }: Environment, env: EmulatorEnvironment): Promise<void> {
  const last = deployedOn(env.AWS_ENDPOINT_URL, name);
  if (!last?.owner) return;
  if (isAlive(last.owner)) {
    throw new SetupError(
      `${name} is being deployed to this emulator by ${last.checkout} (process ${last.owner.pid} on ${last.owner.host}). Wait until that has ended. Nothing was changed.`,
    );
  }
  note(`The last make up of ${name} was killed: its state locks are released, and what it made is imported`);
  const args = ["--import", "tsx", "ops/cli.ts", "recover", "--environment", name, "--yes"];
  await step("Recover", () => run("recover", process.execPath, args, { env }));
}
