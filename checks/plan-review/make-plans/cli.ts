import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Command, Option } from "commander";
import { stackNames } from "../../../ops/deploy/deployment";
import { missingOutputIn, type Workspace } from "../../../ops/deploy/workspace";
import { findEnvironment } from "../../../ops/emulator/emulator";
import { Copy } from "../../../ops/shell/copy";
import { note, step } from "../../../ops/shell/progress";
import { explainFailure } from "../../../ops/shell/run";
import { pastPolicies } from "../../past-policies";
import { runProof } from "../../run-proof";
import { fixtures } from "../all";
import type { Fixture } from "../fixture";
import { withEmulated } from "./emulated";
import { withRecorded } from "./recorded";
import { reduce } from "./reduce";

const plans = join(__dirname, "../plans");

interface Options {
  readonly on: "emulator" | "recorded";
  readonly only?: readonly string[];
}

runProof(
  new Command("make-plans")
    .description("Writes the plans of each deliberate change to checks/plan-review/plans.")
    .addOption(
      new Option(
        "--on <where>",
        "where to plan: on the emulator, or with the states that the last make check NAME=environments recorded",
      )
        .choices(["emulator", "recorded"])
        .default("emulator"),
    )
    .option("--only <ids...>", "ids of the changes; without it, all")
    .action(async ({ on, only }: Options) => {
      for (const environment of ["staging", "prod"]) {
        const chosen = fixtures.filter(
          (fixture) => (fixture.environment ?? "staging") === environment && (only?.includes(fixture.id) ?? true),
        );
        if (chosen.length > 0) await makePlans(environment, chosen, on);
      }
    }),
);

async function makePlans(environment: string, chosen: readonly Fixture[], on: Options["on"]): Promise<void> {
  const row = findEnvironment(environment);
  const stacks = stackNames(row);
  const copy = await Copy.make();
  const work = async (workspace: Workspace) => {
    const unchanged = await workspace.synthesize();
    for (const fixture of chosen) {
      // One that Terraform refuses must not cost the others.
      await step(fixture.id, () => makePlan(fixture, stacks, unchanged, workspace)).catch(explainFailure);
    }
  };
  await (on === "emulator" ? withEmulated(row, copy, work) : withRecorded(row, stacks, copy, work));
  copy.remove();
}

/** Plans each stack that the change alters, with the states of the others as they were; not what only their apply would let Terraform plan. */
async function makePlan(
  { id, edits, plan }: Fixture,
  stacks: readonly string[],
  unchanged: ReadonlyMap<string, string>,
  workspace: Workspace,
): Promise<void> {
  await workspace.copy.edited(pastPolicies(workspace.copy, edits), async () => {
    const changed = await workspace.synthesize();
    const folder = join(plans, id);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const stack of stacks) {
      const isMeant = plan ? stack.endsWith(`-${plan.stack}`) : changed.get(stack) !== unchanged.get(stack);
      if (!isMeant) continue;
      const json = await workspace.plan(stack, plan?.arguments ?? []).catch(refused);
      if (json === undefined) note(`${stack} is left out: it reads what another stack has only after its apply`);
      else writeFileSync(join(folder, `${stack}.json.gz`), gzipSync(reduce(json), { level: 9 }));
    }
  });
}

function refused(error: Error): undefined {
  if (missingOutputIn(error) === undefined) throw error;
}
