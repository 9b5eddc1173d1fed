import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../shell/paths";
import { step } from "../shell/progress";
import { run } from "../shell/run";
import type { Outcome } from "./outcome";

/** Projects of `jest.config.js` that need nothing but Node.js. */
export const units = ["stacks", "backend", "frontend", "nginx", "localstack", "packages", "ops", "checks"];

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
export async function jest(title: string, projects: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
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
