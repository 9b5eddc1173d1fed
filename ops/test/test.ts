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
 * Lint, types, workflows and units, which keep every core busy; then, side by side, the tests against `docker compose up` and those on the
 * emulated AWS, which mostly wait. Or those of them that are named.
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
  if (only && meant.length === 1) return outcomeOf(emulatorStages[only]);
  const first = await oneAfterTheOther(["lint", "types", "workflows", "units"], meant);
  if (!only) return together([first, await oneAfterTheOther(["compose"], meant)]);
  return thenClean(stopDockerEngine, async () => {
    // What all of them would install or start at once.
    await ensureDockerEngine();
    await prepare();
    await ensureChromium();
    const inCopy = (stage: keyof typeof emulatorStages) =>
      emulated.includes(stage) ? [outcomeOf(() => runInCopy(stage))] : [];
    // The tests of the emulator come last, when the others mostly wait: some of them fail where an answer takes too many seconds.
    const composeThenEmulator = async () => [
      await oneAfterTheOther(["compose"], meant),
      ...(await Promise.all(inCopy("emulator"))),
    ];
    const all = [composeThenEmulator(), Promise.all(inCopy("deployed")), Promise.all(inCopy("operations"))];
    return together([first, ...(await Promise.all(all)).flat()]);
  });
}

async function oneAfterTheOther(
  stages: readonly (keyof typeof otherStages | "units")[],
  meant: readonly string[],
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    if (stage === "units") {
      const meantUnits = units.filter((unit) => meant.includes(unit));
      if (meantUnits.length > 0) outcomes.push(await outcomeOf(() => jest("Unit tests", meantUnits, process.env)));
    } else if (meant.includes(stage)) outcomes.push(await outcomeOf(otherStages[stage]));
  }
  return together(outcomes);
}
