import { type AnyAlarm, LabError } from "../../packages/alarm-lab/alarm";
import { type Assumptions, defaults } from "../../packages/alarm-lab/assumptions";
import { readAlarms } from "../../packages/alarm-lab/read";
import { type PublishedSeries, SeriesSet } from "../../packages/alarm-lab/series";
import { simulate, type Timeline } from "../../packages/alarm-lab/simulate";

/** A case of the evaluator in `evaluator/`: its README.md has the format. */
export interface AwsCase {
  readonly minutes: number;
  readonly series: readonly AwsSeries[];
  readonly alarms: readonly Record<string, unknown>[];
  readonly assume?: Readonly<Record<string, string | number | boolean>>;
}

export interface AwsSeries {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly delaySeconds?: number;
  readonly storageResolution?: number;
  readonly points: readonly { readonly second: number; readonly values: readonly number[] }[];
}

export interface AwsResult {
  readonly alarms: Readonly<Record<string, readonly { readonly second: number; readonly state: string }[]>>;
  readonly actions: readonly { readonly second: number; readonly alarm: string; readonly actions: readonly string[] }[];
  readonly errors?: Readonly<Record<string, string>>;
}

/** What alarm-lab makes of a case, in the form of the evaluator's result. */
export function run(awsCase: AwsCase, assume: Assumptions = assumptionsOf(awsCase)): AwsResult {
  const { alarms, unreadable } = readAlarms(new Map([["case", { MetricAlarms: awsCase.alarms }]]));
  const options = { seconds: awsCase.minutes * 60, assume, startEpoch: Number(awsCase.assume?.start_epoch ?? 0) };
  const errors = Object.fromEntries(unreadable.map(({ name, reason }) => [name, reason]));
  const series = seriesSetOf(awsCase, assume);
  try {
    return { ...resultOf(alarms, simulate(alarms, series, options)), ...(unreadable.length > 0 && { errors }) };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { alarms: {}, actions: [], errors: { ...errors, case: error.message } };
  }
}

export function seriesSetOf({ series }: AwsCase, assume: Assumptions): SeriesSet {
  return new SeriesSet(series.map(published), assume);
}

function resultOf(alarms: readonly AnyAlarm[], { transitions, notifications }: Timeline): AwsResult {
  const places = new Map(alarms.map(({ name }, index) => [name, index]));
  const place = (name: string) => places.get(name) ?? 0;
  const changes = Object.fromEntries(
    alarms.map(({ name }) => [
      name,
      transitions.filter(({ alarm }) => alarm === name).map(({ second, to }) => ({ second, state: to })),
    ]),
  );
  const actions: { second: number; alarm: string; state: string; actions: string[] }[] = [];
  for (const { second, alarm, state, action } of notifications) {
    const last = actions.findLast((each) => each.alarm === alarm);
    if (last?.second === second && last.state === state) last.actions.push(action);
    else actions.push({ second, alarm, state, actions: [action] });
  }
  const sorted = actions.toSorted((a, b) => a.second - b.second || place(a.alarm) - place(b.alarm));
  return { alarms: changes, actions: sorted.map(({ state, ...rest }) => rest) };
}

function published(series: AwsSeries): PublishedSeries {
  const { namespace, metric: name, dimensions = {}, unit = "None", delaySeconds = 0, points } = series;
  const stored = (second: number) => (series.storageResolution === 60 ? Math.floor(second / 60) * 60 : second);
  const all = points.map(({ second, values }) => ({
    second: stored(second),
    visibleFrom: stored(second) + delaySeconds,
    samples: values.map((value) => [value, 1] as const),
  }));
  return { metric: { namespace, name, dimensions }, unit, published: all.sort((a, b) => a.second - b.second) };
}

/** alarm-lab's assumptions of a case; those that a case does not name are alarm-lab's own. */
export function assumptionsOf({ assume = {} }: AwsCase): Assumptions {
  const named = Object.entries(assume).map(([name, value]) => [name.replaceAll("_", "-"), value] as const);
  return { ...defaults, ...Object.fromEntries(named.filter(([name]) => name in defaults)) };
}

/** The same assumptions with the evaluator's names. */
export function namedByEvaluator(assume: Assumptions): Record<string, string | number | boolean> {
  const own = Object.entries(assume).filter(([name, value]) => !(name === "dynamodb" && value === "default"));
  const {
    extra_datapoints: extra = 2,
    period_alignment: alignment = "sliding",
    ...rest
  } = Object.fromEntries(own.map(([name, value]) => [name.replaceAll("-", "_"), value]));
  return {
    ...rest,
    ...{ extra_datapoints: extra, extra_datapoints_short_period: extra, extra_datapoints_multiday: extra },
    ...{ period_alignment: alignment, short_period_alignment: alignment },
  };
}
