import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../ops/deploy/synthesis";
import { type Check, report } from "../../ops/report/report";
import { root, synthesizedStack } from "../../ops/shell/paths";
import { note, step } from "../../ops/shell/progress";
import { SetupError } from "../../ops/shell/run";
import { type AnyAlarm, LabError } from "../../packages/alarm-lab/alarm";
import { drawDashboard } from "../../packages/alarm-lab/dashboard";
import { type AlarmMutant, mutantsOf, operators } from "../../packages/alarm-lab/mutants";
import { draw } from "../../packages/alarm-lab/picture";
import { readDashboards, readEveryAlarm } from "../../packages/alarm-lab/read";
import { prefixOf } from "../../stacks/constructs/names";
import { environments } from "../../stacks/environments";
import { heldOut } from "./held-out";
import { known } from "./incidents";
import { type Expectations, PlayedIncident, type Verdict } from "./judge";
import { normalDays } from "./normal";
import { survivors } from "./survivors";
import { usualDay } from "./usual-day";
import { writeTests } from "./written";

const pictures = join(root, "reports/alarms");
const days = 30;
const seed = 0.42;
/** Percent of the mutants that must make an incident go wrong. */
const wanted = 95;

/** Runs the synthesized alarms of staging against every incident, a month of normal days, and the incidents against every mutant of the alarms. */
export async function proveAlarms(testsFolder?: string): Promise<boolean> {
  const startedAt = new Date();
  await synthesize();
  const environment = environments.find(({ name }) => name === "staging");
  if (!environment || "none" in environment.objectives) throw new SetupError("staging has no objectives to alarm on.");
  const { objectives } = environment;
  const expectations = {
    prefix: prefixOf(environment),
    latencySeconds: objectives.latency.seconds,
    errorBudget: 100 - objectives.availabilityPercent,
    delayMinutes: 1,
  };
  const files = synthesizedFiles(environment.name);
  const alarms = readEveryAlarm(files);
  const incidents = [...known, ...heldOut].map((incident) => new PlayedIncident(incident, expectations, alarms));
  if (testsFolder) {
    const played = incidents.map(({ test }) => test);
    await step(`Write them into ${testsFolder}`, async () => writeTests(testsFolder, [...files.keys()], played));
  }
  const verdicts = await step(`Run ${alarms.length} alarms against ${incidents.length} incidents`, async () =>
    incidents.map((played) => played.judge(alarms)),
  );
  for (const { incident, problems } of verdicts)
    if (problems.length > 0) note(`${incident.name}: ${problems.join("; ")}`);
  await step(`Draw them into reports/alarms`, () => drawAll(verdicts));
  await step("Draw the dashboards into reports/dashboards", () => drawDashboards(files, incidents, alarms));
  const normal = await step(`Run them through ${days} normal days`, async () => normalNoise(alarms, expectations));
  const checks = [...incidentChecks(verdicts), normal];
  // What goes wrong without a mutant would count every mutant as noticed.
  if (checks.every(({ passed }) => passed)) checks.push(...(await mutantChecks(alarms, incidents, expectations)));
  return report("incidents", startedAt, checks);
}

function synthesizedFiles(environment: string): ReadonlyMap<string, unknown> {
  const files = ["network", "compute", "observability"].map((stack) => synthesizedStack(`${environment}-${stack}`));
  const absent = files.find((file) => !existsSync(file));
  if (absent) throw new LabError(`${absent} is missing.`);
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(file, "utf8"))]));
}

async function drawAll(verdicts: readonly Verdict[]): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const { incident, timeline } of verdicts) {
    writeFileSync(join(pictures, `${incident.name}.svg`), await draw(incident.title, timeline));
  }
}

/** What somebody who is paged sees: the dashboards during an incident of the backend. */
async function drawDashboards(
  files: ReadonlyMap<string, unknown>,
  incidents: readonly PlayedIncident[],
  alarms: readonly AnyAlarm[],
): Promise<void> {
  const played = incidents.find(({ incident }) => incident.name === "backend-erroring");
  if (!played) throw new LabError("There is no incident backend-erroring to draw dashboards of.");
  const folder = join(root, "reports/dashboards");
  mkdirSync(folder, { recursive: true });
  const { timeline } = played.judge(alarms);
  for (const dashboard of readDashboards(files)) {
    writeFileSync(join(folder, `${dashboard.name}.svg`), await drawDashboard(dashboard, played.series, timeline));
  }
}

function incidentChecks(verdicts: readonly Verdict[]): Check[] {
  const hurting = verdicts.filter(({ incident }) => incident.culprit !== null);
  const fine = (some: readonly Verdict[]) => some.filter(({ problems }) => problems.length === 0).length;
  const pages = hurting.map(({ pages: all }) => all.length).sort((a, b) => a - b);
  const minutes = hurting.flatMap(({ pagedAfter }) => (pagedAfter === null ? [] : [pagedAfter])).sort((a, b) => a - b);
  const isHeldOut = ({ incident }: Verdict) => heldOut.includes(incident);
  return [
    ...verdicts.map(
      ({ incident, problems, pagedAfter, allowed }): Check => ({
        id: incident.name,
        title: incident.title,
        passed: problems.length === 0,
        value: pagedAfter === null ? "no page" : pagedAfter,
        unit: pagedAfter === null ? "" : "minutes to the page",
        target: incident.culprit === null ? "no page" : `${incident.culprit}, at most ${allowed}`,
        evidence: problems.join("; ") || "as it should be",
      }),
    ),
    count("incidents", "incidents", verdicts.length, "at least 40", verdicts.length >= 40),
    count(
      "hurting",
      "that hurt users and were paged in time, by the service at fault",
      fine(hurting),
      `all ${hurting.length}`,
      fine(hurting) === hurting.length,
    ),
    count(
      "held-out",
      "held out until the alarms were frozen, that went as they should",
      fine(verdicts.filter(isHeldOut)),
      `all ${heldOut.length}`,
      fine(verdicts.filter(isHeldOut)) === heldOut.length,
    ),
    count("pages", "median of pages for an incident that hurts", median(pages), "1", median(pages) === 1),
    count("minutes", "median minutes from the first hurt to the page", median(minutes), "none: for information", true),
  ];
}

function normalNoise(alarms: readonly AnyAlarm[], expectations: Expectations): Check {
  const played = new PlayedIncident(usualDay(normalDays(days, seed)), expectations, alarms);
  const { problems } = played.judge(alarms);
  return {
    ...count("normal", `pages and tickets in ${days} normal days`, problems.length, "0", problems.length === 0),
    evidence: problems.join("; "),
  };
}

/** Each mutant plays every incident and three normal days; one that changes no verdict has survived. */
async function mutantChecks(
  alarms: readonly AnyAlarm[],
  incidents: readonly PlayedIncident[],
  expectations: Expectations,
): Promise<Check[]> {
  const mutants = mutantsOf(alarms.filter((alarm) => alarm.actions.ALARM.length > 0 || isPart(alarm, alarms)));
  const all = [...incidents, new PlayedIncident(usualDay(normalDays(3, seed)), expectations, alarms)];
  for (const played of all) played.judge(alarms);
  const alive = await step(`Run ${mutants.length} mutants of the alarms`, async () =>
    mutants.filter((mutant) => !isNoticed(mutant, alarms, all)),
  );
  const name = ({ operator, alarm }: AlarmMutant) => `${operator} ${alarm.name.slice(expectations.prefix.length + 1)}`;
  const unexplained = alive.filter((mutant) => !(name(mutant) in survivors));
  const idle = Object.keys(survivors).filter((each) => !alive.some((mutant) => name(mutant) === each));
  const percent = Math.round((1 - alive.length / mutants.length) * 1000) / 10;
  return [
    ...operators.map(({ id, mistake }): Check => {
      const own = mutants.filter(({ operator }) => operator === id);
      const left = alive.filter(({ operator }) => operator === id);
      return {
        ...count(id, `mutants: ${mistake}`, own.length - left.length, `${own.length}`, true),
        evidence: left.map((mutant) => `${name(mutant)}: ${survivors[name(mutant)] ?? "no reason"}`).join("; "),
      };
    }),
    count(
      "mutants",
      "mutants of the alarms that an incident notices",
      percent,
      `at least ${wanted} %`,
      percent >= wanted,
    ),
    {
      ...count("unexplained", "survivors without a reason", unexplained.length, "0", unexplained.length === 0),
      evidence: unexplained.map(name).join("; "),
    },
    {
      ...count("idle", "reasons of survivors that cover nothing", idle.length, "0", idle.length === 0),
      evidence: idle.join("; "),
    },
  ];
}

function isPart(alarm: AnyAlarm, alarms: readonly AnyAlarm[]): boolean {
  return alarms.some((other) => other.kind === "composite" && other.rule.includes(`"${alarm.name}"`));
}

function isNoticed(
  { alarm, mutated }: AlarmMutant,
  alarms: readonly AnyAlarm[],
  incidents: readonly PlayedIncident[],
): boolean {
  const changed = alarms.map((each) => (each === alarm ? mutated : each));
  return incidents.some((played) => {
    const { problems } = played.judge(changed);
    played.forget(mutated);
    return problems.length > 0;
  });
}

function count(id: string, title: string, value: number, target: string, passed: boolean): Check {
  return { id, title, passed, value, unit: "", target, evidence: "" };
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
