import { destroy } from "../deploy/deployment";
import { dashboardOf, type EmulatorEnvironment, emulatorEnvironment, findEnvironment } from "../emulator/emulator";
import { useProofInstance } from "../emulator/instance";
import { prepare, up } from "../emulator/up";
import { withEmulator } from "../emulator/with-emulator";
import { ensureChromium } from "../install/chromium";
import { lintWorkflows } from "../pipeline/lint";
import { step } from "../shell/progress";
import { run } from "../shell/run";
import { jest } from "./jest";
import { type Outcome, together } from "./outcome";

const environmentName = "dev";
/** Alarms over minutes are tested within minutes. */
const cloudWatchMinuteSeconds = "5";

type Stage = () => Promise<Outcome>;

/** Those that need no emulated AWS, but for the unit tests. */
export const stages = {
  lint: () => check("Lint", "lint"),
  types: () => check("Types", "typecheck"),
  workflows: testWorkflows,
  compose: testCompose,
} satisfies Record<string, Stage>;

/** Each needs an emulated AWS of its own. */
export const emulatorStages = {
  /** The emulated AWS itself, in accounts of each test's own. */
  emulator: () => onEmulator((env) => jest("Tests of the emulator", ["emulator"], env)),
  /** What runs after `make up`, and that nothing of it stays. */
  deployed: () =>
    onEmulator(async (env) => {
      await up(environmentName, "ministack");
      await ensureChromium();
      const environment = findEnvironment(environmentName);
      const served = { ...env, DASHBOARD_URL: dashboardOf(environment, env) };
      const outcomes = [
        // First: the others change what runs.
        await jest("A browser's journeys through the emulated AWS", ["browser"], served),
        await jest("Tests of what is deployed", ["deployed"], env),
      ];
      await destroy(environment, env);
      return together(outcomes);
    }),
  /** What people do with a deployed environment: `make rollback`, `make recover`. */
  operations: () =>
    onEmulator(async (env) => {
      await up(environmentName, "ministack");
      return jest("Tests of operations", ["operations"], env);
    }),
} satisfies Record<string, Stage>;

async function check(title: string, script: string): Promise<Outcome> {
  await step(title, () => run(script, "npm", ["run", "--silent", script]));
  return { passed: 1, failures: [] };
}

async function testWorkflows(): Promise<Outcome> {
  return (await lintWorkflows()) ? { passed: 1, failures: [] } : { passed: 0, failures: ["Workflows"] };
}

async function testCompose(): Promise<Outcome> {
  await prepare();
  try {
    await step("docker compose up --wait", () => run("compose", "docker", ["compose", "up", "--build", "--wait"]));
    await ensureChromium();
    const served = { ...process.env, DASHBOARD_URL: `http://localhost:${process.env.PORT ?? "8080"}` };
    return together([
      await jest("Compose tests", ["compose"], process.env),
      await jest("A browser's journeys through docker compose", ["browser"], served),
    ]);
  } finally {
    await run("compose", "docker", ["compose", "down", "--volumes", "--remove-orphans"]);
  }
}

async function onEmulator(work: (env: EmulatorEnvironment) => Promise<Outcome>): Promise<Outcome> {
  process.env.CLOUDWATCH_MINUTE_SECONDS = cloudWatchMinuteSeconds;
  useProofInstance();
  const env = await emulatorEnvironment(findEnvironment(environmentName));
  return withEmulator(env, () => work(env));
}
