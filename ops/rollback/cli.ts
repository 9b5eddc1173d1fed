import { Command, InvalidArgumentError } from "commander";
import { findEnvironment } from "../emulator/emulator";
import { accountOf } from "./account";
import { listReleases, rollBack } from "./rollback";

interface Options {
  readonly environment: string;
  readonly to?: number;
  readonly list: boolean;
  readonly yes: boolean;
}

export const rollbackCommand = new Command("rollback")
  .description(
    "deploy the images of the previous release, on AWS or on an emulator (this shell's AWS settings decide). Plans the stack compute of this checkout with the tags of these images, prints what would change, requests confirmation, and applies that plan.",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--list", "print the recorded releases, and change nothing", false)
  .option("--to <version>", "deploy this release; --list prints the numbers", versionNumber)
  .option("--yes", "do not request confirmation", false)
  .action(async ({ environment: name, list, yes, ...options }: Options) => {
    const environment = findEnvironment(name);
    const account = accountOf(environment, process.env, yes);
    await (list ? listReleases(environment, account) : rollBack(environment, options, account));
  });

function versionNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a number, as --list prints it.");
  return Number(text);
}
