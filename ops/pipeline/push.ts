import { ECRClient } from "@aws-sdk/client-ecr";
import type { Environment } from "../../stacks/environments";
import { synthesize } from "../deploy/synthesis";
import { Terraform } from "../deploy/terraform";
import { formatImage } from "../images/image";
import { presenceOf } from "../images/registry";
import { wantedImages } from "../images/wanted";
import { ensureCrane } from "../install/crane";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { ask, run, SetupError } from "../shell/run";
import { archiveOf, assertFitToPush, imagesOf } from "./images";
import { createRepositories } from "./repositories";

export interface Pushed {
  readonly digest: string;
  /** Not when the same sources were built and pushed before: a tag is immutable, and the first image under it is the one that counts. */
  readonly isOurs: boolean;
}

/** Pushes a service's archived images into the repositories of an environment, which are made when the service is new. Values for the steps that follow. */
export async function pushImages(app: string, row: Environment): Promise<Record<string, string>> {
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
  const outputs: Record<string, string> = {};
  for (const image of wanted) {
    const { digest, isOurs } = await pushArchive(crane, archiveOf(image.name), formatImage(image));
    const kind = image.name === app ? "app" : "gateway";
    outputs[`${kind}-repository`] = `${image.registry}/${image.environment}/${image.name}`;
    outputs[`${kind}-digest`] = digest;
    outputs[`${kind}-is-ours`] = String(isOurs);
  }
  return outputs;
}

/**
 * Pushes an archive of `docker save`, unless its tag exists. Two pipelines may push the gateway at once: the first one wins. A pipeline that
 * begins again after a push finds its own image there.
 */
export async function pushArchive(crane: string, archive: string, target: string): Promise<Pushed> {
  const own = await run("push", crane, ["digest", "--tarball", archive]);
  const present = () => ask(crane, ["digest", target]);
  if (!(await present())) {
    await step(`Push ${target}`, () => run("push", crane, ["push", archive, target])).catch(async (error) => {
      if (!(await present())) throw error;
    });
  }
  const digest = await present();
  if (!digest) throw new SetupError(`${target} has no digest after the push.`);
  return { digest, isOurs: digest === own.trim() };
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
