import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Environment } from "../../stacks/environments";
import { formatImage, type ImageReference, parseImage } from "../images/image";
import { wantedImages } from "../images/wanted";
import { ensureCrane } from "../install/crane";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";

export interface Promotion {
  readonly from: ImageReference;
  readonly to: ImageReference;
}

/**
 * What has to be copied so that `wanted` exists, from images that run elsewhere. An error that names every image which no one runs: then
 * this checkout is not what was tried.
 */
export function pair(wanted: readonly ImageReference[], running: readonly string[]): Promotion[] {
  const candidates = running.map(parseImage);
  const pairs = wanted.map((to) => ({
    to,
    from: candidates.find(({ name, tag }) => name === to.name && tag === to.tag),
  }));
  const untried = pairs.filter(({ from }) => !from);
  if (untried.length > 0) {
    const list = untried.map(({ to: { name, tag } }) => {
      const there = candidates.filter((candidate) => candidate.name === name).map((candidate) => candidate.tag);
      return `  ${name}: this checkout makes ${tag}, there runs ${there.join(", ") || "none"}`;
    });
    throw new SetupError(
      ["What would be promoted has not run there:", ...list, "Check out what runs there."].join("\n"),
    );
  }
  return pairs.flatMap(({ from, to }) => (from ? [{ from, to }] : []));
}

/** Keeps an image as it is in a folder (an OCI layout), for whoever may not read its registry. Gives its digest. */
export async function save(crane: string, image: ImageReference, folder: string): Promise<string> {
  const source = formatImage(image);
  const digest = await digestOf(crane, source);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await step(`Save ${image.name} ${digest.slice(0, 19)}`, () =>
    run("promote", crane, ["pull", "--format", "oci", byDigest(source, digest), folder]),
  );
  return digest;
}

/** Copies one image as it is, or as it was saved. Gives its digest, which is the same in both repositories; an error if it is not. */
export async function promote(crane: string, { from, to }: Promotion, saved?: string): Promise<string> {
  const [source, target] = [formatImage(from), formatImage(to)];
  const digest = saved === undefined ? await digestOf(crane, source) : savedDigest(saved);
  const present = await ask(crane, ["digest", target]);
  if (present && present !== digest) {
    throw new SetupError(
      `${target} is ${present} already, not ${digest} as in ${from.environment}. Nothing was copied.`,
    );
  }
  if (!present) {
    const args = saved === undefined ? ["copy", byDigest(source, digest), target] : ["push", saved, target];
    await step(`Copy ${from.name} ${digest.slice(0, 19)} to ${to.environment}`, () => run("promote", crane, args));
  }
  const copied = await ask(crane, ["digest", target]);
  if (copied !== digest) throw new SetupError(`${target} is ${copied ?? "absent"} after the copy, not ${digest}.`);
  return digest;
}

/** What `record --save` kept of an environment: the list of images, and each image. */
export const recordOf = (environment: string) => join(root, "reports/running", environment, "images.json");
export const savedOf = (environment: string, image: string) => join(root, "reports/running", environment, image);

/** Copies the images that were saved where they ran into the repositories of an environment; `verify` is asked about the manifest of each first. */
export async function promoteSaved(
  row: Environment,
  from: string,
  verify: (manifest: string) => Promise<void>,
): Promise<void> {
  const crane = await ensureCrane();
  for (const each of recorded(row, from)) {
    const folder = savedOf(from, each.from.name);
    await verify(join(folder, "blobs", savedDigest(folder).replace(":", "/")));
    await promote(crane, each, folder);
  }
}

/** What a checkout wants, by what was recorded elsewhere. */
export function recorded(row: Environment, from: string): Promotion[] {
  const file = recordOf(from);
  if (!existsSync(file))
    throw new SetupError(`${relative(root, file)} is missing; make it with: make record ENV=${from}`);
  return pair(wantedImages(row), JSON.parse(readFileSync(file, "utf8")).images);
}

async function digestOf(crane: string, source: string): Promise<string> {
  const digest = await ask(crane, ["digest", source]);
  if (digest) return digest;
  throw new SetupError(`${source} has no digest: does it exist, and is Docker logged in to its registry?`);
}

function byDigest(source: string, digest: string): string {
  return `${source.slice(0, source.lastIndexOf(":"))}@${digest}`;
}

function savedDigest(folder: string): string {
  const file = join(folder, "index.json");
  if (!existsSync(file)) throw new SetupError(`${file} is missing; it is written by: make record SAVE=1`);
  const { manifests } = JSON.parse(readFileSync(file, "utf8")) as { manifests: { digest: string }[] };
  const [only, ...others] = manifests;
  if (!only || others.length > 0) throw new SetupError(`${folder} has ${manifests.length} images, not one.`);
  return only.digest;
}
