import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../stacks/environments";
import { imagesInEcr } from "../images/in-ecr";
import { LocalBuilds } from "../images/local-builds";
import { standIns } from "../install/base-images";
import { namedIn } from "../secrets/named";
import { type Missing, provideSecrets } from "../secrets/provide";
import { root } from "../shell/paths";
import { note } from "../shell/progress";
import { SetupError } from "../shell/run";
import { assertNotRolledBack, type DeployedService } from "./explain-rollbacks";
import { LastApply } from "./last-apply";
import { applyStacks, destroyStacks } from "./run-stacks";
import { bootstrapStack, type Dependencies, stacksOf, synthesize } from "./synthesis";
import type { Outputs, StackOutputs } from "./terraform-events";

const outputsFile = join(root, "reports/outputs.json");

/** Of each environment, in the order of their dependencies. */
export const stackKinds = ["network", "images", "compute", "observability"] as const;

export function stackNames({ name }: Environment): string[] {
  return [bootstrapStack(name), ...stackKinds.map((kind) => `${name}-${kind}`)];
}

export interface DeployOptions {
  /** Also the stack that the others keep their state in. Not on AWS, where it needs other credentials. */
  readonly withBootstrap?: boolean;
  /** On the emulator: leaves out the stacks of which nothing has changed; `forced` applies them and records that. */
  readonly unchanged?: "skipped" | "forced";
  /** On the emulator: secrets that have no value in `.env.emulator` are named, and the deployment ends; or they get random values. */
  readonly secrets?: Missing;
  /** What was synthesized before. */
  readonly synthesized?: Dependencies;
}

/** Applies some stacks alone. */
export async function deployStacks(names: readonly string[], env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  await applyStacks({ names, env, folder, dependencies: await synthesize(env, folder) });
}

/** Applies an environment's stacks. A service that was rolled back is a failure. */
export async function deploy(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  folder = root,
  options: DeployOptions = {},
): Promise<void> {
  const isPushing = env.TF_VAR_push_images !== "false" && env.TF_VAR_prebuilt !== "true";
  if (isPushing) await assertFitToPush();
  const dependencies = options.synthesized ?? (await synthesize(env, folder));
  const withImages = isPushing ? await withImagesInEcr(environment, env) : env;
  const outputs = await applySynthesized(environment, withImages, folder, dependencies, options);
  await assertNotRolledBack(environment, deployedServices(environment.name, outputs), env);
}

/** An environment in which only images are built and pushed whose tags ECR does not have. */
async function withImagesInEcr(environment: Environment, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const left = await imagesInEcr(environment, env);
  for (const image of left) note(`${image} is in ECR already: not built, not pushed`);
  return { ...env, TF_VAR_images_in_ecr: JSON.stringify(left) };
}

/** No image that is pushed may start from a stand-in. */
async function assertFitToPush(): Promise<void> {
  const found = await standIns();
  if (found.length === 0) return;
  throw new SetupError(
    `${found.join(", ")} on this machine are stand-ins for the emulator, and images that start from them must not be pushed. Remove them (docker image rm --force ${found.join(" ")}) where a registry answers. Nothing was deployed.`,
  );
}

/** The same without a look at what runs in the end: for proofs and reviews, which need no real secrets. */
export async function apply(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  folder = root,
  options: DeployOptions = {},
): Promise<void> {
  const dependencies = options.synthesized ?? (await synthesize(env, folder));
  await applySynthesized(environment, env, folder, dependencies, { secrets: "generated", ...options });
}

async function applySynthesized(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  folder: string,
  dependencies: Dependencies,
  { withBootstrap = false, unchanged, secrets = "named" }: DeployOptions,
): Promise<StackOutputs> {
  const { name } = environment;
  const names = [...(withBootstrap ? [bootstrapStack(name)] : []), ...stacksOf(name, dependencies)];
  await provideSecrets(environment, namedIn(names, folder), env, secrets);
  const of = { environment, env, dependencies, folder, isForced: unchanged === "forced" };
  const lastApply = unchanged === undefined ? undefined : await LastApply.onEmulator(of);
  const builds = buildsLocally(env) ? new LocalBuilds(environment, env, folder) : undefined;
  const explain = async (stack: string) => (stack === `${name}-images` ? ((await builds?.failures()) ?? "") : "");
  const outputs = await applyStacks({ names, env, folder, dependencies, lastApply, explain });
  mkdirSync(dirname(outputsFile), { recursive: true });
  writeFileSync(outputsFile, `${JSON.stringify(valuesOf(outputs), null, 2)}\n`);
  return outputs;
}

/** Where an emulated ECS takes its images from the local Docker. */
function buildsLocally({ TF_VAR_push_images, TF_VAR_prebuilt }: NodeJS.ProcessEnv): boolean {
  return TF_VAR_push_images === "false" && TF_VAR_prebuilt !== "true";
}

/** Without what stacks read of each other. */
function valuesOf(outputs: StackOutputs) {
  const values = (stack: Outputs) =>
    Object.entries(stack).flatMap(([name, { value, sensitive }]) => (sensitive ? [] : [[name, value]]));
  return Object.fromEntries(Object.entries(outputs).map(([stack, all]) => [stack, Object.fromEntries(values(all))]));
}

export async function destroy(environment: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  await destroyEnvironment(environment, env, folder);
  await destroyBootstrap(environment, env, folder);
}

/** All but what keeps the states. */
export async function destroyEnvironment({ name }: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  const dependencies = await synthesize(env, folder);
  await destroyStacks({ names: stacksOf(name, dependencies), env, folder, dependencies });
}

export async function destroyBootstrap({ name }: Environment, env: NodeJS.ProcessEnv, folder = root): Promise<void> {
  await destroyStacks({ names: [bootstrapStack(name)], env, folder, dependencies: await synthesize(env, folder) });
}

function deployedServices(environment: string, outputs: StackOutputs): readonly DeployedService[] {
  const services = outputs[`${environment}-compute`]?.services?.value;
  if (!services) throw new SetupError(`${environment}-compute has no output "services".`);
  return services as readonly DeployedService[];
}
