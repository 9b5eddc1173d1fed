import { isRecipient, shortName } from "./recipient";
import { type Notification, stateAt, type Timeline } from "./simulate";
import type { Expectation, Test } from "./test-file";
import { clock } from "./time";

/** An expectation that was not met. */
export interface Failure {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}

/** What went otherwise than a test expects. */
export function failuresOf(test: Test, timeline: Timeline): Failure[] {
  const failed = test.expect.flatMap((expectation) => check(expectation, timeline) ?? []);
  return [...failed, ...(test.nothingElse ? unexpected(test, timeline) : [])];
}

function check(expectation: Expectation, timeline: Timeline): Failure | undefined {
  const { at, state, notified, times } = expectation;
  if (at !== undefined && state !== undefined) {
    const wrong = [...timeline.initial.keys()]
      .filter((alarm) => concerns(expectation, alarm))
      .filter((alarm) => (stateAt(timeline, alarm, at) === state) === (times === 0));
    const isAbsent = times !== 0 && ![...timeline.initial.keys()].some((alarm) => concerns(expectation, alarm));
    if (wrong.length > 0 || isAbsent) return failure(expectation, stateActual(expectation, timeline, wrong));
    if (notified === undefined) return undefined;
  }
  const count = notified === undefined ? changes(expectation, timeline).length : deliveries(expectation, timeline);
  const isNobody = notified?.[0] === "nobody";
  const wanted = isNobody ? 0 : times;
  if (wanted === undefined ? count > 0 : count === wanted) return undefined;
  return failure(expectation, eventsActual(expectation, timeline));
}

function failure(expectation: Expectation, actual: string): Failure {
  return { where: whereOf(expectation), expected: describeExpectation(expectation), actual };
}

function concerns({ alarms, except }: Expectation, alarm: string): boolean {
  return alarms.some((each) => isLike(alarm, each)) && !except.some((each) => isLike(alarm, each));
}

function isLike(name: string, pattern: string): boolean {
  if (!pattern.includes("*")) return name === pattern;
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

function changes(expectation: Expectation, { transitions }: Timeline) {
  const { from, to, state } = expectation;
  return transitions.filter(
    (each) => each.second >= from && each.second <= to && each.to === state && concerns(expectation, each.alarm),
  );
}

/** Notifications that an expectation is about. Of several recipients each is counted, and the least is what was reached. */
function deliveries(expectation: Expectation, timeline: Timeline): number {
  const named = expectation.notified ?? [];
  const all = named.includes("nobody") ? ["somebody"] : named;
  return Math.min(...all.map((who) => matching(expectation, timeline, who).length));
}

function matching(expectation: Expectation, { notifications }: Timeline, who: string): Notification[] {
  const { from, to, state = "ALARM" } = expectation;
  const found = notifications.filter(
    (each) =>
      each.second >= from &&
      each.second <= to &&
      each.state === state &&
      concerns(expectation, each.alarm) &&
      isRecipient(each.action, who),
  );
  // Somebody is notified once, even if two are at once.
  const isOther = (each: Notification, index: number) =>
    found.findIndex(({ alarm, second }) => alarm === each.alarm && second === each.second) === index;
  return who === "somebody" ? found.filter(isOther) : found;
}

/** Notifications of an ALARM that no expectation is about. */
function unexpected(test: Test, timeline: Timeline): Failure[] {
  const expected = new Set(
    test.expect
      .filter(({ notified, times }) => notified && times !== 0)
      .flatMap((each) => (each.notified ?? []).flatMap((who) => matching(each, timeline, who))),
  );
  return timeline.notifications
    .filter((each) => each.state === "ALARM" && !expected.has(each))
    .map(({ second, alarm, action }) => ({
      where: `${clock(second)} ${alarm}`,
      expected: "nothing else is notified",
      actual: `${shortName(action)} is notified: ALARM`,
    }));
}

function whereOf({ at, from, to, alarms }: Expectation): string {
  return `${at === undefined ? `${clock(from)} to ${clock(to)}` : clock(at)} ${alarms.join(", ")}`;
}

function describeExpectation({ at, state, notified, times, except }: Expectation): string {
  const often = times === undefined ? "" : times === 1 ? " once" : ` ${times} times`;
  const isCounted = notified !== undefined || at === undefined;
  const parts = [
    ...(state
      ? [times === 0 && !notified ? `not ${state}` : at === undefined && !notified ? `goes into ${state}` : state]
      : []),
    ...(notified ? [`notified ${notified.join(", ")}`] : []),
  ];
  const but = except.length > 0 ? `, except ${except.join(", ")}` : "";
  return `${parts.join(", ")}${isCounted && times !== 0 ? often : times === 0 && notified ? " never" : ""}${but}`;
}

function stateActual(expectation: Expectation, timeline: Timeline, wrong: readonly string[]): string {
  const { at = 0, alarms } = expectation;
  if (wrong.length === 0)
    return `there is no alarm ${alarms.join(", ")}; there are ${[...timeline.initial.keys()].join(", ")}`;
  return wrong
    .map((alarm) => {
      const last = timeline.transitions.findLast((each) => each.alarm === alarm && each.second <= at);
      const next = timeline.transitions.find((each) => each.alarm === alarm && each.second > at);
      const since = last ? ` since ${clock(last.second)}` : " from the start";
      const then = next ? `, ${next.to} from ${clock(next.second)}` : " until the end";
      return `${wrong.length > 1 ? `${alarm} ` : ""}${stateAt(timeline, alarm, at)}${since}${then}`;
    })
    .join("; ");
}

function eventsActual(expectation: Expectation, timeline: Timeline): string {
  const { notified } = expectation;
  const isOne = expectation.alarms.length === 1 && !expectation.alarms[0]?.includes("*");
  const subject = (alarm: string) => (isOne ? "" : `${alarm} `);
  const found =
    notified === undefined
      ? timeline.transitions
          .filter(({ alarm }) => concerns(expectation, alarm))
          .map(({ second, alarm, to }) => `${subject(alarm)}${to} at ${clock(second)}`)
      : timeline.notifications
          .filter(({ alarm }) => concerns(expectation, alarm))
          .map(
            ({ second, alarm, action, state }) =>
              `${subject(alarm)}${shortName(action)} of ${state} at ${clock(second)}`,
          );
  if (found.length > 0)
    return `${found.slice(0, 8).join(", ")}${found.length > 8 ? `, and ${found.length - 8} more` : ""}`;
  const isThere = [...timeline.initial.keys()].some((alarm) => concerns(expectation, alarm));
  if (!isThere) return `there is no alarm ${expectation.alarms.join(", ")}`;
  if (notified !== undefined) return "nobody is notified";
  const [alarm = ""] = [...timeline.initial.keys()].filter((each) => concerns(expectation, each));
  return isOne ? `${stateAt(timeline, alarm, expectation.to)} all the time` : "no change of state";
}
