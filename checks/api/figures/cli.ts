import { mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { ensurePythonPackages } from "../../../ops/install/python";
import { type Check, report } from "../../../ops/report/report";
import { step } from "../../../ops/shell/progress";
import { run, SetupError } from "../../../ops/shell/run";
import { runProof } from "../../run-proof";
import { withBackend } from "../backend-process";
import { type Answer, byName } from "./answer";
import { compareFigures, keyDifferences } from "./compare";

/** What `reference.py` prints, by seed. */
type References = Record<string, { readonly kind: string; readonly figures: Figures }>;
type Figures = Readonly<Record<"assets" | "allocation" | "history", object>>;

interface Outcome {
  readonly seed: string;
  readonly kind: string;
  readonly numbers: number;
  readonly nearZero: number;
  readonly largestError: number;
  readonly differences: readonly string[];
}

runProof(
  new Command("analytics")
    .description(
      "Compares the API's figures with those of numpy, pandas and empyrical, for generated portfolios. Writes reports/analytics.json.",
    )
    .option("--count <portfolios>", "number of portfolios; each has its own seed", "240")
    .action(async ({ count }: { count: string }) => {
      if (!(await checkFigures(Number(count)))) process.exitCode = 1;
    }),
);

async function checkFigures(count: number): Promise<boolean> {
  const startedAt = new Date();
  const python = join(await ensurePythonPackages(join(__dirname, "requirements.txt")), "python");
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  try {
    const script = (name: string, ...args: string[]) =>
      run("figures", python, [join(__dirname, name), folder, ...args]);
    await step(`Make ${count} portfolios`, () => script("generate.py", String(count)));
    const references = JSON.parse(
      await step("Work out their figures with pandas, numpy and empyrical", () => script("reference.py")),
    ) as References;
    const outcomes = await compareAll(folder, references);
    return await report("analytics", startedAt, checksOf(outcomes));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compareAll(folder: string, references: References): Promise<Outcome[]> {
  const shown = join(folder, "shown");
  show(folder, shown, "0");
  return withBackend(shown, (url) =>
    step("Ask the API for the same", async () => {
      const outcomes: Outcome[] = [];
      for (const [seed, { kind, figures }] of Object.entries(references)) {
        show(folder, shown, seed);
        outcomes.push({ seed, kind, ...compare(figures, await ask(url)) });
      }
      return outcomes;
    }),
  );
}

/** Puts another portfolio in place of the one before, at once. */
function show(folder: string, shown: string, seed: string): void {
  symlinkSync(join(folder, seed), `${shown}.next`);
  renameSync(`${shown}.next`, shown);
}

async function ask(url: string): Promise<Answer & { source: { error?: string } }> {
  // Looks at the files at once, which other routes do four times a second.
  await fetch(`${url}/api/ready`);
  const response = await fetch(`${url}/api/assets?include=insights,history`);
  if (response.status !== 200) throw new SetupError(`The API answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer & { source: { error?: string } };
}

function compare(figures: Figures, answer: Answer & { source: { error?: string } }) {
  if (answer.source.error !== undefined) {
    return { numbers: 0, nearZero: 0, largestError: 0, differences: [`it was not shown: ${answer.source.error}`] };
  }
  const found = byName(answer);
  const { differences, ...rest } = compareFigures(figures, found, answer.insights.exposure.gross);
  const keys = (["assets", "allocation", "history"] as const).flatMap((name) =>
    keyDifferences(name, figures[name], found[name]),
  );
  return { ...rest, differences: [...keys, ...differences] };
}

/** One check for each kind of portfolio. */
function checksOf(outcomes: readonly Outcome[]): Check[] {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const own = outcomes.filter((outcome) => outcome.kind === kind);
    const sum = (key: "numbers" | "nearZero") => own.reduce((total, outcome) => total + outcome[key], 0);
    const differences = own.flatMap(({ seed, differences }) =>
      differences.map((difference) => `seed ${seed}: ${difference}`),
    );
    return {
      id: kind.replaceAll(" ", "-"),
      title: `${kind}: ${own.length} portfolios`,
      passed: differences.length === 0 && sum("numbers") > 0,
      value: Math.max(...own.map(({ largestError }) => largestError)).toPrecision(2),
      unit: "relative error at most",
      target: "1e-9",
      evidence:
        differences.length > 0
          ? `${differences.length} differ: ${differences.slice(0, 10).join("; ")}`
          : `${sum("numbers")} numbers, of which ${sum("nearZero")} are 0 but for rounding`,
    };
  });
}
