/** CloudWatch alarms, with CloudWatch's words. Times are in seconds. */

export const states = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;
export type State = (typeof states)[number];

export const missingDataTreatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
export type MissingData = (typeof missingDataTreatments)[number];

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

/** Comparisons with the band that `threshold_metric_id` names. */
export const bandComparisons = {
  LessThanLowerOrGreaterThanUpperThreshold: (value: number, { lower, upper }: BandValue) =>
    value < lower || value > upper,
  LessThanLowerThreshold: (value: number, { lower }: BandValue) => value < lower,
  GreaterThanUpperThreshold: (value: number, { upper }: BandValue) => value > upper,
} as const;

export interface BandValue {
  readonly lower: number;
  readonly upper: number;
}

export type Comparison = keyof typeof comparisons | keyof typeof bandComparisons;

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric as an alarm reads it. */
export interface MetricRead extends Metric {
  /** How long the time is that makes one datapoint. */
  readonly periodSeconds: number;
  /** `Sum`, `Average`, `p99`, `PR(:1)` … */
  readonly statistic: string;
  /** Only samples of this unit are read. @default of every unit */
  readonly unit?: string;
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
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly comparison: Comparison;
  /** A number, or the id of the band of an anomaly detector. */
  readonly threshold: number | { readonly band: string };
  readonly treatMissingData: MissingData;
  /** What happens to a percentile of few samples. @default evaluate */
  readonly lowSamples?: "evaluate" | "ignore";
}

export interface CompositeAlarm extends Alarm {
  readonly kind: "composite";
  readonly rule: string;
  /** While this alarm is in ALARM, the composite changes its state and executes no action. */
  readonly suppressor: {
    readonly alarm: string;
    readonly waitSeconds: number;
    readonly extensionSeconds: number;
  } | null;
}

export type AnyAlarm = MetricAlarm | CompositeAlarm;

/** Something about an alarm, a test or an incident that its author can put right. */
export class LabError extends Error {}
