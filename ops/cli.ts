import { Command } from "commander";
import { version } from "../package.json";
import { bootstrapAccount } from "./deploy/bootstrap";
import { deploy } from "./deploy/deployment";
import { down } from "./emulator/down";
import { findEnvironment } from "./emulator/emulator";
import { listInstances } from "./emulator/list";
import { up } from "./emulator/up";
import { doctor } from "./install/doctor";
import { lock } from "./install/lock";
import { root } from "./shell/paths";
import { explainFailure } from "./shell/run";
import { stageNames, test } from "./test/test";

/** Where the larger commands are: each is loaded when it, or the list of all, is asked for. */
const others: Readonly<Record<string, () => Promise<Command>>> = {
  preflight: async () => (await import("./preflight/cli.js")).preflightCommand,
  cost: async () => (await import("./cost/cli.js")).costCommand,
  recover: async () => (await import("./recover/cli.js")).recoverCommand,
  record: async () => (await import("./promote/cli.js")).recordCommand,
  promote: async () => (await import("./promote/cli.js")).promoteCommand,
  rollback: async () => (await import("./rollback/cli.js")).rollbackCommand,
  review: async () => (await import("./review/cli.js")).reviewCommand,
  pipeline: async () => (await import("./pipeline/cli.js")).pipelineCommand,
};

const forceMeaning = "on the emulator: also apply the stacks of which nothing has changed since their last apply";

const program = new Command("ops/run")
  .description("Commands that make and the workflows in .github call.")
  .version(version, "--version", "the version of this project");

program
  .command("up")
  .description("install what is missing, start the emulated AWS, deploy an environment to it")
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--emulator <name>", "ministack or localstack", "ministack")
  .option("--force", forceMeaning, false)
  .action(({ environment, emulator, force }: { environment: string; emulator: string; force: boolean }) =>
    up(environment, emulator, force),
  );

program
  .command("deploy")
  .description(
    "deploy an environment to AWS or to an emulator (this shell's AWS settings decide); if ECS rolled a service back, print the ECS events and fail",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--force", forceMeaning, false)
  .action(({ environment, force }: { environment: string; force: boolean }) =>
    deploy(findEnvironment(environment), process.env, root, { unchanged: force ? "forced" : "skipped" }),
  );

program
  .command("bootstrap")
  .description(
    "create the stack bootstrap-<environment> (state bucket, KMS key, IAM roles for GitHub Actions) on AWS or on an emulator (this shell's AWS settings decide); lists what it creates, and requests confirmation",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--yes", "do not request confirmation", false)
  .action(({ environment, yes }: { environment: string; yes: boolean }) =>
    bootstrapAccount(findEnvironment(environment), yes),
  );

program
  .command("down")
  .description(
    "destroy the stacks of an environment on the emulated AWS; when no other environment is on it, stop and remove the emulator too. Requests confirmation where another clone deployed it",
  )
  .option("--environment <name>", "environment: a row of stacks/environments.ts", "dev")
  .option("--yes", "do not request confirmation", false)
  .action(({ environment, yes }: { environment: string; yes: boolean }) => down(environment, yes));

program
  .command("test")
  .description("run all tests except the long proofs, or some stages of them")
  .argument("[stages...]", `stages to run: ${stageNames.join(", ")}; all if none is named`)
  .action(async (stages: string[]) => {
    const { passed, failures } = await test(stages);
    // Once more at the end of a long log.
    for (const failure of failures) process.stdout.write(`\n✗ ${failure}\n`);
    process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
    if (failures.length > 0) process.exitCode = 1;
  });

program
  .command("lock")
  .description("update package-lock.json from package.json, with the entries for every platform")
  .argument("<folder...>", "folders with a package.json, relative to the root of the repository")
  .action(async (folders: string[]) => {
    for (const folder of folders) await lock(folder);
  });

program
  .command("doctor")
  .description(
    "list the programs that this project needs, each with its version or how to install it, and the running instances of the emulated AWS; ends with 1 if a program is missing",
  )
  .action(async () => {
    if (!(await doctor())) process.exitCode = 1;
    for (const line of await listInstances()) process.stdout.write(`${line}\n`);
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
