import { existsSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../shell/paths";
import { step } from "../shell/progress";
import { buildGoProgram } from "./go";

const version = "v1.7.12";

/** The path of actionlint, which knows what GitHub makes of a workflow; built from the Go module proxy, so that everybody has the same. */
export async function ensureActionlint(): Promise<string> {
  const binary = join(cache, `actionlint-${version}`);
  if (!existsSync(binary)) {
    await step(`Build actionlint ${version} (some seconds, once)`, () =>
      buildGoProgram({
        name: "actionlint",
        requirements: `require github.com/rhysd/actionlint ${version}`,
        mainPackage: "github.com/rhysd/actionlint/cmd/actionlint",
        binary,
      }),
    );
  }
  return binary;
}
