import type { AnyAlarm } from "../../packages/alarm-lab/alarm";
import { before, type DesignedIncident } from "./incident";

/** An entry of `expect` in a test file of alarm-lab. Times are in minutes. */
export interface Expected {
  readonly at?: string;
  readonly within?: string;
  readonly alarm?: string;
  readonly except?: readonly string[];
  readonly state?: "ALARM" | "OK";
  readonly notified?: string;
  readonly times?: number;
}

interface Context {
  readonly prefix: string;
  /** First minute in which users were hurt. */
  readonly hurtFrom: number | null;
  /** Minutes that are allowed until the page. */
  readonly allowed: number;
  readonly alarms: readonly AnyAlarm[];
}

/** New alarms have no data yet, which some take for trouble. */
export const warmUp = 30;

/** What an incident should bring about, as `alarm-lab test` reads it. */
export function expectedOf(incident: DesignedIncident, context: Context): Expected[] {
  const { prefix } = context;
  return [
    ...pages(incident, context),
    ...rings(incident, context),
    ...(incident.quiet ? quiet(incident, prefix) : []),
    ...end(incident, prefix),
  ];
}

const afterWarmUp = `${warmUp + 1}m..`;

function ownNames({ rings: named }: DesignedIncident, prefix: string): string[] {
  return Object.keys(named).map((id) => `${prefix}-${id}`);
}

/** One page, in time, by the service at fault; or none. */
function pages(incident: DesignedIncident, { prefix, hurtFrom, allowed }: Context): Expected[] {
  const { culprit } = incident;
  if (culprit === null) {
    return [{ within: afterWarmUp, except: ownNames(incident, prefix), notified: "page", times: 0 }];
  }
  const alarm = `${prefix}-${culprit}`;
  return [
    { within: afterWarmUp, alarm, notified: "page", times: 1 },
    { within: afterWarmUp, except: [alarm], notified: "page", times: 0 },
    ...(hurtFrom === null ? [] : [{ within: `${warmUp + 1}m..${hurtFrom + allowed}m`, alarm, notified: "page" }]),
  ];
}

/** An alarm notifies somebody, or it is part of a page and must be in ALARM. */
function rings(incident: DesignedIncident, { prefix, alarms }: Context): Expected[] {
  const begin = Math.min(...[...incident.effects, ...(incident.shared ?? [])].map(({ from }) => from));
  const rules = alarms.flatMap((alarm) => (alarm.kind === "composite" ? alarm.rule : []));
  return Object.entries(incident.rings).map(([id, minutes]): Expected => {
    const alarm = `${prefix}-${id}`;
    const isPart = rules.some((rule) => rule.includes(`"${alarm}"`));
    const within = `${Math.max(begin, isPart ? 0 : warmUp) + 1}m..${begin + minutes}m`;
    return isPart ? { within, alarm, state: "ALARM" } : { within, alarm, notified: "somebody" };
  });
}

/** Nothing else notifies anybody, and nothing has since the start. */
function quiet(incident: DesignedIncident, prefix: string): Expected[] {
  const except = ownNames(incident, prefix);
  return [
    { within: afterWarmUp, except, notified: "ticket", times: 0 },
    { at: `${warmUp}m`, except, state: "ALARM", times: 0 },
  ];
}

function end({ overWithin, culprit, effects }: DesignedIncident, prefix: string): Expected[] {
  if (overWithin === undefined || !effects[0]) return [];
  const { to } = effects[0];
  const alarm = `${prefix}-${culprit}`;
  return [{ within: `${to + 1}m..${to + overWithin}m`, alarm, state: "OK", notified: "somebody" }];
}

/** What is wrong with an incident itself: it hurts whom it should not, or nobody. */
export function mistakesOf(incident: DesignedIncident, hurtFrom: number | null): string[] {
  if (incident.culprit === null) {
    return hurtFrom === null ? [] : [`designed to hurt nobody, it hurts from minute ${hurtFrom - before}`];
  }
  // Connections that are rejected are in no metric of requests.
  const isRejected = "rejected" in (incident.effects[0]?.change ?? {});
  return hurtFrom === null && !isRejected ? ["designed to hurt, and it hurts nobody"] : [];
}
