import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Service, services } from "../../stacks/services";
import { baseImages, ensureBaseImages, standIns } from "../install/base-images";
import { ensureCompose } from "../install/compose-plugin";
import { ensureDockerEngine } from "../install/docker-engine";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";

const folder = join(root, "reports/images");
const standInsFile = join(folder, "stand-ins.json");

export const archiveOf = (image: string) => join(folder, `${image}.tar`);

/** What a task of a service consists of. */
export function imagesOf(app: string, rows: readonly Service[] = services): string[] {
  const row = rows.find(({ name }) => name === app);
  if (!row) throw new SetupError(`Unknown service "${app}"; there are ${rows.map(({ name }) => name).join(", ")}.`);
  return row.exposure === "none" ? [row.name] : [row.name, "gateway"];
}

/** Builds a service's images as the stacks would, and keeps each in a file: what is scanned is what is pushed. */
export async function buildImages(app: string): Promise<void> {
  const images = imagesOf(app);
  await ensureDockerEngine();
  await ensureCompose();
  await ensureBaseImages();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const image of images) {
    const tag = `portfolio-dashboard/${image}`;
    const platform =
      services.find(({ name }) => name === app)?.architecture === "X86_64" ? "linux/amd64" : "linux/arm64";
    const context = join(root, image === "gateway" ? "nginx" : `apps/${image}`);
    // Compose has BuildKit in it; `docker build` has it only where buildx is installed.
    const build = { context, ...pinned(await baseDigests()) };
    const input = JSON.stringify({ name: "images", services: { [image]: { build, image: tag, platform } } });
    await step(`Build ${image}`, async () => {
      await run("images", "docker", ["compose", "--file", "-", "build"], { input });
      await run("images", "docker", ["save", "--output", archiveOf(image), tag]);
    });
  }
  writeFileSync(standInsFile, JSON.stringify(await standIns()));
}

/** The digests of the base images, by name: of those that a registry gave us. */
async function baseDigests(): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const image of baseImages) {
    const found = await ask("docker", ["image", "inspect", "--format", '{{join .RepoDigests " "}}', image]);
    const digest = found?.split(" ").find((each) => each.includes("@sha256:"));
    if (digest) digests.set(image, digest);
  }
  return digests;
}

/**
 * What a build starts from, by digest, so that a tag that moves meanwhile changes nothing; the labels say it of the image.
 * A named context takes the place of a FROM: https://docs.docker.com/reference/cli/docker/buildx/build/#replace-a-remote-image
 */
export function pinned(digests: ReadonlyMap<string, string>) {
  return {
    additional_contexts: Object.fromEntries([...digests].map(([image, digest]) => [image, `docker-image://${digest}`])),
    labels: Object.fromEntries(
      [...digests].map(([image, digest]) => [`portfolio-dashboard.base.${image.split(":")[0]}`, digest]),
    ),
  };
}

/** Images that start from a stand-in are for this machine. */
export function assertFitToPush(): void {
  if (!existsSync(standInsFile))
    throw new SetupError("There are no images to push; build them with: ops/run pipeline images --service …");
  const found = JSON.parse(readFileSync(standInsFile, "utf8")) as string[];
  if (found.length > 0) {
    throw new SetupError(`These images start from stand-ins (${found.join(", ")}) and must not be pushed.`);
  }
}
