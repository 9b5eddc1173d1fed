import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { destroy } from "../deploy/deployment";
import { dashboardOf, emulatorEnvironment, findEnvironment } from "../emulator/emulator";
import { useProofInstance } from "../emulator/instance";
import { prepare, up } from "../emulator/up";
import { withEmulator } from "../emulator/with-emulator";
import { ensureChromium } from "../install/chromium";
import { lintWorkflows } from "../pipeline/lint";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { run, SetupError } from "../shell/run";

interface Outcome {
  readonly passed: number;
  /** What each failure was of, and why. */
  readonly failures: readonly string[];
}

const environmentName = "dev";
/** Alarms over minutes are tested within minutes. */
const cloudWatchMinuteSeconds = "5";
const units = ["stacks", "backend", "frontend", "nginx", "localstack", "packages", "ops", "checks"];
const stages = ["lint", "types", "workflows", ...units, "compose", "emulator"];

/**
 * Lint, types, workflows, units, then the tests against `docker compose up` and against the emulated AWS; or those of them that are named.
 * A stage that cannot start is a failure.
 */
export async function test(named: readonly string[]): Promise<Outcome> {
  const unknown = named.filter((stage) => !stages.includes(stage));
  if (unknown.length > 0) throw new SetupError(`Unknown: ${unknown.join(", ")}; there are ${stages.join(", ")}.`);
  const isMeant = (stage: string) => named.length === 0 || named.includes(stage);
  const outcomes: Outcome[] = [];
  if (isMeant("lint")) outcomes.push(await outcomeOf(() => check("Lint", "lint")));
  if (isMeant("types")) outcomes.push(await outcomeOf(() => check("Types", "typecheck")));
  if (isMeant("workflows")) outcomes.push(await outcomeOf(testWorkflows));
  const meantUnits = units.filter(isMeant);
  if (meantUnits.length > 0) outcomes.push(await outcomeOf(() => jest("Unit tests", meantUnits, process.env)));
  if (isMeant("compose")) outcomes.push(await outcomeOf(testCompose));
  if (isMeant("emulator")) outcomes.push(await outcomeOf(testEmulator));
  return together(outcomes);
}

function together(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

async function outcomeOf(stage: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await stage();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${reason}\n`);
    return { passed: 0, failures: [reason] };
  }
}

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
      await jest("A browser's journeys", ["browser"], served),
    ]);
  } finally {
    await run("compose", "docker", ["compose", "down", "--volumes", "--remove-orphans"]);
  }
}

async function testEmulator(): Promise<Outcome> {
  process.env.CLOUDWATCH_MINUTE_SECONDS = cloudWatchMinuteSeconds;
  useProofInstance();
  const environment = findEnvironment(environmentName);
  const env = await emulatorEnvironment(environment);
  return withEmulator(env, async () => {
    await up(environmentName, "ministack");
    await ensureChromium();
    const served = { ...env, DASHBOARD_URL: dashboardOf(environment, env) };
    const outcomes = [
      // First: the tests of the emulator change what runs on it.
      await jest("A browser's journeys", ["browser"], served),
      await jest("Emulator tests", ["emulator"], env),
    ];
    await destroy(environment, env);
    return together(outcomes);
  });
}

interface JestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    /** The file. */
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** What failed in a report of Jest's; a test file that fails without a test, as it does not even load, is one failure. */
export function failuresOf(report: Pick<JestReport, "testResults">): readonly string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (status === "failed" && failed.length === 0) return [`${file}\n${beginning(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file}: ${fullName}\n${beginning(failureMessages[0] ?? "")}`,
    );
  });
}

/** What was expected and what came, without where in the code that was. */
function beginning(message: string): string {
  const lines = stripVTControlCharacters(message).split("\n");
  const said = lines.filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return said
    .slice(0, 8)
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Runs projects of `jest.config.js` and counts their tests. */
async function jest(title: string, projects: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const reportFile = join(root, "reports", `jest-${projects[0]}.json`);
  mkdirSync(join(root, "reports"), { recursive: true });
  rmSync(reportFile, { force: true });
  const serial = projects.some((project) => !units.includes(project)) ? ["--runInBand"] : [];
  const args = ["--selectProjects", ...projects, ...serial, "--json", "--outputFile", reportFile];
  const failure = await step(title, () =>
    run(`jest-${projects[0]}`, "node_modules/.bin/jest", args, { env }).then(
      () => null,
      (error: Error) => error,
    ),
  );
  if (!existsSync(reportFile)) throw failure ?? new Error(`${title}: jest wrote no report`);
  const report = JSON.parse(readFileSync(reportFile, "utf8")) as JestReport;
  for (const { message } of report.testResults) if (message) process.stdout.write(`${message}\n`);
  const failures = failuresOf(report);
  process.stdout.write(`    ${title}: ${report.numPassedTests} passed, ${failures.length} failed\n`);
  // Jest may fail for a reason of its own, such as a project that has no test.
  const own = failure && failures.length === 0 ? [`${title}: ${failure.message}`] : [];
  return { passed: report.numPassedTests, failures: [...failures, ...own] };
}
