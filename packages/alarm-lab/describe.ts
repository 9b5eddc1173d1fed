import type { Timeline } from "./simulate";

/** Changes of state and notifications, one a line, in the order in which they happened. */
export function describe({ transitions, notifications, minutes }: Timeline): string {
  const events = [
    ...transitions.map(({ minute, alarm, from, to }) => ({ minute, text: `${alarm}: ${from} -> ${to}` })),
    ...notifications.map(({ minute, alarm, state, action }) => ({
      minute,
      text: `  notified ${shortName(action)}: ${alarm} is ${state}`,
    })),
  ];
  const ordered = events.toSorted((a, b) => a.minute - b.minute);
  const lines = ordered.map(({ minute, text }) => `${clock(minute)}  ${text}`);
  const told = notifications.filter(({ state }) => state === "ALARM").length;
  return [...lines, `${clock(minutes)}  end: ${told} notifications of an ALARM`].join("\n");
}

/** Hours and minutes since the beginning. */
function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(3)}:${String(minute % 60).padStart(2, "0")}`;
}

/** The last part of an ARN, or the resource that a reference means. What is known after the apply stays as it is. */
export function shortName(action: string): string {
  if (action.startsWith("(")) return action;
  // CDKTF ends a name with eight digits of a hash.
  const reference = /^\$\{(?:[^.]+\.)?([^.]+?)(?:_[0-9A-F]{8})?\.[^.]+\}$/.exec(action)?.[1];
  return reference ?? action.split(":").at(-1) ?? action;
}
