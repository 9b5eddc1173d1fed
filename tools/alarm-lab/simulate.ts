import type { AnyAlarm, CompositeAlarm, MetricAlarm, State } from "./alarm";
import { type CompositeRule, compileRule } from "./composite-rule";
import { evaluate, evaluationRange } from "./evaluate";
import { compile, type Formula } from "./metric-math";
import type { Series, SeriesSet } from "./series";

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
  private readonly composites: readonly Composite[];

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
    this.composites = inOrder(alarms.filter((alarm) => alarm.kind === "composite"));
  }

  run(): Timeline {
    const { minutes } = this.options;
    for (let minute = 1; minute <= minutes; minute++) {
      for (const { alarm, to } of this.given.get(minute) ?? []) {
        if (this.change(alarm, to, minute)) this.act(alarm, to, minute);
      }
      for (const composite of this.composites) this.step(composite, minute);
    }
    return { minutes, transitions: this.transitions, notifications: this.notifications };
  }

  /**
   * Actions of a composite with a suppressor: held back while the suppressor is in ALARM; when it is not, the composite waits whether it
   * becomes so; when it was and no longer is, the composite waits for the extension, and acts if it is still in ALARM.
   */
  private step({ alarm, rule, pending }: Composite, minute: number): void {
    const inAlarm = rule.holds((name) => this.stateOf(name));
    const state: State = inAlarm ? "ALARM" : "OK";
    const changed = this.change(alarm, state, minute);
    const { suppressor } = alarm;
    if (!suppressor) {
      if (changed) this.act(alarm, state, minute);
      return;
    }
    if (changed) pending.due = { state, at: minute + suppressor.waitMinutes };
    if (!pending.due) return;
    if (this.stateOf(suppressor.alarm) === "ALARM") {
      // An OK after a suppressed ALARM is not told either.
      pending.due = pending.due.state === "ALARM" ? { state, at: minute + suppressor.extensionMinutes } : null;
    } else if (minute >= pending.due.at || pending.due.state === "OK") {
      if (pending.due.state === state) this.act(alarm, state, minute);
      pending.due = null;
    }
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

class MetricEvaluation {
  private readonly series = new Map<string, Series | null>();
  private readonly formulas = new Map<string, Formula>();

  constructor(
    readonly alarm: MetricAlarm,
    series: SeriesSet,
  ) {
    for (const [id, query] of alarm.queries) {
      if ("metric" in query) this.series.set(id, series.find(query.metric));
      else this.formulas.set(id, compile(query.expression));
    }
  }

  /** Each minute; each hour when the window is longer than a day. */
  isDue(minute: number): boolean {
    return this.alarm.periodMinutes * this.alarm.evaluationPeriods <= 24 * 60 || minute % 60 === 0;
  }

  state(end: number, current: State): State {
    const { periodMinutes } = this.alarm;
    const datapoints = Array.from({ length: evaluationRange(this.alarm) }, (_, age) =>
      this.value(this.alarm.compared, end - age * periodMinutes),
    );
    return evaluate(this.alarm, datapoints, current);
  }

  private value(id: string, end: number): number | null {
    const query = this.alarm.queries.get(id);
    if (query && "metric" in query) {
      return this.series.get(id)?.statistic(query.metric.statistic, end - this.alarm.periodMinutes, end) ?? null;
    }
    return this.formulas.get(id)?.((other) => this.value(other, end)) ?? null;
  }
}

interface Composite {
  readonly alarm: CompositeAlarm;
  readonly rule: CompositeRule;
  /** What it will tell, and when, unless it is suppressed until then. */
  readonly pending: { due: { readonly state: State; readonly at: number } | null };
}

/** Each after the composites that it depends on, so that a minute settles in one pass. */
function inOrder(alarms: readonly CompositeAlarm[]): Composite[] {
  const byName = new Map(
    alarms.map((alarm) => [alarm.name, { alarm, rule: compileRule(alarm.rule), pending: { due: null } }]),
  );
  const ordered = new Set<Composite>();
  const visit = (name: string): void => {
    const composite = byName.get(name);
    if (!composite || ordered.has(composite)) return;
    byName.delete(name);
    for (const child of composite.rule.alarms) visit(child);
    if (composite.alarm.suppressor) visit(composite.alarm.suppressor.alarm);
    ordered.add(composite);
  };
  for (const { name } of alarms) visit(name);
  return [...ordered];
}
