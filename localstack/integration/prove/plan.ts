import { stackKinds } from "../../../tools/setup/deployment";
import { attempt } from "../../../tools/setup/run";
import type { Drill } from "./drill";
import type { Stage } from "./stage";

export const secondPlan: Drill = {
  id: "second-plan",
  title: "A second plan of each stack has nothing to change",
  needs: [],
  run: async (stage) => {
    const changes = await plannedChanges(stage);
    return {
      passed: changes.length === 0,
      evidence: changes.join("; ") || `no changes in ${stackKinds.length} stacks`,
    };
  },
};

/** What Terraform would do to each stack that it would change. */
export async function plannedChanges(stage: Stage): Promise<string[]> {
  const changes: string[] = [];
  for (const kind of stackKinds) {
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
    const { code, output } = await attempt("terraform", args, { cwd: stage.folderOf(kind), env: stage.env });
    if (code !== 0)
      changes.push(`${kind}: ${/^(Plan:|Error:).*$/m.exec(output)?.[0] ?? output.trim().split("\n").at(-1)}`);
  }
  return changes;
}
