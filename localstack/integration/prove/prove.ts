import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apply, bootstrap, destroy } from "../../../tools/setup/deployment";
import { EmulatedAccount } from "../../../tools/setup/emulated-account";
import { findEnvironment, taskContainers } from "../../../tools/setup/emulator";
import { root } from "../../../tools/setup/paths";
import { note, step } from "../../../tools/setup/progress";
import { report } from "../../../tools/setup/report";
import { isEnding, SetupError } from "../../../tools/setup/run";
import { alarm } from "./alarm";
import type { Drill, Verdict } from "./drill";
import { type Another, onAnotherEmulator, onEmulator } from "./emulated";
import { failures } from "./failures";
import { Fidelity } from "./fidelity";
import { killDrill } from "./kill";
import { isProved, type Outcome, proofPage } from "./page";
import { secondPlan } from "./plan";
import { releases } from "./releases";
import { rolling } from "./rolling";
import { routes } from "./routes";
import { scaling } from "./scaling";
import type { Stage } from "./stage";

/** In the order in which they are run. */
export const drillsWith = (kills: number): readonly Drill[] => [
  routes,
  secondPlan,
  alarm,
  rolling,
  ...releases,
  ...failures,
  scaling,
  killDrill(kills),
];

/** Deploys, runs the chosen drills, destroys; gives whether all went as they should. Leaves nothing running, also when it is interrupted. */
export async function prove(environmentName: string, chosen: readonly Drill[], another?: Another): Promise<boolean> {
  const startedAt = new Date();
  const environment = findEnvironment(environmentName);
  const needs = [...chosen, destroyDrill].flatMap((drill) => drill.needs);
  const all = (stage: Stage) => life(stage, chosen);
  const outcomes = await (another ? onAnotherEmulator(environment, another, needs, all) : onEmulator(environment, all));
  const onlyOnAws = Fidelity.recorded().beyond();
  writeFileSync(
    join(root, "reports/proof.html"),
    await proofPage({ environment: environmentName, startedAt, outcomes, onlyOnAws }),
  );
  const checks = outcomes.map(({ id, title, result, evidence, seconds }) => {
    const passed = result === "proved" || result === "does not apply";
    return { id, title, passed, evidence, value: seconds, unit: "s", target: result };
  });
  await report("proof", startedAt, checks);
  note("With pictures: reports/proof.html");
  return isProved(outcomes);
}

const applyDrill: Drill = { id: "apply", title: "The environment is applied", needs: [], run: applyAll };
export const destroyDrill: Drill = {
  id: "destroy",
  title: "The environment is destroyed, and nothing of it is left",
  needs: ["tagging-lists-all"],
  run: destroyAll,
};

async function life(stage: Stage, chosen: readonly Drill[]): Promise<Outcome[]> {
  const applied = await outcomeOf(applyDrill, stage);
  const outcomes = [applied];
  for (const drill of applied.result === "proved" ? chosen : []) outcomes.push(await outcomeOf(drill, stage));
  const destroyed = await outcomeOf(destroyDrill, stage);
  // Not looked at, but done.
  if (destroyed.result === "not proved") await step(destroyDrill.title, () => destroyAll(stage));
  return [...outcomes, destroyed];
}

/** A drill that cannot go on has failed, and the next ones are run nevertheless. */
export async function outcomeOf(drill: Drill, stage: Stage): Promise<Outcome> {
  if (isEnding()) throw new SetupError("Interrupted.");
  const begun = Date.now();
  const outcome = { ...{ id: drill.id, title: drill.title, timelines: [] }, ...(await judged(drill, stage)) };
  note(`${outcome.result}: ${outcome.evidence}`);
  return { ...outcome, seconds: Math.round((Date.now() - begun) / 1000) };
}

async function judged({ title, needs, declined, run }: Drill, stage: Stage): Promise<Judgement> {
  const reason = declined?.(stage.environment);
  if (reason !== undefined) return { result: "does not apply", evidence: reason };
  const lacking = needs.flatMap((id) => stage.fidelity.lackOf(id));
  if (lacking.length > 0) return { result: "not proved", evidence: lacking.join("; ") };
  try {
    const { passed, ...seen } = await step(
      title,
      () => run(stage),
      (verdict) => verdict.passed,
    );
    return { result: passed ? "proved" : "failed", ...seen };
  } catch (error) {
    return { result: "failed", evidence: `it could not be run to its end: ${(error as Error).message}` };
  }
}

type Judgement = Pick<Outcome, "result" | "evidence"> & Partial<Pick<Outcome, "timelines">>;

async function applyAll({ environment, env, copy }: Stage): Promise<Verdict> {
  await bootstrap(environment, env, copy.folder);
  await apply(environment, env, copy.folder);
  return { passed: true, evidence: "every stack" };
}

/** What protects an environment from this is taken off first, by its row, as its owner would. */
async function destroyAll({ environment, env, copy }: Stage): Promise<Verdict> {
  if (environment.deletionProtection) {
    copy.edit("stacks/environments.ts", "deletionProtection: true", "deletionProtection: false");
    await bootstrap(environment, env, copy.folder);
    await apply(environment, env, copy.folder);
  }
  await destroy(environment, env, copy.folder);
  const left = [...(await new EmulatedAccount(environment, env).leftOvers()), ...(await taskContainers())];
  return { passed: left.length === 0, evidence: left.length > 0 ? `left: ${left.join(", ")}` : "nothing is left" };
}
