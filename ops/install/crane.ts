import { existsSync } from "node:fs";
import { join } from "node:path";
import { cache } from "../shell/paths";
import { step } from "../shell/progress";
import { ask } from "../shell/run";
import { buildGoProgram } from "./go";

const version = "v0.22.1";

/** The path of crane, which copies images between registries as they are: the one that is installed, or one built from the Go module proxy. */
export async function ensureCrane(): Promise<string> {
  if (await ask("crane", ["version"])) return "crane";
  const binary = join(cache, `crane-${version}`);
  if (!existsSync(binary)) {
    await step(`Build crane ${version} (up to a minute, once)`, () =>
      buildGoProgram({
        name: "crane",
        requirements: `require github.com/google/go-containerregistry ${version}`,
        mainPackage: "github.com/google/go-containerregistry/cmd/crane",
        binary,
      }),
    );
  }
  return binary;
}
