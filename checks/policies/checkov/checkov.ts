import { join } from "node:path";
import { ensurePythonPackages } from "../../../ops/install/python";
import { step } from "../../../ops/shell/progress";
import { run, SetupError } from "../../../ops/shell/run";

/** One check that one resource fails. */
export interface Finding {
  readonly check: string;
  readonly resource: string;
}

/** What checkov finds in each of these plans (`terraform show -json`), by path. Installs checkov on first use. */
export async function scan(paths: readonly string[]): Promise<ReadonlyMap<string, Finding[]>> {
  const python = join(await ensurePythonPackages(join(__dirname, "requirements.txt")), "python");
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
