import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { Command } from "commander";
import { services } from "../../stacks/services";
import { deployStacks } from "../deploy/deployment";
import { synthesize } from "../deploy/synthesis";
import { findEnvironment } from "../emulator/emulator";
import { parseImage } from "../images/image";
import { presenceOf } from "../images/registry";
import { ensureCrane } from "../install/crane";
import { root } from "../shell/paths";
import { promote, recorded, recordOf, save, savedOf } from "./promote";
import { steadyImages } from "./running";

export const recordCommand = new Command("record")
  .description(
    "wait until the services of an environment are steady (all tasks run, no ECS deployment is active), then write the names of their images to reports/running; needs credentials for the account of this environment",
  )
  .requiredOption("--environment <name>", "environment: a row of stacks/environments.ts")
  .option("--save", "also save the images there, for an account that cannot read this registry", false)
  .action(async ({ environment, save: isSaved }: { environment: string; save: boolean }) => {
    const { name, region } = findEnvironment(environment);
    const names = services.map((service) => service.name);
    const images = await steadyImages(new ECSClient({ region }), name, names);
    const file = recordOf(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ environment: name, images }, null, 2)}\n`);
    if (isSaved) {
      const crane = await ensureCrane();
      for (const image of images.map(parseImage)) await save(crane, image, savedOf(name, image.name));
    }
    process.stdout.write(`${images.join("\n")}\n\nWritten to ${relative(root, file)}.\n`);
  });

export const promoteCommand = new Command("promote")
  .description(
    "copy the recorded images by digest to the ECR repositories of an environment, and create missing ECR repositories; needs credentials for the account of this environment",
  )
  .requiredOption("--from <name>", "environment whose images were recorded")
  .requiredOption("--environment <name>", "environment that gets the images")
  .option("--saved", "copy the images that record --save saved; the registry of --from is not read", false)
  .action(async ({ from, environment, saved }: { from: string; environment: string; saved: boolean }) => {
    const row = findEnvironment(environment);
    await synthesize();
    const pairs = recorded(row, findEnvironment(from).name);
    const crane = await ensureCrane();
    const client = new ECRClient({ region: row.region });
    const presences = await Promise.all(pairs.map(({ to }) => presenceOf(client, to)));
    // A pipeline has applied the stack as it was reviewed; whatever else it would change now, nobody has seen.
    if (presences.includes("no repository")) {
      await deployStacks([`${row.name}-images`], { ...process.env, TF_VAR_prebuilt: "true" });
    }
    for (const each of pairs) {
      const digest = await promote(crane, each, saved ? savedOf(from, each.from.name) : undefined);
      process.stdout.write(`${each.to.name} ${digest}\n`);
    }
    process.stdout.write(`\nNext: TF_VAR_prebuilt=true make deploy ENV=${row.name}\n`);
  });
