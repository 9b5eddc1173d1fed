import { Command } from "commander";
import { version } from "../package.json";
import { bootstrapAccount } from "./deploy/bootstrap";
import { deploy } from "./deploy/deployment";
import { down } from "./emulator/down";
import { findEnvironment } from "./emulator/emulator";
import { up } from "./emulator/up";
import { doctor } from "./install/doctor";
import { lock } from "./install/lock";
import { explainFailure } from "./shell/run";
import { test } from "./test/test";

/** Where the larger commands are: each is loaded when it, or the list of all, is asked for. */
const others: Readonly<Record<string, () => Promise<Command>>> = {
  cost: async () => (await import("./cost/cli.js")).costCommand,
  recover: async () => (await import("./recover/cli.js")).recoverCommand,
  record: async () => (await import("./promote/cli.js")).recordCommand,
  promote: async () => (await import("./promote/cli.js")).promoteCommand,
  review: async () => (await import("./review/cli.js")).reviewCommand,
  pipeline: async () => (await import("./pipeline/cli.js")).pipelineCommand,
};

const program = new Command("ops/run")
  .description("What make and the pipelines call.")
  .version(version, "--version", "the version of this project");

program
  .command("up")
  .description("install what is missing, start the emulated AWS, deploy an environment to it")
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .option("--emulator <name>", "ministack or localstack", "ministack")
  .action(({ environment, emulator }: { environment: string; emulator: string }) => up(environment, emulator));

program
  .command("deploy")
  .description(
    "cdktf deploy to where this shell's AWS calls go; fails when a service was rolled back, with the ECS event",
  )
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .action(({ environment }: { environment: string }) => deploy(findEnvironment(environment), process.env));

program
  .command("bootstrap")
  .description("explain and make what the other stacks of an environment lean on, where this shell's AWS calls go")
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .option("--yes", "do not ask", false)
  .action(({ environment, yes }: { environment: string; yes: boolean }) =>
    bootstrapAccount(findEnvironment(environment), yes),
  );

program
  .command("down")
  .description("destroy the stacks, then remove everything that up started")
  .option("--environment <name>", "a row of stacks/environments.ts", "dev")
  .action(({ environment }: { environment: string }) => down(environment));

program
  .command("test")
  .description("lint, types, workflows, units, and the tests that need Docker and the emulated AWS")
  .argument("[stages...]", "some of them: lint, types, workflows, a unit project of jest.config.js, compose, emulator")
  .action(async (stages: string[]) => {
    const { passed, failures } = await test(stages);
    // Once more at the end of a long log.
    for (const failure of failures) process.stdout.write(`\n✗ ${failure}\n`);
    process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
    if (failures.length > 0) process.exitCode = 1;
  });

program
  .command("lock")
  .description("write a folder's package-lock.json anew from its package.json, whole for every platform")
  .argument("<folder...>", "folders with a package.json, seen from the root")
  .action(async (folders: string[]) => {
    for (const folder of folders) await lock(folder);
  });

program
  .command("doctor")
  .description("list each prerequisite: its version, or how to get it")
  .action(async () => {
    if (!(await doctor())) process.exitCode = 1;
  });

/** As every program here: 1 is a failure of what was done, and 3 asks for a person's decision. */
const wrongArguments = 2;

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

async function main(): Promise<void> {
  const [name = ""] = process.argv.slice(2);
  const isKnown = program.commands.some((command) => command.name() === name);
  const chosen = others[name] ? [others[name]] : isKnown ? [] : Object.values(others);
  for (const load of chosen) program.addCommand(await load());
  for (const command of withSubcommands(program)) {
    command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : wrongArguments));
  }
  await program.parseAsync();
}

main().catch(explainFailure);
