import type { AnyAlarm } from "../../packages/alarm-lab/alarm";
import { SeriesSet } from "../../packages/alarm-lab/series";
import {
  type Notification as InSeconds,
  type Memory,
  simulate,
  type Timeline as TimelineInSeconds,
} from "../../packages/alarm-lab/simulate";
import { before, type DesignedIncident } from "./incident";
import { play, type Served, serviceNames, type World } from "./world";

type Notification = InSeconds & { readonly minute: number };
interface Timeline extends TimelineInSeconds {
  readonly transitions: readonly (TimelineInSeconds["transitions"][number] & { readonly minute: number })[];
  readonly notifications: readonly Notification[];
}

function inMinutes(timeline: TimelineInSeconds): Timeline {
  const withMinute = <Event extends { readonly second: number }>(event: Event) => ({
    ...event,
    minute: event.second / 60,
  });
  const { transitions, notifications } = timeline;
  return { ...timeline, transitions: transitions.map(withMinute), notifications: notifications.map(withMinute) };
}

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
/** New alarms have no data yet, which some take for trouble. */
const warmUp = 30;
/** Pages of an outage come within this of the first minute that hurt. */
const wanted = 5;
/** A share that is above this is an outage; what is below is paged when its burn rate adds up. */
const outageShare = 0.1;

/** An incident that was played once, to be judged with as many alarms as one likes. */
export class PlayedIncident {
  private readonly world: World;
  readonly series: SeriesSet;
  private readonly memory: Memory = new Map();
  private readonly hurtFrom: number | null;

  constructor(
    readonly incident: DesignedIncident,
    private readonly expectations: Expectations,
  ) {
    const { beginsAt = 12 * 60, name } = incident;
    this.world = play({ ...incident, beginsAt, seed: seedOf(name) });
    this.series = SeriesSet.of(this.world.series);
    const starts = incident.isNormal
      ? []
      : serviceNames.flatMap((service) => hurtsOf(this.world.served[service], expectations.latencySeconds));
    this.hurtFrom = starts.length > 0 ? Math.min(...starts) : null;
  }

  /** An alarm that is judged once need not be remembered. */
  forget(alarm: AnyAlarm): void {
    if (alarm.kind === "metric") this.memory.delete(alarm);
  }

  judge(alarms: readonly AnyAlarm[]): Verdict {
    const { incident, expectations, hurtFrom } = this;
    const { delayMinutes } = expectations;
    const options = { seconds: incident.minutes * 60, evaluationDelaySeconds: delayMinutes * 60 };
    const timeline = inMinutes(simulate(alarms, this.series, options, this.memory));
    const told = timeline.notifications.filter(({ state, minute }) => state === "ALARM" && minute > warmUp);
    const pages = told.filter(({ action }) => isPage(action));
    const pagedAfter = hurtFrom === null || !pages[0] ? null : pages[0].minute - hurtFrom;
    const { culprit } = incident;
    const allowed = culprit ? allowedMinutes(this.world.served[culprit], hurtFrom ?? before, expectations) : 0;
    const found = { incident, timeline, hurtFrom, pages, pagedAfter, allowed };
    const { prefix } = expectations;
    const problems = [
      ...pageProblems(found, prefix),
      ...ringProblems(found, told, alarms, prefix),
      ...(incident.quiet ? noiseProblems(incident, [...told, ...ringingFromTheStart(timeline)], prefix) : []),
      ...endProblems(found, prefix),
    ];
    return { ...found, problems };
  }
}

export function isPage(action: string): boolean {
  return /[-_]page\b|[-_]page_/.test(action);
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

function pageProblems(
  { incident, hurtFrom, pages, pagedAfter, allowed }: Omit<Verdict, "problems">,
  prefix: string,
): string[] {
  const { culprit } = incident;
  if (culprit === null) {
    return [
      ...(hurtFrom === null ? [] : [`designed to hurt nobody, it hurts from minute ${hurtFrom - before}`]),
      ...pages
        .filter(({ alarm }) => !(alarm.slice(prefix.length + 1) in incident.rings))
        .map(({ alarm, minute }) => `a page of ${alarm} in minute ${minute - before}, and nobody was hurt`),
    ];
  }
  const wrong = pages.filter(({ alarm }) => alarm !== `${prefix}-${culprit}`);
  const rejected = "rejected" in (incident.effects[0]?.change ?? {});
  return [
    // Connections that are rejected are in no metric of requests.
    ...(hurtFrom === null && !rejected ? ["designed to hurt, and it hurts nobody"] : []),
    ...(pages.length === 0 ? ["nobody was paged"] : []),
    ...(pagedAfter !== null && pagedAfter > allowed
      ? [`paged after ${pagedAfter} minutes, ${allowed} are allowed`]
      : []),
    ...wrong.map(({ alarm, minute }) => `a page of ${alarm} in minute ${minute - before}, but ${culprit} is at fault`),
    ...(pages.length - wrong.length > 1 ? [`${pages.length - wrong.length} pages for one incident`] : []),
  ];
}

/** A part of a page must ring; anything else must tell somebody. */
function ringProblems(
  { incident, timeline }: Omit<Verdict, "problems">,
  told: readonly Notification[],
  alarms: readonly AnyAlarm[],
  prefix: string,
): string[] {
  const begin = Math.min(...[...incident.effects, ...(incident.shared ?? [])].map(({ from }) => from));
  const rules = alarms.flatMap((alarm) => (alarm.kind === "composite" ? alarm.rule : []));
  return Object.entries(incident.rings).flatMap(([id, minutes]) => {
    const name = `${prefix}-${id}`;
    const isPart = rules.some((rule) => rule.includes(`"${name}"`));
    const heard = isPart ? timeline.transitions.filter(({ to }) => to === "ALARM") : told;
    const rang = heard.find(({ alarm, minute }) => alarm === name && minute > begin);
    if (!rang) return [`${id} did not ring`];
    const after = rang.minute - begin;
    return after > minutes ? [`${id} rang after ${after} minutes, ${minutes} are allowed`] : [];
  });
}

/** What has told somebody before anything happened, and has not stopped. */
function ringingFromTheStart({ transitions, notifications }: Timeline): Notification[] {
  return notifications.filter(
    ({ alarm, state, minute }) =>
      state === "ALARM" &&
      minute <= warmUp &&
      !transitions.some((other) => other.alarm === alarm && other.minute > minute && other.minute <= warmUp),
  );
}

function endProblems({ incident, timeline }: Omit<Verdict, "problems">, prefix: string): string[] {
  const { overWithin, culprit, effects } = incident;
  if (overWithin === undefined || !effects[0]) return [];
  const end = effects[0].to;
  const over = timeline.notifications.find(
    ({ alarm, state, minute }) => alarm === `${prefix}-${culprit}` && state === "OK" && minute > end,
  );
  const after = over ? over.minute - end : Number.POSITIVE_INFINITY;
  return after > overWithin ? [`the page was over ${after} minutes after it ended, ${overWithin} are allowed`] : [];
}

function noiseProblems({ rings }: DesignedIncident, told: readonly Notification[], prefix: string): string[] {
  const unwanted = told.filter(({ alarm, action }) => !isPage(action) && !(alarm.slice(prefix.length + 1) in rings));
  return unwanted.map(({ alarm, minute }) => `${alarm} rang in minute ${minute - before} for nothing`);
}

/** Each incident has noise of its own, the same in each run. */
function seedOf(name: string): number {
  return [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7) / 1_000_003;
}
