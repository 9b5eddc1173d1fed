import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import type { Environment } from "../../stacks/environments";
import { synthesize } from "../deploy/synthesis";
import { Terraform } from "../deploy/terraform";
import { formatImage } from "../images/image";
import { presenceOf } from "../images/registry";
import { wantedImages } from "../images/wanted";
import { ensureCrane } from "../install/crane";
import { root } from "../shell/paths";
import { note, step } from "../shell/progress";
import { ask, run } from "../shell/run";
import { archiveOf, assertFitToPush, imagesOf } from "./images";
import { createRepositories } from "./repositories";

/** Pushes a service's archived images into the repositories of an environment, which are made when the service is new. */
export async function pushImages(app: string, row: Environment): Promise<void> {
  assertFitToPush();
  await synthesize();
  const names = imagesOf(app);
  const wanted = wantedImages(row).filter(({ name }) => names.includes(name));
  const client = new ECRClient({ region: row.region });
  const presences = await Promise.all(wanted.map((image) => presenceOf(client, image)));
  if (presences.includes("no repository")) {
    const plans = new Terraform(root, { ...process.env, TF_VAR_prebuilt: "true" });
    await step("Make the repositories", () => createRepositories(row, plans));
  }
  const crane = await ensureCrane();
  for (const image of wanted) await pushArchive(crane, archiveOf(image.name), formatImage(image));
}

/** The digest that an archive of `docker save` has once it is pushed. */
export async function digestOf(archive: string): Promise<string> {
  return (await run("push", await ensureCrane(), ["digest", "--tarball", archive])).trim();
}

/**
 * Pushes an archive of `docker save`, unless its tag exists: the first image of the same sources is the one that counts. Two pipelines may
 * push the gateway at once.
 */
export async function pushArchive(crane: string, archive: string, target: string): Promise<void> {
  const present = () => ask(crane, ["digest", target]);
  if (await present()) return note(`${target} is there already: these sources were pushed before.`);
  await step(`Push ${target}`, () => run("push", crane, ["push", archive, target])).catch(async (error) => {
    if (!(await present())) throw error;
  });
}

/** A file with the manifest of an image in a registry. */
export async function manifestOf(crane: string, image: string): Promise<string> {
  const digest = (await run("verify", crane, ["digest", image])).trim();
  const file = join(mkdtempSync(join(tmpdir(), "manifest-")), digest.replace(":", "-"));
  writeFileSync(file, await run("verify", crane, ["manifest", `${image.slice(0, image.lastIndexOf(":"))}@${digest}`]));
  return file;
}

/** A further copy under a namespace of Docker Hub, for whoever reads images there; nothing here does. */
export async function pushToHub(app: string, namespace: string, row: Environment): Promise<void> {
  assertFitToPush();
  await synthesize();
  const crane = await ensureCrane();
  const names = imagesOf(app);
  for (const { name, tag } of wantedImages(row).filter((image) => names.includes(image.name))) {
    await pushArchive(crane, archiveOf(name), `docker.io/${namespace}/portfolio-dashboard-${name}:${tag}`);
  }
}
