import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cache } from "../shell/paths";
import { ask, run, SetupError } from "../shell/run";
import { installPackages, mayInstallPackages } from "./packages";

export interface GoBuild {
  /** Names the build folder and the log. */
  readonly name: string;
  /** The `require` and `replace` lines of a module that only exists to build the package. */
  readonly requirements: string;
  readonly mainPackage: string;
  /** A variable of the program that holds its version, and its value: what the program's own release process sets. */
  readonly versionVariable?: readonly [name: string, value: string];
  readonly binary: string;
}

/** Builds a program from the Go module proxy. The binary is there whole or not at all, also when the build is killed. */
export async function buildGoProgram(build: GoBuild): Promise<void> {
  const { name, requirements, mainPackage, versionVariable, binary } = build;
  await ensureGo();
  const folder = join(cache, "build", name);
  const partial = join(folder, "binary");
  for (const path of [folder, dirname(binary)]) mkdirSync(path, { recursive: true });
  writeFileSync(join(folder, "go.mod"), `module build\n\ngo 1.25.8\n\n${requirements}\n`);
  const setVersion = versionVariable ? ["-ldflags", `-X ${versionVariable.join("=")}`] : [];
  await run(name, "go", ["build", ...setVersion, "-o", partial, mainPackage], {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "auto" },
  });
  renameSync(partial, binary);
}

/** Whether Go is there, or `buildGoProgram` can install it. */
export async function mayBuildGoPrograms(): Promise<boolean> {
  return mayInstallPackages() || (await ask("go", ["version"])) !== null;
}

/** Go 1.21 or newer: from then on it fetches the version that a `go.mod` asks for by itself (Debian switches that off: GOTOOLCHAIN=auto). */
async function ensureGo(): Promise<void> {
  if (!(await ask("go", ["version"])))
    await installPackages("Go (to build what no registry here serves)", ["golang-go"]);
  const version = await ask("go", ["env", "GOVERSION"]);
  const [major = 0, minor = 0] = (version ?? "").replace("go", "").split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 21)) {
    throw new SetupError(
      `Go is ${version ?? "absent"}; 1.21 or newer is needed to build what no registry here serves.`,
    );
  }
}
