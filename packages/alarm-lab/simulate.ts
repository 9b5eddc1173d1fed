import type { AnyAlarm, MetricAlarm, State } from "./alarm";
import { type AssumptionName, type Assumptions, defaults } from "./assumptions";
import { CompositeEvaluation, inOrder } from "./composite-evaluation";
import type { Datapoint, Verdict } from "./evaluate";
import { MetricEvaluation } from "./metric-evaluation";
import type { SeriesSet } from "./series";

export interface Transition {
  /** Seconds since the start of the test. */
  readonly second: number;
  readonly alarm: string;
  readonly from: State;
  readonly to: State;
  /** Of a metric alarm: how it came about, and the datapoints that were judged. */
  readonly verdict?: Verdict;
  readonly judged?: readonly Datapoint[];
  /** Of a composite alarm: why its actions are not executed now. */
  readonly suppressedBy?: string;
}

export interface Notification {
  readonly second: number;
  readonly alarm: string;
  readonly state: State;
  /** ARN, or what names it before it exists. */
  readonly action: string;
}

export interface Timeline {
  readonly seconds: number;
  /** The state of each alarm at second 0. */
  readonly initial: ReadonlyMap<string, State>;
  readonly transitions: readonly Transition[];
  readonly notifications: readonly Notification[];
  /** The assumptions that decided something. */
  readonly depends: ReadonlySet<AssumptionName>;
  /** Of metric alarms that never changed: how the last evaluation came about. */
  readonly unchanged: readonly Unchanged[];
}

export interface Unchanged {
  readonly alarm: string;
  readonly state: State;
  readonly verdict: Verdict;
  readonly judged: readonly Datapoint[];
}

export function stateAt({ initial, transitions }: Timeline, alarm: string, second: number): State {
  const last = transitions.findLast((each) => each.alarm === alarm && each.second <= second);
  return last?.to ?? initial.get(alarm) ?? "INSUFFICIENT_DATA";
}

export interface SimulationOptions {
  readonly seconds: number;
  /** How much older than an evaluation its newest period is. @default 0 */
  readonly evaluationDelaySeconds?: number;
  readonly assume?: Assumptions;
  /** When second 0 is, in seconds since 1970. @default 0 */
  readonly startEpoch?: number;
  /** Alarms have been evaluated once at second 0, without actions. @default false: they are new, in INSUFFICIENT_DATA */
  readonly isSettled?: boolean;
}

/** What a metric alarm did over one test. */
export interface MetricRun {
  readonly initial: State;
  readonly transitions: readonly Transition[];
  readonly depends: ReadonlySet<AssumptionName>;
  readonly unchanged?: Unchanged;
}

/** Runs of metric alarms; given again, they are not evaluated again. */
export type Memory = Map<MetricAlarm, MetricRun>;

/** The alarms over the series of a test. They act on changes: metric alarms at once, composites when nothing suppresses them. */
export function simulate(
  alarms: readonly AnyAlarm[],
  series: SeriesSet,
  options: SimulationOptions,
  memory: Memory = new Map(),
): Timeline {
  for (const alarm of alarms) {
    if (alarm.kind === "metric" && !memory.has(alarm)) memory.set(alarm, runOf(alarm, series, options));
  }
  return new Simulation(alarms, options, memory).run();
}

function runOf(alarm: MetricAlarm, series: SeriesSet, options: SimulationOptions): MetricRun {
  const { seconds, evaluationDelaySeconds = 0, isSettled = false } = options;
  const evaluation = new MetricEvaluation(alarm, series, options);
  const transitions: Transition[] = [];
  const first: State = "INSUFFICIENT_DATA";
  const initial = isSettled ? evaluation.state(-evaluationDelaySeconds, first) : first;
  let from = initial;
  const every = evaluation.everySeconds;
  for (let second = firstDue(evaluation, every); second <= seconds; second += every) {
    const now = second - evaluationDelaySeconds;
    const verdict = evaluation.verdict(now, from);
    const { state: to } = verdict;
    if (to !== from) {
      transitions.push({ second, alarm: alarm.name, from, to, verdict, judged: evaluation.datapoints(now) });
    }
    from = to;
  }
  const { depends } = evaluation;
  if (transitions.length > 0) return { initial, transitions, depends };
  const now = seconds - evaluationDelaySeconds;
  const last = { verdict: evaluation.verdict(now, from), judged: evaluation.datapoints(now) };
  return { initial, transitions, depends, unchanged: { alarm: alarm.name, state: initial, ...last } };
}

function firstDue(evaluation: MetricEvaluation, every: number): number {
  let second = Math.min(every, 60);
  while (!evaluation.isDue(second)) second += Math.min(every, 60);
  return second;
}

/** Composites are evaluated for the first time at the end of the first minute. */
const firstEvaluation = 60;

class Simulation {
  private readonly states = new Map<string, State>();
  private readonly initial: ReadonlyMap<string, State>;
  private readonly transitions: Transition[] = [];
  private readonly notifications: Notification[] = [];
  private readonly depends = new Set<AssumptionName>();
  private readonly byName: ReadonlyMap<string, AnyAlarm>;
  private readonly unchanged: readonly Unchanged[];
  /** Of metric alarms, in the order of time. */
  private readonly given: readonly Transition[];
  private readonly composites: readonly CompositeEvaluation[];

  constructor(
    alarms: readonly AnyAlarm[],
    private readonly options: SimulationOptions,
    memory: Memory,
  ) {
    const { assume = defaults, isSettled = false } = options;
    const runs = alarms.flatMap((alarm) => (alarm.kind === "metric" ? (memory.get(alarm) ?? []) : []));
    this.unchanged = runs.flatMap(({ unchanged }) => unchanged ?? []);
    this.byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
    for (const { depends } of runs) for (const name of depends) this.depends.add(name);
    this.given = runs.flatMap(({ transitions }) => transitions).sort((a, b) => a.second - b.second);
    const composites = alarms.filter((alarm) => alarm.kind === "composite");
    this.composites = inOrder(composites.map((alarm) => new CompositeEvaluation(alarm, assume)));
    for (const alarm of alarms) {
      this.states.set(
        alarm.name,
        alarm.kind === "metric" ? (memory.get(alarm)?.initial ?? "INSUFFICIENT_DATA") : "INSUFFICIENT_DATA",
      );
    }
    if (isSettled) this.settle();
    this.initial = new Map(this.states);
  }

  private settle(): void {
    for (const { alarm, rule } of this.composites) {
      this.states.set(alarm.name, rule.holds((name) => this.stateOf(name)) ? "ALARM" : "OK");
    }
    // A suppressor that is in ALARM already.
    for (const composite of this.composites) {
      composite.step(0, this.stateOf(composite.alarm.name), (name) => this.stateOf(name));
    }
  }

  run(): Timeline {
    const { seconds, isSettled = false } = this.options;
    let next = 0;
    let isNew = !isSettled;
    for (;;) {
      const second = this.nextSecond(this.given[next]?.second, isNew ? firstEvaluation : undefined);
      if (second === undefined || second > seconds) break;
      for (let change = this.given[next]; change && change.second === second; change = this.given[++next]) {
        this.states.set(change.alarm, change.to);
        this.transitions.push(change);
        this.act(change.alarm, change.to, second);
      }
      // New composites are not evaluated before metric alarms of short periods change for the first time.
      isNew = isNew && second < firstEvaluation;
      for (const composite of this.composites) this.step(composite, second);
    }
    this.repeatScaling();
    for (const composite of this.composites) for (const name of composite.depends) this.depends.add(name);
    this.notifications.sort((a, b) => a.second - b.second);
    const { initial, transitions, notifications, depends, unchanged } = this;
    return { seconds, initial, transitions, notifications, depends, unchanged };
  }

  private nextSecond(...others: (number | undefined)[]): number | undefined {
    const due = [...others, ...this.composites.map(({ dueAt }) => dueAt ?? undefined)];
    const known = due.filter((second) => second !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  private step(composite: CompositeEvaluation, second: number): void {
    const { name } = composite.alarm;
    const from = this.stateOf(name);
    const { state: to, actsOn, suppressedBy } = composite.step(second, from, (other) => this.stateOf(other));
    if (from !== to) {
      this.states.set(name, to);
      this.transitions.push({ second, alarm: name, from, to, ...(suppressedBy && { suppressedBy }) });
    }
    for (const state of actsOn) this.act(name, state, second);
  }

  private stateOf(name: string): State {
    return this.states.get(name) ?? "INSUFFICIENT_DATA";
  }

  private act(name: string, state: State, second: number): void {
    for (const action of this.byName.get(name)?.actions[state] ?? []) {
      if (state !== "ALARM" && isSystemsManager(action)) continue;
      this.notifications.push({ second, alarm: name, state, action });
    }
  }

  /** "For Auto Scaling actions, the alarm continues to invoke the action once per minute that the alarm remains in the new state." */
  private repeatScaling(): void {
    for (const alarm of this.byName.values()) {
      if (alarm.kind !== "metric" || !Object.values(alarm.actions).flat().some(isScaling)) continue;
      const own = this.transitions.filter((each) => each.alarm === alarm.name);
      for (const [index, { second: from, to: state }] of own.entries()) {
        const scaling = alarm.actions[state].filter(isScaling);
        const end = own[index + 1]?.second ?? this.options.seconds + 1;
        for (let second = from + 60; scaling.length > 0 && second < end; second += 60) {
          this.notifications.push(...scaling.map((action) => ({ second, alarm: alarm.name, state, action })));
        }
      }
    }
  }
}

/** OpsItems and incidents: "these actions are performed only when the alarm goes into ALARM state". */
function isSystemsManager(action: string): boolean {
  return /^arn:[^:]*:ssm(-incidents)?:/.test(action);
}

function isScaling(action: string): boolean {
  return action.split(":")[2] === "autoscaling";
}
