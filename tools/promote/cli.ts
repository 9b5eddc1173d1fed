import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ECSClient } from "@aws-sdk/client-ecs";
import { Command } from "commander";
import { services } from "../../stacks/services";
import { ensureCrane } from "../setup/crane";
import { deployStacks, synthesize } from "../setup/deployment";
import { findEnvironment } from "../setup/emulator";
import { root } from "../setup/paths";
import { explainFailure, SetupError } from "../setup/run";
import { pair, promote } from "./promote";
import { runningImages } from "./running";
import { wantedImages } from "./wanted";

const fileOf = (environment: string) => join(root, "reports", `running-${environment}.json`);

const program = new Command("promote").description(
  "Gives an environment the very images that another one runs. Two steps, because each account has its own credentials.",
);

program
  .command("record")
  .description("with the account of what was tried: write down which images its services run, once they are steady")
  .requiredOption("--environment <name>", "a row of stacks/environments.ts")
  .action(async ({ environment }: { environment: string }) => {
    const { name, region } = findEnvironment(environment);
    const names = services.map((service) => service.name);
    const images = await runningImages(new ECSClient({ region }), name, names);
    const file = fileOf(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ environment: name, images }, null, 2)}\n`);
    process.stdout.write(`${images.join("\n")}\n\nWritten to ${relative(root, file)}.\n`);
  });

program
  .command("copy")
  .description("with the account of what receives them: make its repositories, and copy the images into them by digest")
  .requiredOption("--from <name>", "the environment that was recorded")
  .requiredOption("--environment <name>", "the environment that receives")
  .action(async ({ from, environment }: { from: string; environment: string }) => {
    const row = findEnvironment(environment);
    const file = fileOf(findEnvironment(from).name);
    if (!existsSync(file)) {
      throw new SetupError(`${relative(root, file)} is missing; make it with: make record ENV=${from}`);
    }
    await synthesize();
    const pairs = pair(wantedImages(row), JSON.parse(readFileSync(file, "utf8")).images);
    const crane = await ensureCrane();
    await deployStacks(`${row.name}-images`, { ...process.env, TF_VAR_prebuilt: "true" });
    for (const each of pairs) process.stdout.write(`${each.to.name} ${await promote(crane, each)}\n`);
    process.stdout.write(`\nNext: TF_VAR_prebuilt=true make deploy ENV=${row.name}\n`);
  });

program.parseAsync().catch(explainFailure);
