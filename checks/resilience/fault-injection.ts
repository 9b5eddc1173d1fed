import { Command, InvalidArgumentError } from "commander";
import { bootstrap } from "../../ops/deploy/bootstrap";
import { findEnvironment } from "../../ops/emulator/emulator";
import { type Check, report } from "../../ops/report/report";
import { note, step } from "../../ops/shell/progress";
import { SetupError } from "../../ops/shell/run";
import { pastPolicies } from "../past-policies";
import { runProof } from "../run-proof";
import type { DeployedEnvironment } from "./deployed-environment";
import { destroyDrill } from "./destroy";
import { isBegun, onEmulator } from "./emulated";
import { type Fault, faults } from "./faults";
import type { Outcome } from "./page";
import { drillsWith, outcomeOf } from "./prove";

const names = faults.map(({ id }) => id);
/** So many kills that one of them comes while a lock is held. */
const kills = 3;
const drills = [...drillsWith(kills), destroyDrill];

runProof(
  new Command("faults")
    .description(
      "Puts one fault after another into the stacks of staging. Each must make the matching drill of `make prove` fail, with the expected reason. Writes reports/faults.json. Ends with 0 when every fault was detected, 1 when one was not, 2 when it could not run.",
    )
    .option("--only <names>", `faults to inject, separated by commas: ${names.join(", ")}`, asFaults, faults)
    .action(async ({ only }: { only: readonly Fault[] }) => {
      const startedAt = new Date();
      const checks: Check[] = [];
      for (const together of byEmulator(only)) {
        await onEmulator(findEnvironment("staging"), async (deployed) => {
          for (const fault of together) checks.push(await tried(fault, deployed));
        });
      }
      process.exit((await report("faults", startedAt, checks)) ? 0 : 1);
    }),
);

/** Those that can be tried on one emulator, one after the other. */
function byEmulator(chosen: readonly Fault[]): Fault[][] {
  const groups: Fault[][] = [[]];
  for (const [index, fault] of chosen.entries()) {
    groups.at(-1)?.push(fault);
    if (fault.spoils && index < chosen.length - 1) groups.push([]);
  }
  return groups;
}

async function tried(fault: Fault, deployed: DeployedEnvironment): Promise<Check> {
  const { id, title, drill, says } = fault;
  const { result, evidence } = await findingOf(fault, deployed).catch((error: Error): Finding => {
    return { result: "not proved", evidence: `the drill was not run: ${error.message}` };
  });
  const caught = result === "failed" && says.test(evidence);
  note(caught ? "caught" : `NOT caught: ${drill} ${result}, where it should fail and say ${says}: ${evidence}`);
  return { id, title, passed: caught, value: drill, unit: "", target: `${drill} fails and says ${says}`, evidence };
}

type Finding = Pick<Outcome, "result" | "evidence">;

/** By the drill that must notice. */
async function findingOf({ id, title, edits, drill }: Fault, deployed: DeployedEnvironment): Promise<Finding> {
  const matching = drills.find((each) => each.id === drill);
  if (!matching) throw new SetupError(`${id} names the drill ${drill}; there are ${drills.map((each) => each.id)}.`);
  await step("Deploy what is not broken", () => good(deployed));
  return step(`Fault: ${title}`, () =>
    deployed.copy.edited(pastPolicies(deployed.copy, edits), async () => {
      await deployed.apply();
      return outcomeOf(matching, deployed);
    }),
  );
}

/** Each fault begins with stacks that are well; one before it may have destroyed them. */
async function good(deployed: DeployedEnvironment): Promise<void> {
  const { environment, env, copy } = deployed;
  if (!(await isBegun(environment, env))) await bootstrap(environment, env, copy.folder);
  await deployed.restore();
  await deployed.untilSettled();
}

function asFaults(list: string): readonly Fault[] {
  const chosen = list.split(",").filter(Boolean);
  if (chosen.length > 0 && chosen.every((name) => names.includes(name))) {
    return faults.filter(({ id }) => chosen.includes(id));
  }
  throw new InvalidArgumentError(`There are ${names.join(", ")}.`);
}
