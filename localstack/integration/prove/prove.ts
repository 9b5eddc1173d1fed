import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apply, bootstrap, destroy } from "../../../tools/setup/deployment";
import { discardEmulator, emulatorEnvironment, findEnvironment, startEmulator } from "../../../tools/setup/emulator";
import { root } from "../../../tools/setup/paths";
import { step } from "../../../tools/setup/progress";
import { report } from "../../../tools/setup/report";
import { prepare } from "../../../tools/setup/up";
import type { Drill, Verdict } from "./drill";
import { failures } from "./failures";
import { type Outcome, proofPage } from "./page";
import { secondPlan } from "./plan";
import { releases } from "./releases";
import { rolling } from "./rolling";
import { routes } from "./routes";
import { scaling } from "./scaling";
import { Stage } from "./stage";

/** In the order in which they are run. */
export const drills: readonly Drill[] = [routes, rolling, ...releases, ...failures, scaling, secondPlan];

/** CloudWatch's minutes while drills are run: see the bridge. */
const minuteSeconds = "5";

/** Deploys, runs the chosen drills, destroys; gives whether all went as they should. Leaves nothing running, also when it is interrupted. */
export async function prove(environmentName: string, chosen: readonly string[]): Promise<boolean> {
  const startedAt = new Date();
  const environment = findEnvironment(environmentName);
  const env = { ...(await emulatorEnvironment(environment)), CLOUDWATCH_MINUTE_SECONDS: minuteSeconds };
  await prepare();
  await discardEmulator();
  const interrupt = onInterrupt(discardEmulator);
  const outcomes: Outcome[] = [];
  try {
    await startEmulator("ministack", env);
    const stage = new Stage(environment, env);
    const record = async (id: string, title: string, run: () => Promise<Verdict>) => {
      const outcome = await outcomeOf(id, title, run);
      outcomes.push(outcome);
      return outcome.passed;
    };
    const applied = await record("apply", `${environmentName} is applied`, async () => {
      await bootstrap(environment, env);
      await apply(environment, env);
      return { passed: true, evidence: "every stack" };
    });
    if (applied) {
      for (const { id, title, run } of drills.filter((drill) => chosen.includes(drill.id)))
        await record(id, title, () => run(stage));
    }
    await record("destroy", `${environmentName} is destroyed`, async () => {
      await destroy(environment, env);
      return { passed: true, evidence: "every stack" };
    });
  } finally {
    await discardEmulator();
    interrupt.forget();
  }
  writeFileSync(
    join(root, "reports/proof.html"),
    await proofPage({ environment: environmentName, startedAt, outcomes }),
  );
  const checks = outcomes.map(({ id, title, passed, evidence, seconds }) => {
    return { id, title, passed, evidence, value: seconds, unit: "s", target: "as it should be" };
  });
  return report("proof", startedAt, checks);
}

/** A drill that cannot go on has failed, and the next ones are run nevertheless. */
async function outcomeOf(id: string, title: string, run: () => Promise<Verdict>): Promise<Outcome> {
  const begun = Date.now();
  const {
    passed,
    evidence,
    timelines = [],
  } = await step(title, run).catch(
    (error: Error): Verdict => ({ passed: false, evidence: `it could not be run to its end: ${error.message}` }),
  );
  process.stdout.write(`    ${passed ? "as it should be" : "NOT as it should be"}: ${evidence}\n`);
  return { id, title, passed, evidence, timelines, seconds: Math.round((Date.now() - begun) / 1000) };
}

function onInterrupt(clean: () => Promise<void>): { forget: () => void } {
  const stop = () => void clean().finally(() => process.exit(130));
  process.once("SIGINT", stop);
  return { forget: () => process.off("SIGINT", stop) };
}
