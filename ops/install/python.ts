import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../shell/paths";
import { step } from "../shell/progress";
import { ask, run } from "../shell/run";
import { installPackages } from "./packages";

/** The folder with the programs, `python` among them, of what a requirements file pins; installed on first use, for all checkouts, and again when the file changes. */
export async function ensurePythonPackages(requirements: string): Promise<string> {
  const lines = readFileSync(requirements, "utf8").trim();
  const [first = "", ...others] = lines.split("\n");
  const hash = createHash("sha256").update(lines).digest("hex").slice(0, 8);
  const name = [first.replace("==", "-"), ...(others.length > 0 ? [hash] : [])].join("-");
  const folder = join(cache, name);
  const programs = join(folder, "bin");
  if (existsSync(join(folder, "installed"))) return programs;
  if ((await ask("python3", ["-c", "import ensurepip, venv"])) === null) {
    await installPackages(`Python with venv (for ${name})`, ["python3-venv"]);
  }
  await step(`Install ${name}`, async () => {
    rmSync(folder, { recursive: true, force: true });
    await run("python", "python3", ["-m", "venv", folder]);
    await run("python", join(programs, "python"), ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    await run("python", "touch", [join(folder, "installed")]);
  });
  return programs;
}
