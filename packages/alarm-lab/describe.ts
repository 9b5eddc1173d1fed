import type { AnyAlarm } from "./alarm";
import { explain, explainUnchanged } from "./explain";
import { shortName } from "./recipient";
import type { Timeline } from "./simulate";
import { clock } from "./time";

/** Changes of state with their reasons, and notifications, one a line, in the order in which they happened. */
export function describe(timeline: Timeline, alarms: readonly AnyAlarm[]): string {
  const { initial, transitions, notifications, seconds, unchanged } = timeline;
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const events = [
    ...transitions.map((transition) => {
      const { second, alarm, from, to } = transition;
      const why = explain(transition, byName.get(alarm), timeline);
      return { second, text: `${alarm}: ${from} -> ${to}${why && `  (${why})`}` };
    }),
    ...notifications.map(({ second, alarm, state, action }) => ({
      second,
      text: `  notified ${shortName(action)}: ${alarm} is ${state}`,
    })),
  ];
  const ordered = events.toSorted((a, b) => a.second - b.second);
  const lines = ordered.map(({ second, text }) => `${clock(second).padStart(6)}  ${text}`);
  const silent = unchanged
    .filter(({ state }) => state !== "OK")
    .map(
      (each) =>
        `${" ".repeat(6)}  ${each.alarm}: ${each.state} all the time  (${explainUnchanged(each, byName.get(each.alarm))})`,
    );
  const told = notifications.filter(({ state }) => state === "ALARM").length;
  return [
    `${clock(0).padStart(6)}  ${beginning(initial)}`,
    ...lines,
    ...silent,
    `${clock(seconds).padStart(6)}  end: ${told} ${told === 1 ? "notification" : "notifications"} of an ALARM`,
  ].join("\n");
}

/** The states at the start: how many alarms, and the names of those that are not OK. */
function beginning(initial: Timeline["initial"]): string {
  const of = (wanted: string) => [...initial].filter(([, state]) => state === wanted).map(([name]) => name);
  const lacking = of("INSUFFICIENT_DATA");
  if (lacking.length === initial.size)
    return `start: ${initial.size} ${initial.size === 1 ? "alarm" : "alarms"}, all INSUFFICIENT_DATA`;
  const ringing = of("ALARM");
  const parts = [
    `${of("OK").length} OK`,
    ...(ringing.length > 0 ? [`ALARM: ${ringing.join(", ")}`] : []),
    ...(lacking.length > 0 ? [`INSUFFICIENT_DATA: ${lacking.join(", ")}`] : []),
  ];
  return `start: ${initial.size} ${initial.size === 1 ? "alarm" : "alarms"}: ${parts.join("; ")}`;
}
