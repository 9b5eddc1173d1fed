import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { explainFailure, SetupError } from "../../ops/shell/run";
import { readPlanFile } from "../../packages/plan-review/read/file";
import type { Plan } from "../../packages/plan-review/read/plan";
import { type Review, reviewPlans } from "../../packages/plan-review/review";
import { expectations, type Keys, type Result, resultsInWords } from "./case-results";

/** The folder's plans are named `<expected verdict>-<anything>.json`, by somebody who has not read the tables. */
new Command("plan-cases")
  .description(
    "Reviews a folder of plans with known answers. Prints expected and given verdicts by provider, the misses and the measures. Ends with 1 when a measure misses its target.",
  )
  .argument("<folder>", "plans, named <dangerous|look|safe>-<anything>.json")
  .option(
    "--keys <file>",
    "JSON: { <file>: { harm, words } }; the first sentence must match one regular expression of each list",
  )
  .option("--sentences", "also print the first sentence of each review")
  .action((folder: string, { keys, sentences }: { keys?: string; sentences?: boolean }) => {
    const results = resultsOf(folder);
    const known: Keys = keys === undefined ? {} : JSON.parse(readFileSync(keys, "utf8"));
    const { text, passed } = resultsInWords(results, known);
    if (sentences) for (const { file, review } of results) console.log(`${file}: ${review.verdict}: ${review.because}`);
    console.log(text);
    if (!passed) process.exitCode = 1;
  })
  .parseAsync()
  .catch(explainFailure);

function resultsOf(folder: string): Result[] {
  const files = readdirSync(folder).filter((file) => expectations.some((expected) => file.startsWith(`${expected}-`)));
  if (files.length === 0) {
    throw new SetupError(`${folder} has no plan whose name starts with ${expectations.join("-, ")}-.`);
  }
  return files.map((file) => resultOf(folder, file));
}

function resultOf(folder: string, file: string): Result {
  const plan = readPlanFile(join(folder, file));
  const review: Review = reviewPlans([plan], { today: "2026-01-01" });
  const expected = expectations.find((each) => file.startsWith(`${each}-`)) ?? "look";
  return { file, expected, provider: providerOf(plan), review };
}

/** `aws`, by the first resource that changes. */
function providerOf({ changes }: Plan): string {
  const [first] = changes.filter(({ change }) => !["no-op", "read"].includes(change.actions.join()));
  return first?.type.split("_")[0] ?? "none";
}
