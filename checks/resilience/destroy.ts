import { bootstrap } from "../../ops/deploy/bootstrap";
import { destroyBootstrap, destroyEnvironment } from "../../ops/deploy/deployment";
import { containersIn } from "../deployed/containers";
import { EmulatedAccount } from "../environments/emulated-account";
import type { DeployedEnvironment } from "./deployed-environment";
import type { Drill } from "./drill";

export const destroyDrill: Drill = {
  id: "destroy",
  title: "The environment is destroyed, and nothing of it is left",
  needs: ["tagging-lists-all"],
  run: async (deployed) => {
    await destroyAll(deployed);
    const account = new EmulatedAccount(deployed.environment, deployed.env);
    const left = [
      ...(await account.leftOvers()),
      ...containersIn(deployed.environment.name, deployed.env.AWS_ENDPOINT_URL),
    ];
    return { passed: left.length === 0, evidence: left.length > 0 ? `left: ${left.join(", ")}` : "nothing is left" };
  },
};

/** What protects an environment from this is taken off first, by its row, as its owner would. */
export async function destroyAll(deployed: DeployedEnvironment): Promise<void> {
  const { environment, env, copy } = deployed;
  const unprotect = {
    file: "stacks/environments.ts",
    from: "deletionProtection: true",
    to: "deletionProtection: false",
  };
  await copy.edited(environment.deletionProtection ? [unprotect] : [], async () => {
    if (environment.deletionProtection) {
      await bootstrap(environment, env, copy.folder);
      await deployed.apply();
    }
    await deployed.asDeployer((deployer) => destroyEnvironment(environment, deployer, copy.folder));
    await destroyBootstrap(environment, env, copy.folder);
  });
}
