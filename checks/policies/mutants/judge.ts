import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../../stacks/environments";
import type { Policy } from "../../../stacks/policies/policy";
import { Synthesized } from "../../../stacks/synthesized";
import { type Finding, scan } from "../checkov/checkov";
import { asPlan } from "./as-plan";
import type { Mutant, Stacks } from "./generate";

/** The promises that stacks break; none for a mutant that survives. */
export function brokenPromises(stacks: Stacks, environment: Environment, policies: readonly Policy[]): string[] {
  const synthesized = new Synthesized(Object.values(stacks));
  return policies
    .filter(({ violations }) => violations(synthesized, environment).length > 0)
    .map(({ promise }) => promise);
}

/** For each mutant what checkov finds in its changed stack, and not in the same stack before. */
export async function checkovFindings(
  mutants: readonly Mutant[],
  environments: Readonly<Record<string, Stacks>>,
): Promise<Finding[][]> {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  try {
    const write = (name: string, stacks: Stacks, stack: string) => {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(asPlan(stacks[stack] ?? {})));
      return path;
    };
    const before = (environment: string, stack: string) =>
      write(`${environment}-${stack}`, environments[environment] as Stacks, stack);
    const pairs = mutants.map(({ environment, stack, stacks }, index) => ({
      before: before(environment, stack),
      after: write(`mutant-${index}`, stacks, stack),
    }));
    const found = await scan([...new Set(pairs.flatMap((pair) => [pair.before, pair.after]))]);
    return pairs.map((pair) => newOnes(found.get(pair.before) ?? [], found.get(pair.after) ?? []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function newOnes(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  return after.filter(({ check, resource }) => !before.some((old) => old.check === check && old.resource === resource));
}
