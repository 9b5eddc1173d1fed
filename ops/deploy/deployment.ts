import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../stacks/environments";
import { imagesInEcr } from "../images/in-ecr";
import { standIns } from "../install/base-images";
import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { run, SetupError } from "../shell/run";
import { assertNotRolledBack, type DeployedService } from "./explain-rollbacks";

const cdktf = join(root, "node_modules/.bin/cdktf");
const outputsFile = join(root, "reports/outputs.json");

/** Of each environment, in the order of their dependencies. */
export const stackKinds = ["network", "images", "compute", "observability"] as const;

export function stackNames({ name }: Environment): string[] {
  return [`bootstrap-${name}`, ...stackKinds.map((kind) => `${name}-${kind}`)];
}

export async function synthesize(): Promise<void> {
  await step("Synthesize", () => run("deploy", cdktf, ["synth"]));
}

/** Those that a pattern names, in the order of their dependencies. */
export async function deployStacks(
  stacks: string,
  env: NodeJS.ProcessEnv,
  folder = root,
  options: readonly string[] = [],
): Promise<void> {
  const args = ["deploy", stacks, "--auto-approve", ...options];
  await step(`cdktf deploy '${stacks}'`, () => run("deploy", cdktf, args, { env, cwd: folder }));
}

/** `cdktf deploy` of an environment's stacks, in the order of their dependencies. A service that was rolled back is a failure. */
export async function deploy(environment: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  const isPushing = env.TF_VAR_push_images !== "false" && env.TF_VAR_prebuilt !== "true";
  await apply(environment, isPushing ? await whereItPushes(environment, env) : env, folder);
  await assertNotRolledBack(environment, deployedServices(environment.name), env);
}

/** An environment in which only images are built and pushed whose tags ECR does not have. None of them may start from a stand-in. */
async function whereItPushes(environment: Environment, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  await assertFitToPush();
  await synthesize();
  const left = await imagesInEcr(environment, env);
  for (const image of left) note(`${image} is in ECR already: not built, not pushed`);
  return { ...env, TF_VAR_images_in_ecr: JSON.stringify(left) };
}

async function assertFitToPush(): Promise<void> {
  const found = await standIns();
  if (found.length === 0) return;
  throw new SetupError(
    `${found.join(", ")} on this machine are stand-ins for the emulator, and images that start from them must not be pushed. Remove them (docker image rm --force ${found.join(" ")}) where a registry answers. Nothing was deployed.`,
  );
}

/** The same without a look at what runs in the end. */
export async function apply({ name }: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  mkdirSync(join(root, "reports"), { recursive: true });
  await deployStacks(`${name}-*`, env, folder, ["--outputs-file", outputsFile]);
}

export async function destroy(environment: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  await destroyStacks(`${environment.name}-*`, env, folder);
  await destroyStacks(`bootstrap-${environment.name}`, env, folder);
}

export async function destroyStacks(stacks: string, env: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const args = ["destroy", stacks, "--auto-approve"];
  await step(`cdktf destroy '${stacks}'`, () => run("destroy", cdktf, args, { env, cwd: folder }));
}

function deployedServices(environment: string): DeployedService[] {
  const outputs = JSON.parse(readFileSync(outputsFile, "utf8")) as Record<string, { services?: DeployedService[] }>;
  const services = outputs[`${environment}-compute`]?.services;
  if (!services) throw new SetupError(`${outputsFile} has no output "services" of ${environment}-compute.`);
  return services;
}
