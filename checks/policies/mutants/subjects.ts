import { type TerraformStack, Testing } from "cdktf";
import { type Environment, environments } from "../../../stacks/environments";
import { maximalEnvironment, servicesWithSecrets, stacksOf } from "../../../stacks/maximal-environment";
import { type Service, services } from "../../../stacks/services";
import type { Stacks } from "./generate";

/** What mutants are made of: production, and an environment with everything on that production leaves off. */
export const subjects: readonly Environment[] = [
  ...environments.filter(({ deletionProtection }) => deletionProtection),
  maximalEnvironment,
];

export function synthesizeSubjects(): Record<string, Stacks> {
  return Object.fromEntries(
    subjects.map((row) => [row.name, synthesize(row, row === maximalEnvironment ? servicesWithSecrets : services)]),
  );
}

function synthesize(row: Environment, table: readonly Service[]): Stacks {
  const stacks = Object.values(stacksOf(row, table)) as TerraformStack[];
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack))]));
}
