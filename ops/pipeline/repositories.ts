import type { Environment } from "../../stacks/environments";
import type { Terraform } from "../deploy/terraform";
import { SetupError } from "../shell/run";

/** Another pipeline may be at the same stack. */
const lockTimeout = "-lock-timeout=5m";

/** Read by itself: with plan-review's reader, each change of that would build and push images. */
interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** Applies what is planned for the stack of the repositories, which nobody has reviewed, if it creates and does nothing else. */
export async function createRepositories(
  { name }: Environment,
  plans: Pick<Terraform, "plan" | "applyPlan">,
): Promise<void> {
  const stack = `${name}-images`;
  const { resource_changes: changes = [] }: Plan = JSON.parse(await plans.plan(stack, [lockTimeout]));
  const others = changes
    .map(({ address, change }) => ({ address, action: change.actions.join(" and ") }))
    .filter(({ action }) => !["create", "no-op", "read"].includes(action));
  if (others.length > 0) {
    const list = others.map(({ action, address }) => `${action} ${address}`).join(", ");
    throw new SetupError(
      `A repository is missing, and ${stack} was not applied: it would also ${list}. Look at that, and apply it: ops/run pipeline plan --environment ${name}, then ops/run pipeline apply --environment ${name}.`,
    );
  }
  await plans.applyPlan(stack, [lockTimeout]);
}
