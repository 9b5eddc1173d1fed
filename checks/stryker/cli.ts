import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Copy } from "../../ops/shell/copy";
import { root } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { run, thenClean } from "../../ops/shell/run";
import { runProof } from "../run-proof";
import { draw, type Mutant } from "./draw";
import { equivalents } from "./equivalents";
import type { Judged } from "./judged";
import { lineOf, reportOf, scoreOf } from "./report";
import { strykerOptions } from "./stryker-options";

/** Folders whose mutants are drawn. `localstack/compatibility` is left out: it is itself a test, of the emulated AWS. */
const areas = ["apps/backend", "stacks", "ops", "localstack"];
const isIn = (area: string, file: string) => file.startsWith(`${area}/`);
const isMutated = (file: string) =>
  areas.some((area) => isIn(area, file)) &&
  file.endsWith(".ts") &&
  !/\.(test|fixture|d)\.ts$/.test(file) &&
  !file.startsWith("localstack/compatibility/");
/** Folders of their own packages that the tests need. */
const withPackages = ["apps/backend", "localstack/control-plane", "localstack/load-balancers"];
/** The share of the mutants that the unit tests must kill. */
const wanted = 0.8;

runProof(
  new Command("stryker")
    .description("Draws mutants of our own code with Stryker, and runs the unit tests against each.")
    .option("--count <mutants>", "how many are drawn", countOf, 420)
    .option("--seed <seed>", "the same seed draws the same mutants of the same sources", "1")
    .action(async ({ count, seed }: { count: number; seed: string }) => {
      const copy = await Copy.make();
      const judged = await thenClean(
        async () => copy.remove(),
        () => judge(copy, count, seed),
      );
      writeFileSync(join(root, "reports/stryker.json"), `${JSON.stringify({ seed, judged }, null, 2)}\n`);
      process.stdout.write(reportOf(judged, areas, equivalents));
      const { share } = scoreOf("all", judged, equivalents);
      if (share === null || share < wanted) process.exitCode = 1;
    }),
);

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("A whole number above 0 is allowed.");
}

async function judge(copy: Copy, count: number, seed: string): Promise<readonly Judged[]> {
  for (const folder of withPackages) copy.usePackages(join(root, folder, "node_modules"), folder);
  const folder = join(copy.folder, "reports");
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, `stryker-${name}.json`);
  const node = (program: string, ...args: string[]) =>
    run("stryker", "node", [`checks/stryker/${program}`, ...args], { cwd: copy.folder });
  const drawn = await step(`Draw ${count} mutants with seed ${seed}`, async () => {
    await node("mutants.mjs", file("mutants"), ...copy.files.filter(isMutated));
    return draw(readJson<readonly Mutant[]>(file("mutants")), count, seed);
  });
  writeFileSync(file("drawn"), JSON.stringify(drawn.map(({ key }) => key)));
  const judged: Judged[] = [];
  for (const area of areas) {
    const mutants = drawn.filter((mutant) => isIn(area, mutant.file));
    if (mutants.length === 0) continue;
    writeFileSync(file("options"), JSON.stringify(strykerOptions(mutants, file("report"))));
    await step(`Run the unit tests of ${area} against ${mutants.length} mutants`, () =>
      run("stryker", "node_modules/.bin/stryker", ["run", file("options")], {
        cwd: copy.folder,
        env: { ...process.env, DRAWN_MUTANTS: file("drawn"), MUTATED_AREA: area },
      }),
    );
    await node("results.mjs", file("report"), file("drawn"), file("results"));
    const results = readJson<readonly Judged[]>(file("results"));
    judged.push(...results);
    note(lineOf(scoreOf(area, results, equivalents)));
  }
  return judged;
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8"));
}
