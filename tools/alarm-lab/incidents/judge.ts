import type { AnyAlarm } from "../alarm";
import { SeriesSet } from "../series";
import { type Notification, simulate, type Timeline } from "../simulate";
import { before, type DesignedIncident } from "./incident";
import { play, type Served, type ServiceName, serviceNames } from "./world";

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

export function judge(incident: DesignedIncident, alarms: readonly AnyAlarm[], expectations: Expectations): Verdict {
  const { minutes, beginsAt = 12 * 60 } = incident;
  const world = play({ ...incident, beginsAt, seed: seedOf(incident.name) });
  const timeline = simulate(alarms, new SeriesSet(world.series), { minutes, delayMinutes: expectations.delayMinutes });
  const hurts = serviceNames.map((service) => hurtsOf(world.served[service], expectations.latencySeconds));
  const starts = hurts.flatMap(({ from }) => (from === null ? [] : [from]));
  const hurtFrom = starts.length > 0 ? Math.min(...starts) : null;
  const pages = timeline.notifications.filter(
    ({ action, state, minute }) => state === "ALARM" && isPage(action) && minute > warmUp,
  );
  const pagedAfter = hurtFrom === null || !pages[0] ? null : pages[0].minute - hurtFrom;
  const allowed = incident.culprit ? allowedMinutes(world.served[incident.culprit], hurtFrom ?? 0, expectations) : 0;
  const verdict = { incident, timeline, hurtFrom, pages, pagedAfter, allowed };
  return { ...verdict, problems: [...pageProblems(verdict, expectations), ...ringProblems(verdict, expectations)] };
}

export function isPage(action: string): boolean {
  return /[-_]page\b|[-_]page_/.test(action);
}

function hurtsOf(served: readonly Served[], latencySeconds: number): { from: number | null } {
  const isHurt = (minute: Served | undefined) =>
    minute !== undefined && (failedShare(minute) > hurtShare || p95(minute) > latencySeconds);
  const from = served.findIndex((_, minute) =>
    Array.from({ length: hurtMinutes }, (_, ahead) => served[minute + ahead]).every(isHurt),
  );
  return { from: from === -1 ? null : from };
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
  return sorted.find(([, count]) => (seen += count) >= requests * 0.95)?.[0] ?? 0;
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
  const shares = served.slice(hurtFrom, hurtFrom + 10).map(failedShare);
  const share = shares.reduce((sum, each) => sum + each, 0) / Math.max(shares.length, 1);
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
  { prefix }: Expectations,
): string[] {
  const { culprit } = incident;
  if (culprit === null) {
    return [
      ...(hurtFrom === null ? [] : [`designed to hurt nobody, it hurts from minute ${hurtFrom - before}`]),
      ...pages.map(({ alarm, minute }) => `a page of ${alarm} in minute ${minute - before}, and nobody was hurt`),
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

function ringProblems({ incident, timeline }: Omit<Verdict, "problems">, { prefix }: Expectations): string[] {
  const begin = Math.min(...[...incident.effects, ...(incident.shared ?? [])].map(({ from }) => from));
  return Object.entries(incident.rings).flatMap(([id, minutes]) => {
    const rang = timeline.transitions.find(
      ({ alarm, to, minute }) => alarm === `${prefix}-${id}` && to === "ALARM" && minute > begin,
    );
    if (!rang) return [`${id} did not ring`];
    const after = rang.minute - begin;
    return after > minutes ? [`${id} rang after ${after} minutes, ${minutes} are allowed`] : [];
  });
}

/** Each incident has noise of its own, the same in each run. */
function seedOf(name: string): number {
  return [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7) / 1_000_003;
}

export type { ServiceName };
