import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../ops/shell/paths";
import { run } from "../../ops/shell/run";
import type { Json } from "./compare";

export interface Synthesis {
  /** Of the cdktf or cdktn that wrote it. */
  readonly version: string;
  /** What Terraform reads for each stack, with the names of the stacks that it waits for, without the version of what wrote it. */
  readonly stacks: Readonly<Record<string, Stack>>;
}

export interface Stack {
  readonly [key: string]: Json;
}

export async function synthesize(folder: string): Promise<Synthesis> {
  const output = join(folder, "cdktf.out");
  rmSync(output, { recursive: true, force: true });
  await run("exit", join(root, "node_modules/.bin/tsx"), ["main.ts"], {
    cwd: folder,
    env: { ...process.env, CDKTF_OUTDIR: output },
  });
  return readSynthesis(output);
}

/** Throws with the compiler's messages. Tests are left out: `main.ts` does not import them. */
export async function checkTypes(folder: string): Promise<string> {
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")], types: ["node"] },
    files: ["main.ts"],
    include: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  return run("exit", join(root, "node_modules/.bin/tsc"), ["--noEmit", "--project", folder], { cwd: folder });
}

interface Manifest {
  readonly version: string;
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string; readonly dependencies: Json }>>;
}

interface WrittenStack extends Stack {
  readonly "//": { readonly metadata: Stack; readonly [key: string]: Json };
}

function readSynthesis(output: string): Synthesis {
  const read = (path: string) => JSON.parse(readFileSync(join(output, path), "utf8"));
  const manifest = read("manifest.json") as Manifest;
  const stacks = Object.entries(manifest.stacks).map(([name, { synthesizedStackPath, dependencies }]) => {
    const { "//": notes, ...stack } = read(synthesizedStackPath) as WrittenStack;
    const { version: _, ...metadata } = notes.metadata;
    return [name, { ...stack, "//": { ...notes, metadata }, dependencies }] as const;
  });
  return { version: manifest.version, stacks: Object.fromEntries(stacks) };
}
