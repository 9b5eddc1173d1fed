import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { type AnyAlarm, LabError } from "./alarm";
import { assume, questions } from "./assumptions";
import { drawDashboard } from "./dashboard";
import { describe } from "./describe";
import { conditionOf } from "./explain";
import { parseFile, parseFiles } from "./files";
import { readIncident } from "./incident";
import { mutantsOf } from "./mutants";
import { pageOf } from "./page";
import { draw } from "./picture";
import { readAlarms, readDashboards } from "./read";
import { coverageOf, describeCoverage, describeTest, describeUnreadable, describeWarnings, junit } from "./report";
import { readTestFile } from "./test-file";
import { LoadedTest, type TestResult } from "./test-run";
import { duration, length } from "./time";
import { warningsOf } from "./warnings";

// Whoever reads the first lines only, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const say = (...lines: readonly string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(""));
const warn = (...lines: readonly string[]) => process.stderr.write(lines.map((line) => `${line}\n`).join(""));

const formats =
  "plans and states (terraform show -json, terraform.tfstate), cdk.tf.json, answers of aws cloudwatch describe-alarms, CloudFormation and CDK templates";

interface Reads {
  readonly alarms?: string[];
  readonly strict?: true;
  readonly assume?: string[];
}

const program = new Command("alarm-lab")
  .description(
    "Tests CloudWatch alarms: runs them on time series, and says which states they are in and whom they notify.",
  )
  .addHelpText(
    "after",
    `
Examples:
  alarm-lab test alarms.test.yaml                       run tests; exit 1 if one fails
  alarm-lab test alarms.test.yaml --html report.html    also as a page with timelines
  alarm-lab mutate alarms.test.yaml                     would the tests notice a mistake in the alarms?
  alarm-lab run incident.json --alarms plan.json        what happens, without expectations
  alarm-lab list --alarms plan.json                     the alarms, and those that cannot be read

Alarms are read from ${formats}.
Exit codes: 0 all passed, 1 a test failed or a mutant survived, 2 something could not be read.`,
  );

/** The options that each command has which reads alarms. */
function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option("--alarms <file...>", formats)
    .option("--strict", "refuse when an alarm cannot be read, instead of skipping it")
    .option("--assume <name=answer...>", "what AWS's documentation leaves open: alarm-lab assumptions lists it");
}

interface TestOptions extends Reads {
  readonly junit?: string;
  readonly html?: string;
}

command("test", "run test files")
  .argument("<file...>", "YAML or JSON with alarms and tests")
  .option("--junit <file>", "write the results as JUnit XML")
  .option("--html <file>", "write a page with the timelines")
  .addHelpText(
    "after",
    "\nExample:\n  alarm-lab test alarms.test.yaml --alarms plan.json --junit report.xml --html report.html",
  )
  .action((files: string[], options: TestOptions) => {
    const loaded = files.map((file) => loadTests(file, options));
    const all = loaded.map(({ file, alarms, tests }) => ({
      file,
      alarms,
      results: tests.map((test) => test.run(alarms)),
    }));
    for (const { file, alarms, results } of all) printTests(file, alarms, results);
    printCoverage(all);
    if (options.junit) write(options.junit, junit(all));
    if (options.html) write(options.html, pageOf(all));
    if (all.some(({ results }) => results.some(({ failures }) => failures.length > 0))) process.exitCode = 1;
  });

function printTests(file: string, alarms: readonly AnyAlarm[], results: readonly TestResult[]): void {
  for (const result of results) {
    say(describeTest(result, alarms), ...describeWarnings(warningsOf(alarms, result.test.series)));
  }
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  say(`${file}: ${results.length - failed} passed, ${failed} failed`);
}

/** Files that test the same alarms have one coverage. */
function printCoverage(
  all: readonly { readonly alarms: readonly AnyAlarm[]; readonly results: readonly TestResult[] }[],
) {
  const keyOf = (alarms: readonly AnyAlarm[]) => JSON.stringify(alarms.map(({ name }) => name));
  for (const key of new Set(all.map(({ alarms }) => keyOf(alarms)))) {
    const same = all.filter(({ alarms }) => keyOf(alarms) === key);
    const alarms = same[0]?.alarms ?? [];
    const coverage = coverageOf(
      same.flatMap(({ results }) => results),
      alarms,
    );
    say(...describeCoverage(coverage, alarms.length));
  }
}

command("mutate", "put mistakes into the alarms, one at a time, and list those that no test detects")
  .argument("<file...>", "test files, whose tests pass")
  .addHelpText("after", "\nExample:\n  alarm-lab mutate alarms.test.yaml --alarms plan.json")
  .action((files: string[], options: Reads) => {
    for (const { file, alarms, tests } of files.map((each) => loadTests(each, options))) {
      if (tests.some((test) => test.failures(alarms).length > 0))
        throw new LabError(`${file}: its tests fail; mend them first.`);
      const mutants = mutantsOf(alarms);
      const survivors = mutants.filter(({ alarm, mutated }) => {
        const changed = alarms.map((each) => (each === alarm ? mutated : each));
        return !tests.some((test) => {
          const isDetected = test.failures(changed).length > 0;
          test.forget(mutated);
          return isDetected;
        });
      });
      for (const { alarm, mistake } of survivors) say(`survived  ${alarm.name}: ${mistake}`);
      say(`${file}: ${mutants.length - survivors.length} of ${mutants.length} mutants were detected`);
      if (survivors.length > 0) process.exitCode = 1;
    }
  });

interface RunOptions extends Reads {
  readonly delay: string;
  readonly new?: true;
  readonly svg?: string;
  readonly html?: string;
  readonly json?: true;
}

command("run", "print the states of the alarms over each incident, why they change, and whom they notify")
  .argument("<incident...>", "files with name, title and series")
  .option("--delay <time>", "how long after its period a datapoint is published, such as 1m", "0m")
  .option("--new", "the alarms are new and start in INSUFFICIENT_DATA, instead of being settled")
  .option("--svg <folder>", "draw each timeline into this folder")
  .option("--html <file>", "write a page with the timelines")
  .option("--json", "print the timelines as JSON")
  .addHelpText("after", "\nExample:\n  alarm-lab run incident.json --alarms plan.json --html report.html")
  .action(async (files: string[], options: RunOptions) => {
    const alarms = readFiles(options.alarms ?? [], options);
    const delaySeconds = duration(options.delay, "--delay");
    const results = files.map((file) => {
      const { title, ...incident } = readIncident(file, parseFile(file));
      const history = options.new ? "none" : incident.history;
      const test = { ...incident, history, series: incident.series.map((series) => ({ delaySeconds, ...series })) };
      return { title, result: new LoadedTest(test, alarms, assume(options.assume ?? [])).run(alarms) };
    });
    for (const { title, result } of results) {
      const { test, timeline } = result;
      if (options.json) say(JSON.stringify({ name: test.name, ...asJson(result) }));
      else say(title, describe(timeline, alarms), ...describeWarnings(warningsOf(alarms, test.series)), "");
      if (!options.svg) continue;
      write(join(options.svg, `${test.name}.svg`), await draw(title, timeline));
    }
    if (options.html) {
      const titled = results.map(({ title, result }) => ({ ...result, test: { ...result.test, name: title } }));
      write(options.html, pageOf([{ file: files.join(", "), alarms, results: titled }]));
    }
  });

function asJson({ timeline }: TestResult): object {
  const { seconds, initial, depends } = timeline;
  const withMinute = <Event extends { readonly second: number }>(event: Event) => ({
    minute: event.second / 60,
    ...event,
  });
  return {
    ...{ minutes: seconds / 60, seconds, initial: Object.fromEntries(initial), depends: [...depends] },
    transitions: timeline.transitions.map(withMinute),
    notifications: timeline.notifications.map(withMinute),
  };
}

command("dashboards", "draw each dashboard with the data of an incident")
  .argument("<incident>", "a file with name, title and series")
  .requiredOption("--svg <folder>", "where the pictures go")
  .action(async (file: string, options: Reads & { svg: string }) => {
    const alarms = readFiles(options.alarms ?? [], options);
    const test = new LoadedTest(readIncident(file, parseFile(file)), alarms, assume(options.assume ?? []));
    for (const dashboard of readDashboards(parseFiles(options.alarms ?? []))) {
      const picture = await drawDashboard(dashboard, test.series, test.timeline(alarms));
      write(join(options.svg, `${dashboard.name}.svg`), picture);
    }
  });

command("list", "print the alarms, what each watches, and those that cannot be read").action((options: Reads) => {
  for (const alarm of readFiles(options.alarms ?? [], options)) say(alarm.name, `  ${watches(alarm)}`);
});

program
  .command("assumptions")
  .description("list the questions that AWS's documentation leaves open, and the answers; the first is the default")
  .action(() => {
    for (const [name, { about, answers }] of Object.entries(questions))
      say(name, `  ${about}`, `  ${answers.join(", ")}`);
  });

function readFiles(files: readonly string[], { strict }: Reads): readonly AnyAlarm[] {
  if (files.length === 0) throw new LabError(`No file with alarms is given: --alarms <file...>, with ${formats}.`);
  const { alarms, unreadable } = readAlarms(parseFiles(files));
  const lines = describeUnreadable(unreadable);
  if (strict && lines.length > 0)
    throw new LabError([...lines, "--strict refuses alarms that cannot be read."].join("\n"));
  warn(...lines);
  if (alarms.length === 0) throw new LabError(`${files.join(", ")}: no CloudWatch alarm in there.`);
  return alarms;
}

function loadTests(file: string, options: Reads) {
  const { alarms: own, assume: assumed, tests } = readTestFile(file, parseFile(file));
  const files = options.alarms ?? own.map((each) => resolve(dirname(file), each));
  const alarms = readFiles(files, options);
  const assumptions = assume([...assumed, ...(options.assume ?? [])]);
  return { file, alarms, tests: tests.map((test) => new LoadedTest(test, alarms, assumptions)) };
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function watches(alarm: AnyAlarm): string {
  if (alarm.kind === "composite") return alarm.rule;
  const { datapointsToAlarm, evaluationPeriods, periodSeconds, treatMissingData } = alarm;
  const query = alarm.queries.get(alarm.compared);
  const what = query && "metric" in query ? `${query.metric.statistic} of ${query.metric.name}` : query?.expression;
  return `${what} ${conditionOf(alarm)}, ${datapointsToAlarm} of ${evaluationPeriods} × ${length(periodSeconds)}, missing data: ${treatMissingData}`;
}

// Commands take this from the program only if it is set before they are added.
for (const each of [program, ...program.commands]) {
  each.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof LabError)) throw error;
  warn(error.message);
  process.exitCode = 2;
});
