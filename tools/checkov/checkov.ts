import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../setup/paths";
import { step } from "../setup/progress";
import { run, SetupError } from "../setup/run";

/** One check that one resource fails. */
export interface Finding {
  readonly check: string;
  readonly resource: string;
}

const requirements = join(__dirname, "requirements.txt");

/** What checkov finds in each of these plans (`terraform show -json`), by path. Installs checkov on first use. */
export async function scan(paths: readonly string[]): Promise<ReadonlyMap<string, Finding[]>> {
  const python = await ensureCheckov();
  const output = await step(`checkov over ${paths.length} plans`, () =>
    run("checkov", python, [join(__dirname, "scan.py")], { input: paths.join("\n") }),
  );
  const json = output.split("\n").at(-1) ?? "";
  if (!json.startsWith("{")) throw new SetupError(`checkov printed no result, but: ${json.slice(0, 200)}`);
  const found = JSON.parse(json) as Record<string, [check: string, resource: string][]>;
  return new Map(
    Object.entries(found).map(([path, failed]) => [path, failed.map(([check, resource]) => ({ check, resource }))]),
  );
}

async function ensureCheckov(): Promise<string> {
  const version = readFileSync(requirements, "utf8").trim().replace("==", "-");
  const folder = join(cache, version);
  const python = join(folder, "bin/python");
  if (existsSync(join(folder, "installed"))) return python;
  await step(`Install ${version}`, async () => {
    rmSync(folder, { recursive: true, force: true });
    await run("checkov", "python3", ["-m", "venv", folder]);
    await run("checkov", python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    await run("checkov", "touch", [join(folder, "installed")]);
  });
  return python;
}
