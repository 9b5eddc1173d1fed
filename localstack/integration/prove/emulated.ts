import { join } from "node:path";
import type { Environment } from "../../../stacks/environments";
import { Copy } from "../../../tools/setup/copy";
import { assertDockerHasSpace, stopDockerEngine } from "../../../tools/setup/docker-engine";
import {
  assertEmulatorPortsFree,
  discardEmulator,
  emulatorEnvironment,
  startEmulator,
} from "../../../tools/setup/emulator";
import { note, step } from "../../../tools/setup/progress";
import { SetupError, thenClean } from "../../../tools/setup/run";
import { prepare } from "../../../tools/setup/up";
import { differences } from "../../conformance/ledger";
import { measure, type ProbeId } from "../../conformance/probes";
import { Fidelity } from "./fidelity";
import { Stage } from "./stage";

/** CloudWatch's minutes while drills are run: see the bridge. */
const minuteSeconds = "5";

/** An emulated AWS that somebody else runs. */
export interface Another {
  readonly endpoint: string;
  /** Where its load balancers answer. */
  readonly loadBalancers: string;
}

/** Work on an emulated AWS that exists for it alone, with a copy of the checkout to deploy. Nothing stays, however the work ends. */
export async function onEmulator<Result>(
  environment: Environment,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const env = { ...(await emulatorEnvironment(environment)), CLOUDWATCH_MINUTE_SECONDS: minuteSeconds };
  await prepare();
  await assertDockerHasSpace();
  await discardEmulator();
  await assertEmulatorPortsFree();
  const copy = await Copy.make();
  const clean = async () => {
    await discardEmulator();
    await stopDockerEngine();
    copy.remove();
  };
  return thenClean(clean, async () => {
    await startEmulator("ministack", env, join(copy.folder, "docker-compose.localstack.yml"));
    return work(new Stage(environment, env, copy, Fidelity.recorded()));
  });
}

/** The same on one that was there before, and stays. It is asked first what it can do of what the work needs. */
export async function onAnotherEmulator<Result>(
  environment: Environment,
  { endpoint, loadBalancers }: Another,
  needs: readonly ProbeId[],
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  await assertAnswers(endpoint);
  const env = {
    ...(await emulatorEnvironment(environment)),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: endpoint,
    LOAD_BALANCERS_URL: loadBalancers,
  };
  await prepare();
  const { levels, failures } = await step("Ask it what the drills need", () => measure(needs, env));
  for (const { id, recorded, measured } of differences(levels))
    note(`${id}: ${measured}, where ours has it ${recorded}`);
  for (const [id, { message }] of failures) note(`${id}: nothing found out: ${message}`);
  const copy = await Copy.make();
  return thenClean(
    async () => copy.remove(),
    () => work(new Stage(environment, env, copy, new Fidelity(levels))),
  );
}

async function assertAnswers(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new SetupError(`No emulated AWS answers at ${endpoint}. Nothing was begun.`);
  }
}
