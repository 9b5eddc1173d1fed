import type { AnyAlarm, MetricAlarm } from "./alarm";
import { type AssumptionName, type Assumptions, alternatives } from "./assumptions";
import { evaluationRange } from "./evaluate";
import { type Failure, failuresOf } from "./expectation";
import { type SeriesDescription, SeriesSet } from "./series";
import { type Memory, type SimulationOptions, simulate, type Timeline } from "./simulate";
import type { Test } from "./test-file";
import { clock } from "./time";

/** An assumption under which a test goes otherwise. */
export interface Dependence {
  readonly name: AssumptionName;
  readonly assumed: string | number | boolean;
  readonly other: string | number | boolean;
  /** What is otherwise first. */
  readonly effect: string;
  /** Whether the test passes then, if it does not now, or the other way round. */
  readonly changesVerdict: boolean;
}

export interface TestResult {
  readonly test: Test;
  readonly timeline: Timeline;
  readonly failures: readonly Failure[];
  readonly dependences: readonly Dependence[];
}

/** A test whose series were read once, to be run with as many alarms as one likes. */
export class LoadedTest {
  readonly series: SeriesSet;
  private readonly memory: Memory = new Map();
  private readonly options: SimulationOptions;

  constructor(
    readonly test: Test,
    alarms: readonly AnyAlarm[],
    private readonly assume: Assumptions,
  ) {
    const { seconds, evaluationDelaySeconds, startEpoch, history } = test;
    const before = history === "first" ? longestRange(alarms, assume) + evaluationDelaySeconds : 0;
    this.series = SeriesSet.of(
      test.series.map((series) => withHistory(series, before)),
      assume,
    );
    this.options = { seconds, evaluationDelaySeconds, startEpoch, assume, isSettled: history === "first" };
  }

  timeline(alarms: readonly AnyAlarm[]): Timeline {
    return simulate(alarms, this.series, this.options, this.memory);
  }

  failures(alarms: readonly AnyAlarm[]): Failure[] {
    return failuresOf(this.test, this.timeline(alarms));
  }

  /** An alarm that is run once need not be remembered. */
  forget(alarm: AnyAlarm): void {
    if (alarm.kind === "metric") this.memory.delete(alarm);
  }

  run(alarms: readonly AnyAlarm[]): TestResult {
    const timeline = this.timeline(alarms);
    const failures = failuresOf(this.test, timeline);
    return { test: this.test, timeline, failures, dependences: this.dependences(alarms, timeline) };
  }

  /** Runs the test with each other answer to the questions that decided something; one answer a question is told. */
  private dependences(alarms: readonly AnyAlarm[], timeline: Timeline): Dependence[] {
    const passes = failuresOf(this.test, timeline).length === 0;
    const found = alternatives(this.assume, timeline.depends).flatMap(({ name, assumptions }): Dependence[] => {
      const others: Memory = new Map([...this.memory].filter(([, { depends }]) => !depends.has(name)));
      const other = simulate(alarms, this.series.with(assumptions), { ...this.options, assume: assumptions }, others);
      const effect = differenceOf(timeline, other);
      const changesVerdict = (failuresOf(this.test, other).length === 0) !== passes;
      const [assumed, answer] = [this.assume[name], assumptions[name]];
      return effect ? [{ name, assumed, other: answer, effect, changesVerdict }] : [];
    });
    const names = [...new Set(found.map(({ name }) => name))];
    return names.flatMap((name) => {
      const own = found.filter((each) => each.name === name);
      return own.find(({ changesVerdict }) => changesVerdict) ?? own[0] ?? [];
    });
  }
}

function longestRange(alarms: readonly AnyAlarm[], assume: Assumptions): number {
  const rangeOf = (alarm: MetricAlarm) => (evaluationRange(alarm, assume) + 1) * alarm.periodSeconds;
  return Math.max(0, ...alarms.map((alarm) => (alarm.kind === "metric" ? rangeOf(alarm) : 0)));
}

/** The first point also before minute 0. */
function withHistory(series: SeriesDescription, seconds: number): SeriesDescription {
  const { points, startSecond = 0, stepSeconds = 60, delaySeconds = 0 } = series;
  if (startSecond !== 0 || points[0] === undefined) return series;
  const count = Math.ceil((seconds + delaySeconds) / stepSeconds);
  return { ...series, startSecond: -count * stepSeconds, points: [...Array(count).fill(points[0]), ...points] };
}

function differenceOf(timeline: Timeline, other: Timeline): string | undefined {
  const lines = ({ initial, transitions, notifications }: Timeline) => [
    ...[...initial].map(([alarm, state]) => ({ second: 0, text: `${alarm} is ${state}` })),
    ...transitions.map(({ second, alarm, to }) => ({ second, text: `${alarm} goes into ${to}` })),
    ...notifications.map(({ second, alarm, state }) => ({ second, text: `${alarm} notifies of ${state}` })),
  ];
  const key = ({ second, text }: { second: number; text: string }) => `${second} ${text}`;
  const [here, there] = [lines(timeline), lines(other)];
  const [ofHere, ofThere] = [new Set(here.map(key)), new Set(there.map(key))];
  const lost = here.filter((line) => !ofThere.has(key(line)));
  const gained = there.filter((line) => !ofHere.has(key(line)));
  const first = [...lost, ...gained].sort((a, b) => a.second - b.second)[0];
  return first && `at ${clock(first.second)} ${gained.includes(first) ? "" : "not: "}${first.text}`;
}
