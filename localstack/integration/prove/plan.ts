import { dirname } from "node:path";
import { apply } from "../../../tools/setup/deployment";
import { synthesizedStack } from "../../../tools/setup/paths";
import { attempt } from "../../../tools/setup/run";
import type { Drill } from "./drill";

const kinds = ["network", "images", "compute", "observability"];

export const secondPlan: Drill = {
  id: "second-plan",
  title: "One more deploy of the good release, and a plan of each stack has nothing to change",
  run: async ({ environment, env }) => {
    await apply(environment, env);
    const changed: string[] = [];
    for (const kind of kinds) {
      const name = `${environment.name}-${kind}`;
      const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
      const { code, output } = await attempt("terraform", args, { cwd: dirname(synthesizedStack(name)), env });
      if (code !== 0) changed.push(`${name}: ${/^Plan:.*$/m.exec(output)?.[0] ?? output.trim().split("\n").at(-1)}`);
    }
    return { passed: changed.length === 0, evidence: changed.join("; ") || `no changes in ${kinds.length} stacks` };
  },
};
