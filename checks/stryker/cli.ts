import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { Copy } from "../../ops/shell/copy";
import { root } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { run, thenClean } from "../../ops/shell/run";
import { runProof } from "../run-proof";
import { draw, type Mutant } from "./draw";
import { equivalents } from "./equivalents";
import type { Judged } from "./judged";
import { isKilled, lineOf, reportOf, scoreOf } from "./report";
import { type Pass, strykerOptions } from "./stryker-options";

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
    .addOption(new Option("--area <area...>", "only the drawn mutants of these folders").choices(areas).default(areas))
    .action(async ({ count, seed, area }: { count: number; seed: string; area: readonly string[] }) => {
      const copy = await Copy.make();
      const judged = await thenClean(
        async () => copy.remove(),
        () => judge(copy, count, seed, area),
      );
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

async function judge(copy: Copy, count: number, seed: string, chosen: readonly string[]): Promise<readonly Judged[]> {
  await copy.commit();
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
  /** Runs tests of one folder against mutants, whose statuses change if these tests detect them. */
  const runPass = async ({ pass, folder, tests }: PassRow, mutants: readonly Named[]) => {
    writeFileSync(file("drawn"), JSON.stringify(mutants.map(({ key }) => key)));
    const files = mutants.map((mutant) => mutant.file);
    writeFileSync(file("options"), JSON.stringify(strykerOptions(pass, files, file("report"))));
    const only = tests && { MUTATED_TESTS: JSON.stringify(tests) };
    await run("stryker", "node_modules/.bin/stryker", ["run", file("options")], {
      cwd: copy.folder,
      env: { ...process.env, DRAWN_MUTANTS: file("drawn"), TESTED_FOLDER: folder, ...only },
    });
    await node("results.mjs", file("report"), file("drawn"), file("results"));
    return readJson<readonly Judged[]>(file("results"));
  };
  const judged: Judged[] = [];
  for (const area of areas.filter((each) => chosen.includes(each))) {
    const mutants = drawn.filter((mutant) => isIn(area, mutant.file));
    if (mutants.length === 0) continue;
    let results = await step(`Run the tests of ${area} against ${mutants.length} mutants`, () =>
      runPass({ pass: "covering", folder: area }, mutants),
    );
    keep(seed, [...judged, ...results]);
    for (const further of furtherPasses(copy, area)) {
      const alive = results.filter((mutant) => !isKilled(mutant) && further.isFor(mutant));
      if (alive.length === 0) continue;
      const again = await step(`Run the ${further.title} against the ${alive.length} that are left`, () =>
        runPass(further, alive),
      );
      const killed = new Map(again.filter(isKilled).map((mutant) => [mutant.key, mutant]));
      results = results.map((mutant) => killed.get(mutant.key) ?? mutant);
      keep(seed, [...judged, ...results]);
    }
    judged.push(...results);
    note(lineOf(scoreOf(area, results, equivalents)));
  }
  return judged;
}

type Named = Pick<Judged, "key" | "file">;

interface PassRow {
  readonly pass: Pass;
  /** Whose tests are run. */
  readonly folder: string;
  /** All of them, or only these files. */
  readonly tests?: readonly string[];
}

interface FurtherPass extends PassRow {
  readonly title: string;
  readonly isFor: (mutant: Judged) => boolean;
}

/** For what the tests beside the code did not detect: tests that start our programs, and unit tests in `checks`. */
function furtherPasses(copy: Copy, area: string): readonly FurtherPass[] {
  const tests = testsOfPrograms(copy, area);
  const isNotCovered = ({ status }: Judged) => status === "NoCoverage";
  return [
    ...(tests.length > 0
      ? [
          {
            title: "tests that start programs",
            pass: "starting programs",
            folder: area,
            tests,
            isFor: isNotCovered,
          } as const,
        ]
      : []),
    ...(area === "apps/backend"
      ? []
      : [{ title: "tests in checks", pass: "covering", folder: "checks", isFor: () => true } as const]),
  ];
}

/** What is known so far, in case that the rest fails. */
function keep(seed: string, judged: readonly Judged[]): void {
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports/stryker.json"), `${JSON.stringify({ seed, judged }, null, 2)}\n`);
}

/** Tests that start our programs: what these run is not seen in the test's own process. */
function testsOfPrograms(copy: Copy, area: string): readonly string[] {
  return copy.files.filter(
    (file) =>
      isIn(area, file) &&
      /(?<!\.(emulator|compose|browser))\.test\.ts$/.test(file) &&
      /"node:child_process"|\/shell\/run"/.test(readFileSync(join(copy.folder, file), "utf8")),
  );
}

function readJson<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8"));
}
