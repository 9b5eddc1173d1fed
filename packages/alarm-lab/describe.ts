import type { Timeline } from "./simulate";
import { clock } from "./time";

/** Changes of state and notifications, one a line, in the order in which they happened. */
export function describe({ transitions, notifications, seconds }: Timeline): string {
  const events = [
    ...transitions.map(({ second, alarm, from, to }) => ({ second, text: `${alarm}: ${from} -> ${to}` })),
    ...notifications.map(({ second, alarm, state, action }) => ({
      second,
      text: `  notified ${shortName(action)}: ${alarm} is ${state}`,
    })),
  ];
  const ordered = events.toSorted((a, b) => a.second - b.second);
  const lines = ordered.map(({ second, text }) => `${clock(second).padStart(6)}  ${text}`);
  const told = notifications.filter(({ state }) => state === "ALARM").length;
  return [...lines, `${clock(seconds).padStart(6)}  end: ${told} notifications of an ALARM`].join("\n");
}

/** The last part of an ARN, or the resource that a reference means. What is known after the apply stays as it is. */
export function shortName(action: string): string {
  if (action.startsWith("(")) return action;
  // CDKTF ends a name with eight digits of a hash.
  const reference = /^\$\{(?:[^.]+\.)?([^.]+?)(?:_[0-9A-F]{8})?\.[^.]+\}$/.exec(action)?.[1];
  return reference ?? action.split(":").at(-1) ?? action;
}
