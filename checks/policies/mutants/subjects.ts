import { type TerraformStack, Testing } from "cdktf";
import { type Environment, environments } from "../../../stacks/environments";
import { type Service, services } from "../../../stacks/services";
import { everythingOn, servicesWithSecrets, stacksOf } from "../../../stacks/synthesized";
import type { Stacks } from "./generate";

/** What mutants are made of: production, and an environment with everything on that production leaves off. */
export const subjects: readonly Environment[] = [
  ...environments.filter(({ deletionProtection }) => deletionProtection),
  everythingOn,
];

export function synthesizeSubjects(): Record<string, Stacks> {
  return Object.fromEntries(
    subjects.map((row) => [row.name, synthesize(row, row === everythingOn ? servicesWithSecrets : services)]),
  );
}

function synthesize(row: Environment, table: readonly Service[]): Stacks {
  const stacks = Object.values(stacksOf(row, table)) as TerraformStack[];
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack))]));
}
