import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { bootstrap } from "../../ops/deploy/bootstrap";
import { findEnvironment } from "../../ops/emulator/emulator";
import { report } from "../../ops/report/report";
import { root } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { unlessEnding } from "../../ops/shell/run";
import { alarm } from "./alarm";
import type { DeployedEnvironment } from "./deployed-environment";
import { destroyAll, destroyDrill } from "./destroy";
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

const page = join(root, "reports/proof.html");
const reports = [page, join(root, "reports/proof.json")];

/** Deploys, runs the chosen drills, destroys; gives whether all went as they should. Leaves nothing running, also when it is interrupted. */
export async function prove(environmentName: string, chosen: readonly Drill[], another?: Another): Promise<boolean> {
  const startedAt = new Date();
  // An interrupted run says nothing; least of all what an earlier one said.
  for (const file of reports) rmSync(file, { force: true });
  const environment = findEnvironment(environmentName);
  const needs = [...chosen, destroyDrill].flatMap((drill) => drill.needs);
  const all = (deployed: DeployedEnvironment) => life(deployed, chosen);
  const outcomes = await (another ? onAnotherEmulator(environment, another, needs, all) : onEmulator(environment, all));
  const notRun = drillsWith(1)
    .filter(({ id }) => !outcomes.some((outcome) => outcome.id === id))
    .map(({ title }) => title);
  const checks = outcomes.map(({ id, title, result, evidence, seconds }) => {
    const passed = result === "proved" || result === "does not apply";
    return { id, title, passed, value: result, unit: "", target: "proved", evidence: `${seconds} s; ${evidence}` };
  });
  await report("proof", startedAt, checks, { environment: environmentName, notRun });
  const onlyOnAws = Fidelity.recorded().beyond();
  writeFileSync(page, await proofPage({ environment: environmentName, startedAt, outcomes, notRun, onlyOnAws }));
  note("With pictures: reports/proof.html");
  return isProved(outcomes);
}

const applyDrill: Drill = { id: "apply", title: "The environment is applied", needs: [], run: applyAll };
async function life(deployed: DeployedEnvironment, chosen: readonly Drill[]): Promise<Outcome[]> {
  const applied = await outcomeOf(applyDrill, deployed);
  const outcomes = [applied];
  for (const drill of applied.result === "proved" ? chosen : []) {
    const outcome = await outcomeOf(fromSettled(drill), deployed);
    outcomes.push(outcome);
    if (outcome.result === "failed") await mend(deployed);
  }
  const destroyed = await outcomeOf(destroyDrill, deployed);
  // Not looked at, but done.
  if (destroyed.result === "not proved") await step(destroyDrill.title, () => destroyAll(deployed));
  return [...outcomes, destroyed];
}

/** Nothing of the drill before can be taken for the work of this one. */
function fromSettled(drill: Drill): Drill {
  const run = async (deployed: DeployedEnvironment) => {
    await deployed.untilSettled();
    return drill.run(deployed);
  };
  return { ...drill, run };
}

/** What a failed drill left is not the next one's fault. */
async function mend(deployed: DeployedEnvironment): Promise<void> {
  await deployed.restore().catch(({ message }: Error) => note(`Not mended: ${message}`));
}

/** A drill that cannot go on has failed, and the next ones are run nevertheless. */
export async function outcomeOf(drill: Drill, deployed: DeployedEnvironment): Promise<Outcome> {
  await unlessEnding();
  const begun = Date.now();
  const outcome = { ...{ id: drill.id, title: drill.title, timelines: [] }, ...(await judged(drill, deployed)) };
  note(`${outcome.result}: ${outcome.evidence}`);
  return { ...outcome, seconds: Math.round((Date.now() - begun) / 1000) };
}

async function judged({ title, needs, declined, run }: Drill, deployed: DeployedEnvironment): Promise<Judgement> {
  const reason = declined?.(deployed.environment);
  if (reason !== undefined) return { result: "does not apply", evidence: reason };
  const lacking = needs.flatMap((id) => deployed.fidelity.lackOf(id));
  if (lacking.length > 0) return { result: "not proved", evidence: lacking.join("; ") };
  try {
    const { passed, ...seen } = await step(title, () => run(deployed), { isWell: (verdict) => verdict.passed });
    return { result: passed ? "proved" : "failed", ...seen };
  } catch (error) {
    return {
      result: "failed",
      evidence: `it could not be run to its end: ${stripVTControlCharacters((error as Error).message)}`,
    };
  }
}

type Judgement = Pick<Outcome, "result" | "evidence"> & Partial<Pick<Outcome, "timelines">>;

async function applyAll(deployed: DeployedEnvironment): Promise<Verdict> {
  await bootstrap(deployed.environment, deployed.env, deployed.copy.folder);
  await deployed.apply();
  return { passed: true, evidence: "every stack" };
}
