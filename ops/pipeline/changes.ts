import { services } from "../../stacks/services";
import { root } from "../shell/paths";
import { ask, SetupError } from "../shell/run";
import type { Github } from "./github";

/** Files that decide what the pipeline of a service does, besides its own; a folder ends with a slash. */
const ofServices: readonly string[] = [
  "nginx/",
  "docker-compose.yml",
  // What decides how an image is built, and what it is called.
  ...["environments", "services", "images-stack"].map((name) => `stacks/${name}.ts`),
  ...["service-image", "content-hash", "names"].map((name) => `stacks/constructs/${name}.ts`),
  ...["deploy", "emulator", "images", "install", "pipeline", "secrets", "shell", "test"].map((name) => `ops/${name}/`),
  "packages/plan-review/classify/construct-path.ts",
  "packages/plan-review/read/",
  ...["package.json", "package-lock.json", "biome.json", "tsconfig.json", "jest.config.js", "Makefile"],
  ".github/actions/",
  ".github/workflows/service.yml",
];

/** Whether a change of these files needs each pipeline. Words need none, and what is no app needs the infrastructure's. */
export function pipelinesFor(files: readonly string[]): Record<string, boolean> {
  const ofService = (name: string) => [...ofServices, `apps/${name}/`, `.github/workflows/${name}-ci.yml`];
  const isInfrastructure = (file: string) => !/^(apps|docs)\/|\.md$|^LICENSE$|^\.\w+$/.test(file);
  return {
    ...Object.fromEntries(services.map(({ name }) => [name, files.some((file) => isBelow(file, ofService(name)))])),
    infra: files.some(isInfrastructure),
  };
}

function isBelow(file: string, paths: readonly string[]): boolean {
  return paths.some((path) => (path.endsWith("/") ? file.startsWith(path) : file === path));
}

/** The same for everything: nothing is known to have passed. */
const everything = Object.fromEntries(Object.keys(pipelinesFor([])).map((name) => [name, true]));

/** Files that differ between two commits; null when the first is not behind the second, or is not here. */
export async function filesBetween(from: string, to: string, cwd = root): Promise<readonly string[] | null> {
  if ((await ask("git", ["merge-base", "--is-ancestor", from, to], { cwd })) === null) return null;
  const names = await ask("git", ["diff", "--name-only", "--no-renames", from, to, "--"], { cwd });
  return names === null ? null : names.split("\n").filter(Boolean);
}

/**
 * What has to be checked: what changed since `base`, or else, on main, since the newest commit that passed. So a commit that repairs words
 * does not pass for one before it that failed.
 */
export async function neededPipelines(
  base: string,
  github: () => Pick<Github, "greenCommits">,
  isByHand = false,
): Promise<Record<string, boolean>> {
  if (isByHand) return everything;
  if (base !== "") {
    const files = await filesBetween(base, "HEAD");
    if (files === null) throw new SetupError(`${base} is not behind what is checked out: fetch the whole history.`);
    return pipelinesFor(files);
  }
  for await (const commit of github().greenCommits()) {
    const files = await filesBetween(commit, "HEAD");
    if (files !== null) return pipelinesFor(files);
  }
  return everything;
}
