import { stackNames } from "../../ops/deploy/deployment";
import { attempt } from "../../ops/shell/run";
import type { DeployedEnvironment } from "./deployed-environment";
import type { Drill } from "./drill";

export const secondPlan: Drill = {
  id: "second-plan",
  title: "A second plan of each stack has nothing to change",
  needs: [],
  run: async (deployed) => {
    const stacks = stackNames(deployed.environment);
    const changes = await plannedChanges(deployed, stacks);
    return {
      passed: changes.length === 0,
      evidence: changes.join("; ") || `no changes in ${stacks.length} stacks`,
    };
  },
};

/** What Terraform would do to each stack that it would change. */
export async function plannedChanges(deployed: DeployedEnvironment, stacks: readonly string[]): Promise<string[]> {
  const changes: string[] = [];
  for (const stack of stacks) {
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
    const { code, output } = await attempt("terraform", args, { cwd: deployed.folderOf(stack), env: deployed.env });
    if (code !== 0)
      changes.push(`${stack}: ${/^(Plan:|Error:).*$/m.exec(output)?.[0] ?? output.trim().split("\n").at(-1)}`);
  }
  return changes;
}
