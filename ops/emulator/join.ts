import type { Environment } from "../../stacks/environments";
import { root } from "../shell/paths";
import { note } from "../shell/progress";
import { ask, SetupError } from "../shell/run";
import { instance, type Running } from "./instance";
import { differences, startedHere } from "./started";
import { environmentsOn } from "./state";

/** An instance that runs is used as it is. Says whose it is, and what in it is not as this checkout would start it. */
export async function assertJoins(
  { started }: Running,
  { name, accountId }: Environment,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const which = instance();
  const another = "To use another emulator beside it, set EMULATOR_INSTANCE to another name.";
  if (!started) {
    throw new SetupError(
      `The emulator that runs (instance ${which.name}) was started by an older version of this project, which keeps its state in a checkout. ${another} Nothing was deployed.`,
    );
  }
  if (started.owner && started.owner.pid !== process.pid) {
    throw new SetupError(
      `The emulator that runs (instance ${which.name}) exists for a proof or test of ${started.checkout} (process ${started.owner.pid} on ${started.owner.host}). ${another} If that process was killed, remove what it left with: make down EMULATOR_INSTANCE=${which.name}. Nothing was deployed.`,
    );
  }
  const accounts = await accountsOf(which.project);
  if (accounts !== null && !accounts.includes(accountId)) {
    throw new SetupError(
      `The emulator that runs (instance ${which.name}, started by ${started.checkout}) serves the accounts ${accounts.join(", ")}, and not ${accountId} of ${name}: they are fixed when it starts. ${another} Nothing was deployed.`,
    );
  }
  const on = environmentsOn(env.AWS_ENDPOINT_URL ?? "").join(", ") || "nothing";
  const by = started.checkout === root ? "this checkout" : started.checkout;
  note(
    `The emulator (instance ${which.name}) runs already: started by ${by}, version ${started.version}; on it: ${on}`,
  );
  const different = differences(started, await startedHere(env));
  if (different.length > 0) {
    note(`It differs from what this checkout would start: ${different.join(", ")}. It changes when it starts anew`);
  }
}

/** Those that the load balancers read. */
async function accountsOf(project: string): Promise<string[] | null> {
  const format = "{{range .Config.Env}}{{println .}}{{end}}";
  const variables = await ask("docker", ["inspect", "--format", format, `${project}-load-balancers-1`]);
  const accounts = /^ACCOUNTS=(.*)$/m.exec(variables ?? "")?.[1];
  return accounts?.split(",") ?? null;
}
