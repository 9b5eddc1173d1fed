import type { Metric, MetricAlarm } from "../../../packages/alarm-lab/alarm";
import { MetricEvaluation } from "../../../packages/alarm-lab/metric-evaluation";
import type { MetricHistory } from "../cloudwatch/samples";
import { type Account, keyOf, type ScalableTarget, type ScalingPolicy, type TargetTracking } from "./model";

/** The services whose tasks are counted and changed. */
export interface Services {
  desiredCount(resourceId: string): Promise<number>;
  setDesiredCount(resourceId: string, count: number): Promise<void>;
}

/** When a policy asks for tasks, and when it can do without: the alarms that AWS keeps for each policy. */
const rings = {
  high: { comparison: "GreaterThanThreshold", periods: 3, share: 1 },
  low: { comparison: "LessThanThreshold", periods: 15, share: 0.9 },
} as const;

/** What the policies of one target make of it. */
interface WantedCount {
  readonly count: number;
  readonly policy: ScalingPolicy;
  readonly value: number;
}

interface Cooldown {
  readonly until: number;
  readonly count: number;
}

/**
 * Target tracking as the Application Auto Scaling user guide describes it: out as soon as one policy asks for it, in when all agree, and
 * not again during a cooldown, unless even more is needed.
 */
export class TargetTrackingScaling {
  private readonly out = new Map<string, Cooldown>();
  private readonly in = new Map<string, Cooldown>();

  constructor(
    private readonly account: Account,
    private readonly services: Services,
  ) {}

  /** Times are in CloudWatch's minutes. */
  async step(history: MetricHistory, minute: number): Promise<void> {
    for (const target of this.account.targets.values()) {
      const policies = [...this.account.policies.values()].filter((policy) => keyOf(policy) === keyOf(target));
      const current = await this.services.desiredCount(target.ResourceId);
      const wanted = wantedCountOf(target, policies, current, history);
      if (wanted && wanted.count !== current && this.isAllowed(target, wanted, current, minute)) {
        await this.scale(target, wanted, current, minute);
      }
    }
  }

  private isAllowed(target: ScalableTarget, { count }: WantedCount, current: number, minute: number): boolean {
    const [out, inward] = [this.out.get(keyOf(target)), this.in.get(keyOf(target))];
    if (count > current) return !out || minute >= out.until || count > out.count;
    return (!out || minute >= out.until) && (!inward || minute >= inward.until);
  }

  private async scale(target: ScalableTarget, { count, policy, value }: WantedCount, before: number, minute: number) {
    const { ScaleOutCooldown = 300, ScaleInCooldown = 300, TargetValue } = trackingOf(policy);
    await this.services.setDesiredCount(target.ResourceId, count);
    const seconds = count > before ? ScaleOutCooldown : ScaleInCooldown;
    // Scaling out ends the wait after a scale-in.
    this.in.delete(keyOf(target));
    (count > before ? this.out : this.in).set(keyOf(target), { until: minute + seconds / 60, count });
    this.account.activities.unshift({
      ...{ ServiceNamespace: target.ServiceNamespace, ResourceId: target.ResourceId },
      ScalableDimension: target.ScalableDimension,
      ActivityId: `${target.ResourceId}-${minute}`,
      Description: `Setting desired count to ${count}.`,
      Cause: `${policy.PolicyName}: ${Number(value.toPrecision(4))} where ${TargetValue} is the target`,
      StatusCode: "Successful",
      StartTime: Date.now() / 1000,
    });
  }
}

function wantedCountOf(
  target: ScalableTarget,
  policies: readonly ScalingPolicy[],
  current: number,
  { series, end }: MetricHistory,
): WantedCount | undefined {
  const { MinCapacity, MaxCapacity, SuspendedState: suspended } = target;
  const read = policies
    .filter((policy) => trackingOf(policy).PredefinedMetricSpecification !== undefined)
    .map((policy) => {
      const { TargetValue, DisableScaleIn = false } = trackingOf(policy);
      const high = new MetricEvaluation(alarmOf(policy, "high"), series);
      const low = new MetricEvaluation(alarmOf(policy, "low"), series);
      const value = high.compared(end * 60) ?? 0;
      return {
        ...{ policy, value, DisableScaleIn },
        count: Math.min(Math.max(Math.ceil((current * value) / TargetValue), MinCapacity), MaxCapacity),
        isHigh: high.state(end * 60, "INSUFFICIENT_DATA") === "ALARM",
        isLow: low.state(end * 60, "INSUFFICIENT_DATA") === "ALARM",
      };
    });
  const most = (wishes: typeof read) => wishes.toSorted((a, b) => b.count - a.count)[0];
  const more = most(read.filter(({ isHigh, count }) => isHigh && count > current));
  if (more) return suspended.DynamicScalingOutSuspended ? undefined : more;
  const deciding = read.filter(({ DisableScaleIn }) => !DisableScaleIn);
  const fewer = deciding.every(({ isLow, count }) => isLow && count < current) ? most(deciding) : undefined;
  return suspended.DynamicScalingInSuspended ? undefined : fewer;
}

function alarmOf(policy: ScalingPolicy, kind: keyof typeof rings): MetricAlarm {
  const { comparison, periods, share } = rings[kind];
  return {
    kind: "metric",
    name: `TargetTracking-${policy.ResourceId}-${kind}`,
    description: "",
    address: policy.PolicyARN,
    actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
    queries: new Map([["m", { metric: { ...metricOf(policy), periodSeconds: 60 } }]]),
    compared: "m",
    periodSeconds: 60,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    comparison,
    threshold: trackingOf(policy).TargetValue * share,
    treatMissingData: "missing",
  };
}

function metricOf(policy: ScalingPolicy): Metric & { readonly statistic: string } {
  const { PredefinedMetricType = "", ResourceLabel = "" } = trackingOf(policy).PredefinedMetricSpecification ?? {};
  const [, ClusterName = "", ServiceName = ""] = policy.ResourceId.split("/");
  if (PredefinedMetricType === "ALBRequestCountPerTarget") {
    const TargetGroup = ResourceLabel.replace(/^.*(?=targetgroup\/)/, "");
    return {
      ...{ namespace: "AWS/ApplicationELB", name: "RequestCountPerTarget", dimensions: { TargetGroup } },
      statistic: "Sum",
    };
  }
  const name = PredefinedMetricType === "ECSServiceAverageMemoryUtilization" ? "MemoryUtilization" : "CPUUtilization";
  return { namespace: "AWS/ECS", name, dimensions: { ClusterName, ServiceName }, statistic: "Average" };
}

function trackingOf({ TargetTrackingScalingPolicyConfiguration }: ScalingPolicy): TargetTracking {
  return TargetTrackingScalingPolicyConfiguration ?? { TargetValue: Number.POSITIVE_INFINITY };
}
