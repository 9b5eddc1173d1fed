import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { attempt, SetupError } from "../shell/run";
import { checkTarget } from "./target";

/** What each synthesized stack depends on, by the stack's name. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Writes the stacks of a checkout to its `cdktf.out`, and checks the target, as the command in `cdktf.json` does for `cdktf synth`. */
export async function synthesize(env: NodeJS.ProcessEnv = process.env, folder = root): Promise<Dependencies> {
  const [dependencies] = await Promise.all([writeStacks(env, folder), checkTarget(env, folder)]);
  return dependencies;
}

/** Without the check: what is written does not depend on the target. */
export async function writeStacks(env: NodeJS.ProcessEnv, folder = root): Promise<Dependencies> {
  await step("Synthesize", async () => {
    const { code, output } = await attempt("node_modules/.bin/tsx", ["main.ts"], { env, cwd: folder });
    if (code !== 0) throw new SetupError(`main.ts failed (exit ${code}):\n${output.trim()}`);
  });
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "cdktf.out/manifest.json"), "utf8"));
  return new Map(Object.entries(manifest.stacks).map(([name, stack]) => [name, stack.dependencies]));
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

export function bootstrapStack(environment: string): string {
  return `bootstrap-${environment}`;
}

/** Those of an environment that keep their state in what its bootstrap stack makes, each after those that it depends on. */
export function stacksOf(environment: string, all: Dependencies): string[] {
  const withDependencies = (stack: string): string[] => [...(all.get(stack) ?? []).flatMap(withDependencies), stack];
  const own = [...all.keys()].filter((stack) => stack.startsWith(`${environment}-`));
  return [...new Set(own.flatMap(withDependencies))];
}
