import type { Environment } from "../../stacks/environments";
import { inPreparedAccount } from "../deploy/bootstrap";
import { apply, stackNames } from "../deploy/deployment";
import { Workspace } from "../deploy/workspace";
import type { Copy } from "../shell/copy";
import { note, step } from "../shell/progress";
import { ask, SetupError } from "../shell/run";

/** The commit that a name stands for. */
export async function commitOf(name: string): Promise<string> {
  const commit = await ask("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  if (commit) return commit;
  const branches = await ask("git", ["branch", "--all", "--format=%(refname:short)"]);
  throw new SetupError(`Git knows no commit "${name}". Branches here: ${branches?.replaceAll("\n", ", ") || "none"}.`);
}

/** Deploys an environment as the copy has it: what a review starts from. */
export async function deployBase(environment: Environment, env: NodeJS.ProcessEnv, copy: Copy): Promise<void> {
  const prepared = await inPreparedAccount(environment, env, copy.folder);
  await apply(environment, prepared, copy.folder, { withBootstrap: true });
}

/** Plans each stack of the copy and applies it before the next is planned, for which it may be a source of values. Gives `terraform show -json` by stack. */
export async function planInOrder(
  environment: Environment,
  env: NodeJS.ProcessEnv,
  copy: Copy,
  onStack: (stack: string, workspace: Workspace) => Promise<void> = async () => {},
): Promise<ReadonlyMap<string, string>> {
  const workspace = new Workspace(copy, env);
  await step("Synthesize the change", () => workspace.synthesize());
  const plans = new Map<string, string>();
  for (const stack of stackNames(environment)) {
    await onStack(stack, workspace);
    const json = await step(`Plan ${stack}`, () => workspace.plan(stack, []));
    plans.set(stack, json);
    if (!hasChanges(json)) note("no changes");
    else await step(`Apply ${stack}, for the next to be planned`, () => workspace.apply(stack));
  }
  return plans;
}

/** `action address` of all that a plan would do; a replacement is both a `create` and a `delete`. */
export function changesIn(json: string): string[] {
  const { resource_changes: changes = [] }: Plan = JSON.parse(json);
  return changes
    .flatMap(({ address, change }) => change.actions.map((action) => ({ action, address })))
    .filter(({ action }) => action !== "no-op" && action !== "read")
    .map(({ action, address }) => `${action} ${address}`)
    .sort();
}

interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly actions: string[] } }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** Also of outputs alone: another stack may plan with them. */
function hasChanges(json: string): boolean {
  const { output_changes: outputs = {} }: Plan = JSON.parse(json);
  return changesIn(json).length > 0 || Object.values(outputs).some(({ actions }) => actions.join() !== "no-op");
}
