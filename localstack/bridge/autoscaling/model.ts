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
  readonly TargetTrackingScalingPolicyConfiguration?: unknown;
  /** The bridge does not scale yet, so it owns no alarms. */
  readonly Alarms: readonly never[];
  /** Seconds since the epoch. */
  readonly CreationTime: number;
}

/** What one account has in one region. */
export interface Account {
  readonly targets: Map<string, ScalableTarget>;
  readonly policies: Map<string, ScalingPolicy>;
  /** By the ARN of a scalable target. */
  readonly tags: Map<string, Map<string, string>>;
}

export function keyOf(dimension: Dimension, ...more: string[]): string {
  return [dimension.ServiceNamespace, dimension.ResourceId, dimension.ScalableDimension, ...more].join("|");
}
