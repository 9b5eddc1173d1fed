import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { differences, readBaseline } from "../../localstack/compatibility/baseline";
import { pinnedVersion } from "../../localstack/compatibility/emulators";
import { measure, type ProbeId } from "../../localstack/compatibility/probes";
import { emulatorEnvironment } from "../../ops/emulator/emulator";
import { prepare } from "../../ops/emulator/up";
import { withCopy, withEmulator } from "../../ops/emulator/with-emulator";
import { clientConfiguration } from "../../ops/shell/client-configuration";
import { note, step } from "../../ops/shell/progress";
import { SetupError, thenClean } from "../../ops/shell/run";
import { bucketName } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { EmulatedAccount } from "../environments/emulated-account";
import { DeployedEnvironment } from "./deployed-environment";
import { destroyAll } from "./destroy";
import { Fidelity } from "./fidelity";

/** CloudWatch's minutes while drills are run: see the control plane. */
const minuteSeconds = "5";

/** An emulated AWS that somebody else runs. */
export interface Another {
  readonly endpoint: string;
  /** Where its load balancers answer. */
  readonly loadBalancers: string;
}

/** Work on an emulated AWS that exists for it alone, with a copy of the checkout to deploy. */
export async function onEmulator<Result>(
  environment: Environment,
  work: (deployed: DeployedEnvironment) => Promise<Result>,
): Promise<Result> {
  assertMeasured(pinnedVersion(), readBaseline().ministack);
  const env = {
    ...(await emulatorEnvironment(environment)),
    CLOUDWATCH_MINUTE_SECONDS: minuteSeconds,
    EMULATOR_AUTH: "true",
  };
  const account = new EmulatedAccount(environment, env);
  const deployer = async () => {
    const assumed = await account.asGithub("deploy");
    if (assumed) return assumed;
    throw new SetupError(`The deploy role of ${environment.name} refused a token of its own environment.`);
  };
  return withCopy((copy) =>
    withEmulator(env, () => work(new DeployedEnvironment(environment, env, copy, Fidelity.recorded(), deployer)), {
      folder: copy.folder,
    }),
  );
}

/** The same on one that was there before, and stays. It is asked first what it can do of what the work needs. */
export async function onAnotherEmulator<Result>(
  environment: Environment,
  { endpoint, loadBalancers }: Another,
  needs: readonly ProbeId[],
  work: (deployed: DeployedEnvironment) => Promise<Result>,
): Promise<Result> {
  await assertAnswers(endpoint);
  const env = {
    ...(await emulatorEnvironment(environment)),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING: endpoint,
    LOAD_BALANCERS_URL: loadBalancers,
  };
  if (await isBegun(environment, env)) {
    throw new SetupError(`${environment.name} is deployed at ${endpoint} already. Nothing was begun.`);
  }
  await prepare();
  const { levels, failures } = await step("Ask it what the drills need", () => measure(needs, env));
  for (const { id, recorded, measured } of differences(levels))
    note(`${id}: ${measured}, where ours has it ${recorded}`);
  for (const [id, { message }] of failures) note(`${id}: nothing found out: ${message}`);
  return withCopy((copy) => {
    const deployed = new DeployedEnvironment(environment, env, copy, new Fidelity(levels));
    return thenClean(
      () => takeAway(deployed),
      () => work(deployed),
    );
  });
}

/** What an interrupted deploy left is taken in first. */
async function takeAway(deployed: DeployedEnvironment): Promise<void> {
  if (!(await isBegun(deployed.environment, deployed.env))) return;
  const failure = await step("Recover what was interrupted", () => deployed.recover());
  if (failure !== undefined) note(failure);
  await destroyAll(deployed);
}

/** Before all other stacks comes the bucket of their states; after all others, it goes. */
export async function isBegun(environment: Environment, env: NodeJS.ProcessEnv): Promise<boolean> {
  const s3 = new S3Client({ ...clientConfiguration(env), forcePathStyle: true });
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucketName(environment, "state") }));
    return true;
  } catch (error) {
    if ((error as Error).name === "NotFound") return false;
    throw error;
  }
}

/** What drills lean on is known of one version alone. */
export function assertMeasured(pinned: string, measured: string): void {
  if (pinned === measured) return;
  throw new SetupError(
    `MiniStack ${pinned} is pinned, and the baseline was measured with ${measured}: make check NAME=compatibility ARGS=--write measures it. Nothing was started.`,
  );
}

async function assertAnswers(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new SetupError(`No emulated AWS answers at ${endpoint}. Nothing was begun.`);
  }
}
