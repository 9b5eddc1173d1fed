import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../stacks/environments";
import { root } from "./paths";
import { step } from "./progress";
import { type DeployedService, explainRollbacks } from "./rollback";
import { run, SetupError } from "./run";

const cdktf = join(root, "node_modules/.bin/cdktf");
const outputsFile = join(root, "reports/outputs.json");

/** The bucket for the state of an environment's stacks. */
export async function bootstrap({ name }: Environment, env: NodeJS.ProcessEnv): Promise<void> {
  await step(`cdktf deploy bootstrap-${name}`, () =>
    run("deploy", cdktf, ["deploy", `bootstrap-${name}`, "--auto-approve"], { env }),
  );
}

/** `cdktf deploy` of an environment's stacks, in the order of their dependencies. A service that was rolled back is a failure. */
export async function deploy({ name }: Environment, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(join(root, "reports"), { recursive: true });
  await step(`cdktf deploy '${name}-*'`, () =>
    run("deploy", cdktf, ["deploy", `${name}-*`, "--auto-approve", "--outputs-file", outputsFile], { env }),
  );
  const rollbacks = await explainRollbacks(deployedServices(name), env);
  if (rollbacks.length > 0) throw new SetupError(rollbacks.join("\n"));
}

export async function destroy({ name }: Environment, env: NodeJS.ProcessEnv): Promise<void> {
  for (const stacks of [`${name}-*`, `bootstrap-${name}`]) {
    await step(`cdktf destroy '${stacks}'`, () =>
      run("destroy", cdktf, ["destroy", stacks, "--auto-approve"], { env }),
    );
  }
}

function deployedServices(environment: string): DeployedService[] {
  const outputs = JSON.parse(readFileSync(outputsFile, "utf8")) as Record<string, { services?: DeployedService[] }>;
  const services = outputs[`${environment}-compute`]?.services;
  if (!services) throw new SetupError(`${outputsFile} has no output "services" of ${environment}-compute.`);
  return services;
}
