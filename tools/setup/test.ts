import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lintWorkflows } from "../ci/lint";
import { ensureChromium } from "./chromium";
import { down } from "./down";
import { addresses, emulatorEnvironment, findEnvironment } from "./emulator";
import { root } from "./paths";
import { step } from "./progress";
import { run, SetupError } from "./run";
import { prepare, up } from "./up";

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const environmentName = "dev";
/** Alarms over minutes are tested within minutes. */
const cloudWatchMinuteSeconds = "5";
const units = ["stacks", "backend", "frontend", "nginx", "localstack", "tools"];
const stages = ["lint", "types", "workflows", ...units, "compose", "emulator"];

/**
 * Lint, types, workflows, units, then the tests against `docker compose up` and against the emulated AWS; or those of them that are named.
 * A stage that cannot start is a failure.
 */
export async function test(named: readonly string[]): Promise<Count> {
  const unknown = named.filter((stage) => !stages.includes(stage));
  if (unknown.length > 0) throw new SetupError(`Unknown: ${unknown.join(", ")}; there are ${stages.join(", ")}.`);
  const isMeant = (stage: string) => named.length === 0 || named.includes(stage);
  const counts: Count[] = [];
  if (isMeant("lint")) counts.push(await counted(() => check("Lint", "lint")));
  if (isMeant("types")) counts.push(await counted(() => check("Types", "typecheck")));
  if (isMeant("workflows")) counts.push(await counted(testWorkflows));
  const meantUnits = units.filter(isMeant);
  if (meantUnits.length > 0) counts.push(await counted(() => jest("Unit tests", meantUnits, process.env)));
  if (isMeant("compose")) counts.push(await counted(testCompose));
  if (isMeant("emulator")) counts.push(await counted(testEmulator));
  return sum(counts);
}

function sum(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
}

async function counted(stage: () => Promise<Count>): Promise<Count> {
  try {
    return await stage();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    return { passed: 0, failed: 1 };
  }
}

async function check(title: string, script: string): Promise<Count> {
  await step(title, () => run(script, "npm", ["run", "--silent", script]));
  return { passed: 1, failed: 0 };
}

async function testWorkflows(): Promise<Count> {
  return (await lintWorkflows()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function testCompose(): Promise<Count> {
  await prepare();
  try {
    await step("docker compose up --wait", () => run("compose", "docker", ["compose", "up", "--build", "--wait"]));
    await ensureChromium();
    const served = { ...process.env, DASHBOARD_URL: `http://localhost:${process.env.PORT ?? "8080"}` };
    return sum([
      await jest("Compose tests", ["compose"], process.env),
      await jest("A browser's journeys", ["browser"], served),
    ]);
  } finally {
    await run("compose", "docker", ["compose", "down", "--volumes", "--remove-orphans"]);
  }
}

async function testEmulator(): Promise<Count> {
  process.env.CLOUDWATCH_MINUTE_SECONDS = cloudWatchMinuteSeconds;
  try {
    await up(environmentName, "ministack");
    const env = await emulatorEnvironment(findEnvironment(environmentName));
    await ensureChromium();
    const served = { ...env, DASHBOARD_URL: addresses.dashboard };
    return sum([
      // First: the tests of the emulator change what runs on it.
      await jest("A browser's journeys", ["browser"], served),
      await jest("Emulator tests", ["emulator"], env),
    ]);
  } finally {
    await down(environmentName);
  }
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Runs projects of `jest.config.js` and counts their tests; a test file that does not even load counts as one failure. */
async function jest(title: string, projects: readonly string[], env: NodeJS.ProcessEnv): Promise<Count> {
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
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  process.stdout.write(`    ${title}: ${passed} passed, ${failed} failed\n`);
  // Jest may fail for a reason of its own, such as a project that has no test.
  return failure && failed === 0 ? { passed, failed: 1 } : { passed, failed };
}
