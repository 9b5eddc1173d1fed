import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { prepare } from "../emulator/up";
import { ensureChromium } from "../install/chromium";
import { ensureDockerEngine, stopDockerEngine } from "../install/docker-engine";
import { root } from "../shell/paths";
import { SetupError, thenClean } from "../shell/run";
import { runInCopy } from "./in-copy";
import { jest, units } from "./jest";
import { type Outcome, outcomeFile, outcomeOf, together } from "./outcome";
import { emulatorStages, stages as otherStages } from "./stages";

const onEmulator = Object.keys(emulatorStages) as (keyof typeof emulatorStages)[];
export const stageNames = ["lint", "types", "workflows", ...units, "compose", ...onEmulator];

/**
 * Lint, types, workflows, units, then the tests against `docker compose up`; beside them those on the emulated AWS. Or those of them that
 * are named.
 */
export async function test(named: readonly string[]): Promise<Outcome> {
  const unknown = named.filter((stage) => !stageNames.includes(stage));
  if (unknown.length > 0) throw new SetupError(`Unknown: ${unknown.join(", ")}; there are ${stageNames.join(", ")}.`);
  const meant = named.length === 0 ? stageNames : stageNames.filter((stage) => named.includes(stage));
  const outcome = await run(meant);
  const file = join(root, outcomeFile);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(outcome));
  return outcome;
}

async function run(meant: readonly string[]): Promise<Outcome> {
  const emulated = onEmulator.filter((stage) => meant.includes(stage));
  const [only] = emulated;
  if (!only) return runHere(meant);
  if (meant.length === 1) return outcomeOf(emulatorStages[only]);
  return thenClean(stopDockerEngine, async () => {
    // What all of them would install or start at once.
    await ensureDockerEngine();
    await prepare();
    await ensureChromium();
    const copies = emulated.map((stage) => outcomeOf(() => runInCopy(stage)));
    return together(await Promise.all([runHere(meant), ...copies]));
  });
}

async function runHere(meant: readonly string[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const runIf = async (stage: keyof typeof otherStages) => {
    if (meant.includes(stage)) outcomes.push(await outcomeOf(otherStages[stage]));
  };
  await runIf("lint");
  await runIf("types");
  await runIf("workflows");
  const meantUnits = units.filter((unit) => meant.includes(unit));
  if (meantUnits.length > 0) outcomes.push(await outcomeOf(() => jest("Unit tests", meantUnits, process.env)));
  await runIf("compose");
  return together(outcomes);
}
