import { copyFileSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { cache } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask } from "../shell/run";
import { buildGoProgram, mayBuildGoPrograms } from "./go";

const version = "v2.40.3";

export async function composeVersion(): Promise<string | null> {
  return ask("docker", ["compose", "version", "--short"]);
}

/** `docker compose`, version 2: the one that is installed, or one built from the Go module proxy as a plugin of this user. */
export async function ensureCompose(): Promise<void> {
  if (isVersion(await composeVersion())) return;
  const binary = join(cache, `docker-compose-${version}`);
  if (!isVersion(await ask(binary, ["version", "--short"]))) await build(binary);
  const plugins = join(process.env.DOCKER_CONFIG ?? join(homedir(), ".docker"), "cli-plugins");
  mkdirSync(plugins, { recursive: true });
  copyFileSync(binary, join(plugins, "docker-compose"));
  note(`Docker Compose ${version} is now a plugin in ${plugins}`);
}

/** Whether `ensureCompose` can, on this machine and as this user. */
export const mayInstallCompose = mayBuildGoPrograms;

/** A build that was not told its version says "dev". */
function isVersion(text: string | null): boolean {
  return /^v?\d+\./.test(text ?? "");
}

async function build(binary: string): Promise<void> {
  await step(`Build Docker Compose ${version} (2 to 4 minutes, once)`, () =>
    buildGoProgram({
      name: "compose-plugin",
      // `go install` refuses the module for its exclude directives; a module that requires it does not.
      requirements: `require github.com/docker/compose/v2 ${version}`,
      mainPackage: "github.com/docker/compose/v2/cmd",
      versionVariable: ["github.com/docker/compose/v2/internal.Version", version],
      binary,
    }),
  );
}
