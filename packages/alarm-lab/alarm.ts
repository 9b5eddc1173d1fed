/** CloudWatch alarms, with CloudWatch's words. */

export const states = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;
export type State = (typeof states)[number];

export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;
export type Comparison = keyof typeof comparisons;

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric as an alarm reads it. */
export interface MetricRead extends Metric {
  /** Minutes that make one datapoint. */
  readonly periodMinutes: number;
  /** `Sum`, `Average`, `p99`, `PR(:1)` … */
  readonly statistic: string;
}

/** What an id of metric math stands for. */
export type Query = { readonly metric: MetricRead } | { readonly expression: string };

/** What happens when an alarm changes to a state: ARNs, or what names them before they exist. */
export type Actions = Readonly<Record<State, readonly string[]>>;

interface Alarm {
  readonly name: string;
  readonly description: string;
  /** Where the alarm was found. */
  readonly address: string;
  readonly actions: Actions;
}

export interface MetricAlarm extends Alarm {
  readonly kind: "metric";
  readonly queries: ReadonlyMap<string, Query>;
  /** The id whose value is compared. */
  readonly compared: string;
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly treatMissingData: MissingData;
}

export interface CompositeAlarm extends Alarm {
  readonly kind: "composite";
  readonly rule: string;
  /** While this alarm is in ALARM, the composite changes its state and acts on nothing. */
  readonly suppressor: {
    readonly alarm: string;
    readonly waitMinutes: number;
    readonly extensionMinutes: number;
  } | null;
}

export type AnyAlarm = MetricAlarm | CompositeAlarm;

/** Something about an alarm, or an incident, that its author can put right. */
export class LabError extends Error {}
