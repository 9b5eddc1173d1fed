import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./paths";
import { step } from "./progress";
import { run } from "./run";

/** A Python that has what a requirements file pins; made on first use, outside the checkout, and again when the file changes. */
export async function ensurePython(requirements: string): Promise<string> {
  const lines = readFileSync(requirements, "utf8").trim();
  const [first = "", ...others] = lines.split("\n");
  const hash = createHash("sha256").update(lines).digest("hex").slice(0, 8);
  const name = [first.replace("==", "-"), ...(others.length > 0 ? [hash] : [])].join("-");
  const folder = join(cache, name);
  const python = join(folder, "bin/python");
  if (existsSync(join(folder, "installed"))) return python;
  await step(`Install ${name}`, async () => {
    rmSync(folder, { recursive: true, force: true });
    await run("python", "python3", ["-m", "venv", folder]);
    await run("python", python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    await run("python", "touch", [join(folder, "installed")]);
  });
  return python;
}
