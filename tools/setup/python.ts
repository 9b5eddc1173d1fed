import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { installPackages } from "./packages";
import { cache } from "./paths";
import { step } from "./progress";
import { ask, run } from "./run";

/** The folder with the programs of the one Python package that a requirements file pins; installed on first use, for all checkouts. */
export async function ensurePythonPackage(requirements: string): Promise<string> {
  const version = readFileSync(requirements, "utf8").trim().replace("==", "-");
  const folder = join(cache, version);
  const programs = join(folder, "bin");
  if (existsSync(join(folder, "installed"))) return programs;
  if ((await ask("python3", ["-c", "import ensurepip, venv"])) === null) {
    await installPackages(`Python with venv (for ${version})`, ["python3-venv"]);
  }
  await step(`Install ${version}`, async () => {
    rmSync(folder, { recursive: true, force: true });
    await run("python", "python3", ["-m", "venv", folder]);
    await run("python", join(programs, "python"), ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    await run("python", "touch", [join(folder, "installed")]);
  });
  return programs;
}
