import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { type AnyAlarm, LabError } from "./alarm";
import { drawDashboard } from "./dashboard";
import { describe } from "./describe";
import { minutesOf, readIncident } from "./incident";
import { draw } from "./picture";
import { readAlarms, readDashboards, readEveryAlarm } from "./read";
import { SeriesSet } from "./series";
import { simulate } from "./simulate";
import { length } from "./time";

// Whoever reads the first lines only, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const program = new Command("alarm-lab").description(
  "Runs the CloudWatch alarms of a Terraform plan against incidents, and says who would have been told, when, and by which alarm.",
);

interface RunOptions {
  readonly alarms: string[];
  readonly delay: string;
  readonly svg?: string;
  readonly json?: true;
}

program
  .command("run")
  .description("print the states of the alarms over each incident, and what they tell whom")
  .argument("<incident...>", "JSON files with name, title and series")
  .requiredOption("--alarms <file...>", "terraform show -json <plan>, or cdk.tf.json")
  .option("--delay <minutes>", "until alarms see a datapoint", "1")
  .option("--svg <folder>", "draw each timeline into this folder as well")
  .option("--json", "print the timelines as JSON")
  .action(async (files: string[], { alarms, delay, svg, json }: RunOptions) => {
    const delayMinutes = Number(delay);
    if (!Number.isInteger(delayMinutes) || delayMinutes < 0)
      throw new LabError(`--delay ${delay} is no number of minutes.`);
    const found = readFiles(alarms);
    if (found.length === 0) throw new LabError(`${alarms.join(", ")}: no CloudWatch alarm in there.`);
    for (const file of files) {
      const incident = readIncident(file, parse(file));
      const options = { seconds: minutesOf(incident) * 60, evaluationDelaySeconds: delayMinutes * 60 };
      const timeline = simulate(found, SeriesSet.of(incident.series), options);
      const { name, title } = incident;
      process.stdout.write(json ? `${JSON.stringify({ name, ...timeline })}\n` : `${title}\n${describe(timeline)}\n\n`);
      if (!svg) continue;
      mkdirSync(svg, { recursive: true });
      writeFileSync(join(svg, `${name}.svg`), await draw(title, timeline));
    }
  });

program
  .command("dashboards")
  .description("draw each dashboard with the data of an incident")
  .argument("<incident>", "JSON file with name, title and series")
  .requiredOption("--alarms <file...>", "terraform show -json <plan>, or cdk.tf.json")
  .requiredOption("--svg <folder>", "where the pictures go")
  .action(async (file: string, { alarms, svg }: { alarms: string[]; svg: string }) => {
    const contents = new Map(alarms.map((each) => [each, parse(each)]));
    const incident = readIncident(file, parse(file));
    const series = SeriesSet.of(incident.series);
    const options = { seconds: minutesOf(incident) * 60, evaluationDelaySeconds: 60 };
    const timeline = simulate(readAlarms(contents).alarms, series, options);
    mkdirSync(svg, { recursive: true });
    for (const dashboard of readDashboards(contents)) {
      writeFileSync(join(svg, `${dashboard.name}.svg`), await drawDashboard(dashboard, series, timeline));
    }
  });

program
  .command("list")
  .description("print the alarms, what each watches, and whom it tells")
  .requiredOption("--alarms <file...>", "terraform show -json <plan>, or cdk.tf.json")
  .action(({ alarms }: { alarms: string[] }) => {
    for (const alarm of readFiles(alarms)) process.stdout.write(`${alarm.name}\n  ${watches(alarm)}\n`);
  });

function readFiles(files: readonly string[]): AnyAlarm[] {
  return [...readEveryAlarm(new Map(files.map((file) => [file, parse(file)])))];
}

function parse(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new LabError(`${file} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LabError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

function watches(alarm: AnyAlarm): string {
  if (alarm.kind === "composite") return alarm.rule;
  const { comparison, threshold, datapointsToAlarm, evaluationPeriods, periodSeconds, treatMissingData } = alarm;
  const query = alarm.queries.get(alarm.compared);
  const what = query && "metric" in query ? `${query.metric.statistic} of ${query.metric.name}` : query?.expression;
  return `${what} ${comparison} ${typeof threshold === "number" ? threshold : threshold.band}, ${datapointsToAlarm} of ${evaluationPeriods} × ${length(periodSeconds)}, missing data: ${treatMissingData}`;
}

// Commands take this from the program only if it is set before they are added.
for (const command of [program, ...program.commands]) {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
