import { type AnyAlarm, LabError } from "../../packages/alarm-lab/alarm";
import { defaults } from "../../packages/alarm-lab/assumptions";
import { failuresOf } from "../../packages/alarm-lab/expectation";
import { isRecipient } from "../../packages/alarm-lab/recipient";
import type { SeriesSet } from "../../packages/alarm-lab/series";
import type { Notification, Timeline } from "../../packages/alarm-lab/simulate";
import { readExpectations, readTestFile } from "../../packages/alarm-lab/test-file";
import { LoadedTest } from "../../packages/alarm-lab/test-run";
import { type Expected, expectedOf, mistakesOf, warmUp } from "./expectations";
import { before, type DesignedIncident } from "./incident";
import { play, type Served, serviceNames, type World } from "./world";

export interface Verdict {
  readonly incident: DesignedIncident;
  readonly timeline: Timeline;
  /** First minute in which users were hurt; null when they were not. */
  readonly hurtFrom: number | null;
  readonly pages: readonly Notification[];
  /** Minutes from the first hurt to the first page. */
  readonly pagedAfter: number | null;
  /** Minutes that were allowed for it. */
  readonly allowed: number;
  /** What is wrong, a line each; nothing for an incident that went as it should. */
  readonly problems: readonly string[];
}

/** Objectives of the environment under test. */
export interface Expectations {
  readonly prefix: string;
  readonly latencySeconds: number;
  /** Percent of requests that may fail. */
  readonly errorBudget: number;
  readonly delayMinutes: number;
}

/**
 * Users are hurt when more than 1 % of a service's requests fail, or p95 is above the objective, for two minutes in a row. Fewer than five
 * such requests in a minute are chance.
 */
const hurtShare = 0.01;
const hurtMinutes = 2;
const chance = 5;
/** Pages of an outage come within this of the first minute that hurt. */
const wanted = 5;
/** A share that is above this is an outage; what is below is paged when its burn rate adds up. */
const outageShare = 0.1;

/** A test as a test file of alarm-lab has it. */
export interface IncidentTest {
  readonly name: string;
  readonly history: "none";
  readonly evaluationDelay: string;
  readonly series: World["series"];
  readonly expect: readonly Expected[];
}

/** An incident that was played once, to be judged with as many alarms as one likes. */
export class PlayedIncident {
  readonly test: IncidentTest;
  private readonly loaded: LoadedTest;
  private readonly hurtFrom: number | null;
  private readonly allowed: number;
  private readonly mistakes: readonly string[];

  constructor(
    readonly incident: DesignedIncident,
    private readonly expectations: Expectations,
    alarms: readonly AnyAlarm[],
  ) {
    const { beginsAt = 12 * 60, name, culprit } = incident;
    const world = play({ ...incident, beginsAt, seed: seedOf(name) });
    this.hurtFrom = incident.isNormal ? null : hurtFromOf(world, expectations.latencySeconds);
    this.allowed = culprit ? allowedMinutes(world.served[culprit], this.hurtFrom ?? before, expectations) : 0;
    this.mistakes = mistakesOf(incident, this.hurtFrom);
    const { delayMinutes } = expectations;
    this.test = {
      ...{ name, history: "none", evaluationDelay: `${delayMinutes}m` },
      series: world.series,
      expect: this.expected(alarms),
    };
    const [test] = readTestFile(name, { tests: [this.test] }).tests;
    if (!test) throw new LabError(`${name} has no test.`);
    this.loaded = new LoadedTest(test, alarms, defaults);
  }

  private expected(alarms: readonly AnyAlarm[]): Expected[] {
    const { incident, hurtFrom, allowed } = this;
    return expectedOf(incident, { prefix: this.expectations.prefix, hurtFrom, allowed, alarms });
  }

  get series(): SeriesSet {
    return this.loaded.series;
  }

  /** An alarm that is judged once need not be remembered. */
  forget(alarm: AnyAlarm): void {
    this.loaded.forget(alarm);
  }

  judge(alarms: readonly AnyAlarm[]): Verdict {
    const { incident, hurtFrom, allowed } = this;
    const timeline = this.loaded.timeline(alarms);
    const pages = timeline.notifications.filter(
      ({ state, second, action }) => state === "ALARM" && second > warmUp * 60 && isRecipient(action, "page"),
    );
    const pagedAfter = hurtFrom === null || !pages[0] ? null : pages[0].second / 60 - hurtFrom;
    // Which alarms are part of a page is a matter of the alarms that are judged.
    const expect = readExpectations(this.expected(alarms), incident.minutes * 60, incident.name);
    const problems = failuresOf({ ...this.loaded.test, expect }, timeline).map(
      ({ where, expected, actual }) => `${where}: expected ${expected}; ${actual}`,
    );
    return { incident, timeline, hurtFrom, pages, pagedAfter, allowed, problems: [...this.mistakes, ...problems] };
  }
}

/** The first minute in which one of the services hurt its users. */
function hurtFromOf({ served }: World, latencySeconds: number): number | null {
  const starts = serviceNames.flatMap((service) => hurtsOf(served[service], latencySeconds));
  return starts.length > 0 ? Math.min(...starts) : null;
}

/** The first minute that hurt, if any did. */
function hurtsOf(served: readonly Served[], latencySeconds: number): number[] {
  const isHurt = (minute: Served | undefined) =>
    minute !== undefined && (failedShare(minute) > hurtShare || p95(minute) > latencySeconds);
  const from = served.findIndex((_, minute) =>
    Array.from({ length: hurtMinutes }, (_, ahead) => served[minute + ahead]).every(isHurt),
  );
  return from === -1 ? [] : [from];
}

function failedShare({ requests, failed, unanswered }: Served): number {
  return failed + unanswered < chance ? 0 : (failed + unanswered) / (requests + unanswered);
}

function p95({ requests, times }: Served): number {
  if (requests * 0.05 < chance) return 0;
  const sorted = times.values
    .map((value, index) => [value, times.counts[index] ?? 0] as const)
    .sort(([a], [b]) => a - b);
  let seen = 0;
  for (const [seconds, count] of sorted) {
    seen += count;
    if (seen >= requests * 0.95) return seconds;
  }
  return 0;
}

/**
 * For an outage five minutes. A smaller share takes as long as it needs to burn what the burn-rate pairs page for: 14.4 times the budget
 * over an hour, 6 times over six hours; and, as CloudWatch, a minute for the data and one for the page.
 */
function allowedMinutes(
  served: readonly Served[],
  hurtFrom: number,
  { errorBudget, delayMinutes }: Expectations,
): number {
  const first = served.slice(hurtFrom, hurtFrom + 10);
  const sum = (count: (minute: Served) => number) => first.reduce((total, minute) => total + count(minute), 0);
  const share = sum(({ failed, unanswered }) => failed + unanswered) / sum((each) => each.requests + each.unanswered);
  const budget = errorBudget / 100;
  const burns = [
    { window: 60, rate: 14.4 },
    { window: 360, rate: 6 },
  ].filter(({ rate }) => share > rate * budget * 1.05);
  // Without a burn they are slow instead.
  if (burns.length === 0 || share > outageShare) return wanted;
  // The window has seen the normal hours before; traffic that grows or shrinks moves the minute a little.
  const needed = burns.map(({ window, rate }) => Math.ceil((1.25 * window * rate * budget) / share));
  return Math.max(wanted, Math.min(...needed) + delayMinutes + 2);
}

/** Each incident has noise of its own, the same in each run. */
function seedOf(name: string): number {
  return [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7) / 1_000_003;
}
