import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { ensurePythonPackages } from "../../../ops/install/python";
import { type Check, report } from "../../../ops/report/report";
import { step } from "../../../ops/shell/progress";
import { attempt, SetupError } from "../../../ops/shell/run";
import { runProof } from "../../run-proof";
import { withBackend } from "../backend-process";
import { type DataState, dataStates } from "./states";

/** After these it is ended: far more than the requests of one state take. */
const seconds = 180;

/** What schemathesis reports, as far as it is read here. */
interface ContractReport {
  readonly complete: boolean;
  readonly operations: { readonly tested: number; readonly total: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly object[];
  readonly errors: readonly object[];
}

runProof(
  new Command("api")
    .description(
      "Sends generated requests to the running API, and compares its responses with its OpenAPI description (schemathesis). Writes reports/api.json.",
    )
    .option(
      "--examples <count>",
      "maximum number of generated requests for each operation and each state of the data",
      "150",
    )
    .option("--seed <number>", "seed of the generated requests", "1")
    .action(async ({ examples, seed }: { examples: string; seed: string }) => {
      const startedAt = new Date();
      const python = join(await ensurePythonPackages(join(__dirname, "requirements.txt")), "python");
      const checks: Check[] = [];
      for (const state of dataStates) checks.push(await checkState(python, state, examples, seed));
      if (!(await report("api", startedAt, checks))) process.exitCode = 1;
    }),
);

async function checkState(python: string, state: DataState, examples: string, seed: string): Promise<Check> {
  const scratch = mkdtempSync(join(tmpdir(), "contract-"));
  const folder = join(scratch, "portfolio");
  try {
    state.prepare(folder);
    return await withBackend(folder, async (url) => {
      state.disturb?.(folder);
      const { result, output } = await step(`Ask about ${state.title}`, () =>
        ask(python, url, scratch, examples, seed),
      );
      const { operations, test_cases: cases, failures, errors } = result;
      const isWhole = result.complete && operations.tested === operations.total && cases.generated > 0;
      const wrong = failures.length + errors.length;
      return {
        id: state.id,
        title: state.title,
        passed: isWhole && wrong === 0,
        value: wrong,
        unit: `failures in ${cases.generated} requests`,
        target: "0",
        evidence: wrong === 0 && isWhole ? `${operations.tested} of ${operations.total} operations` : output,
      };
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function ask(python: string, url: string, scratch: string, examples: string, seed: string) {
  const path = join(scratch, "report.json");
  const args = [
    ...[String(seconds), join(dirname(python), "schemathesis"), "--config-file", join(__dirname, "schemathesis.toml")],
    ...["run", `${url}/api/openapi.json`, "--checks", "all", "--continue-on-failure", "--no-color"],
    ...["--max-examples", examples, "--seed", seed],
    ...["--report", "json", "--report-json-path", path],
  ];
  const { output } = await attempt("timeout", args, { cwd: scratch });
  try {
    return { result: JSON.parse(readFileSync(path, "utf8")) as ContractReport, output };
  } catch {
    throw new SetupError(`schemathesis wrote no report, but: ${output.slice(-2000)}`);
  }
}
