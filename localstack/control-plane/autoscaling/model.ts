/** What a scalable target or policy belongs to: the three members that every request carries. */
export interface Dimension {
  readonly ServiceNamespace: string;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

export interface SuspendedState {
  readonly DynamicScalingInSuspended: boolean;
  readonly DynamicScalingOutSuspended: boolean;
  readonly ScheduledScalingSuspended: boolean;
}

export interface ScalableTarget extends Dimension {
  readonly MinCapacity: number;
  readonly MaxCapacity: number;
  readonly RoleARN: string;
  /** Seconds since the epoch. */
  readonly CreationTime: number;
  readonly ScalableTargetARN: string;
  readonly SuspendedState: SuspendedState;
}

export interface ScalingPolicy extends Dimension {
  readonly PolicyARN: string;
  readonly PolicyName: string;
  readonly PolicyType: string;
  readonly StepScalingPolicyConfiguration?: unknown;
  readonly TargetTrackingScalingPolicyConfiguration?: TargetTracking;
  /** The control plane evaluates them without keeping them in CloudWatch. */
  readonly Alarms: readonly ManagedAlarm[];
  /** Seconds since the epoch. */
  readonly CreationTime: number;
}

/** That target tracking rings by. */
export interface ManagedAlarm {
  readonly AlarmName: string;
  readonly AlarmARN: string;
}

export interface TargetTracking {
  readonly TargetValue: number;
  readonly PredefinedMetricSpecification?: { readonly PredefinedMetricType: string; readonly ResourceLabel?: string };
  /** Seconds. */
  readonly ScaleOutCooldown?: number;
  readonly ScaleInCooldown?: number;
  readonly DisableScaleIn?: boolean;
}

export interface ScalingActivity extends Dimension {
  readonly ActivityId: string;
  readonly Description: string;
  readonly Cause: string;
  readonly StatusCode: "Successful";
  /** Seconds since the epoch. */
  readonly StartTime: number;
}

/** What one account has in one region. */
export interface Account {
  readonly targets: Map<string, ScalableTarget>;
  readonly policies: Map<string, ScalingPolicy>;
  /** Newest first. */
  readonly activities: ScalingActivity[];
  /** By the ARN of a scalable target. */
  readonly tags: Map<string, Map<string, string>>;
}

/** By account and region. */
export type Accounts = Map<string, Account>;

export function accountIn(accounts: Accounts, account: string, region: string): Account {
  const key = `${account}/${region}`;
  const existing = accounts.get(key) ?? { targets: new Map(), policies: new Map(), activities: [], tags: new Map() };
  accounts.set(key, existing);
  return existing;
}

export function keyOf(dimension: Dimension, ...more: string[]): string {
  return [dimension.ServiceNamespace, dimension.ResourceId, dimension.ScalableDimension, ...more].join("|");
}
