import type { AnyAlarm, MetricAlarm, State } from "./alarm";
import { CompositeEvaluation, inOrder } from "./composite-evaluation";
import { MetricEvaluation } from "./metric-evaluation";
import type { SeriesSet } from "./series";

export interface Transition {
  /** Minutes since the start of the series. */
  readonly minute: number;
  readonly alarm: string;
  readonly from: State;
  readonly to: State;
}

export interface Notification {
  readonly minute: number;
  readonly alarm: string;
  readonly state: State;
  /** ARN, or what names it before it exists. */
  readonly action: string;
}

export interface Timeline {
  readonly minutes: number;
  readonly transitions: readonly Transition[];
  readonly notifications: readonly Notification[];
}

export interface SimulationOptions {
  readonly minutes: number;
  /** How long a datapoint takes until alarms see it. */
  readonly delayMinutes: number;
}

/** What metric alarms did over one incident; given again, they are not evaluated again. */
export type Memory = Map<MetricAlarm, readonly Transition[]>;

/**
 * The alarms, evaluated each minute over the series of an incident. They start as new ones do, in INSUFFICIENT_DATA, and act on changes:
 * metric alarms at once, composites when their rule changes and nothing suppresses them.
 */
export function simulate(
  alarms: readonly AnyAlarm[],
  series: SeriesSet,
  options: SimulationOptions,
  memory: Memory = new Map(),
): Timeline {
  for (const alarm of alarms) {
    if (alarm.kind === "metric" && !memory.has(alarm)) memory.set(alarm, transitionsOf(alarm, series, options));
  }
  return new Simulation(alarms, options, memory).run();
}

function transitionsOf(alarm: MetricAlarm, series: SeriesSet, { minutes, delayMinutes }: SimulationOptions) {
  const evaluation = new MetricEvaluation(alarm, series);
  const transitions: Transition[] = [];
  let from: State = "INSUFFICIENT_DATA";
  for (let minute = 1; minute <= minutes; minute++) {
    if (!evaluation.isDue(minute)) continue;
    const to = evaluation.state(minute - delayMinutes, from);
    if (to !== from) transitions.push({ minute, alarm: alarm.name, from, to });
    from = to;
  }
  return transitions;
}

class Simulation {
  private readonly states = new Map<string, State>();
  private readonly transitions: Transition[] = [];
  private readonly notifications: Notification[] = [];
  /** Of metric alarms, by minute. */
  private readonly given = new Map<number, { readonly alarm: MetricAlarm; readonly to: State }[]>();
  private readonly composites: readonly CompositeEvaluation[];

  constructor(
    alarms: readonly AnyAlarm[],
    private readonly options: SimulationOptions,
    memory: Memory,
  ) {
    for (const alarm of alarms) {
      this.states.set(alarm.name, "INSUFFICIENT_DATA");
      if (alarm.kind === "composite") continue;
      for (const { minute, to } of memory.get(alarm) ?? []) {
        this.given.set(minute, [...(this.given.get(minute) ?? []), { alarm, to }]);
      }
    }
    const composites = alarms.filter((alarm) => alarm.kind === "composite");
    this.composites = inOrder(composites.map((alarm) => new CompositeEvaluation(alarm)));
  }

  run(): Timeline {
    const { minutes } = this.options;
    for (let minute = 1; minute <= minutes; minute++) {
      for (const { alarm, to } of this.given.get(minute) ?? []) {
        if (this.change(alarm, to, minute)) this.act(alarm, to, minute);
      }
      for (const composite of this.composites) {
        const before = this.stateOf(composite.alarm.name);
        const { state, acts } = composite.step(minute, before, (name) => this.stateOf(name));
        this.change(composite.alarm, state, minute);
        if (acts) this.act(composite.alarm, state, minute);
      }
    }
    return { minutes, transitions: this.transitions, notifications: this.notifications };
  }

  private stateOf(name: string): State {
    return this.states.get(name) ?? "INSUFFICIENT_DATA";
  }

  private change(alarm: AnyAlarm, to: State, minute: number): boolean {
    const from = this.stateOf(alarm.name);
    if (from === to) return false;
    this.states.set(alarm.name, to);
    this.transitions.push({ minute, alarm: alarm.name, from, to });
    return true;
  }

  private act(alarm: AnyAlarm, state: State, minute: number): void {
    for (const action of alarm.actions[state]) {
      this.notifications.push({ minute, alarm: alarm.name, state, action });
    }
  }
}
