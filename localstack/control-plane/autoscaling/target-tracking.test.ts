import { Samples } from "../cloudwatch/samples";
import type { Account, ScalableTarget, TargetTracking } from "./model";
import { TargetTrackingScaling } from "./target-tracking";

const dimension = {
  ServiceNamespace: "ecs",
  ResourceId: "service/dev/web",
  ScalableDimension: "ecs:service:DesiredCount",
};
const cpu = { PredefinedMetricType: "ECSServiceAverageCPUUtilization" };
const requests = {
  PredefinedMetricType: "ALBRequestCountPerTarget",
  ResourceLabel: "app/dev-public/1/targetgroup/dev-web/2",
};
const metrics = {
  cpu: { namespace: "AWS/ECS", name: "CPUUtilization", dimensions: { ClusterName: "dev", ServiceName: "web" } },
  requests: {
    namespace: "AWS/ApplicationELB",
    name: "RequestCountPerTarget",
    dimensions: { TargetGroup: "targetgroup/dev-web/2" },
  },
};

/** A service of two to six tasks, its policies, and how many tasks it wanted after each minute. */
class Scaled {
  count = 2;
  private readonly account: Account;
  private readonly samples = new Samples();
  private readonly scaling: TargetTrackingScaling;
  private minute = 0;

  constructor(suspended: Partial<ScalableTarget["SuspendedState"]>, ...policies: TargetTracking[]) {
    const target = {
      ...{ ...dimension, MinCapacity: 2, MaxCapacity: 6, RoleARN: "", CreationTime: 0, ScalableTargetARN: "" },
      SuspendedState: {
        ...{ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
        ...suspended,
      },
    };
    const policy = (tracking: TargetTracking, index: number) => ({
      ...{ ...dimension, PolicyARN: "", PolicyName: `policy-${index}`, PolicyType: "TargetTrackingScaling" },
      ...{ TargetTrackingScalingPolicyConfiguration: tracking, Alarms: [], CreationTime: 0 },
    });
    this.account = {
      targets: new Map([["web", target]]),
      policies: new Map(policies.map((tracking, index) => [String(index), policy(tracking, index)])),
      activities: [],
      tags: new Map(),
    };
    this.scaling = new TargetTrackingScaling(this.account, {
      desiredCount: async () => this.count,
      setDesiredCount: async (_, count) => {
        this.count = count;
      },
    });
  }

  get causes(): string[] {
    return this.account.activities.map(({ Description, Cause }) => `${Description} ${Cause}`);
  }

  async minutes(count: number, values: Partial<Record<keyof typeof metrics, number>>): Promise<number[]> {
    const counts: number[] = [];
    for (let each = 0; each < count; each++) {
      for (const [name, value] of Object.entries(values)) {
        this.samples.add(metrics[name as keyof typeof metrics], this.minute, value);
      }
      this.minute++;
      await this.scaling.step(this.samples.before(this.minute), this.minute);
      counts.push(this.count);
    }
    return counts;
  }
}

const at60 = { TargetValue: 60, ScaleOutCooldown: 120, ScaleInCooldown: 300, PredefinedMetricSpecification: cpu };

it("adds what the metric asks for after three minutes, and says why", async () => {
  const scaled = new Scaled({}, at60);
  expect(await scaled.minutes(3, { cpu: 90 })).toEqual([2, 2, 3]);
  expect(scaled.causes).toEqual(["Setting desired count to 3. policy-0: 90 where 60 is the target"]);
});

it("waits for the cooldown, unless even more is needed, and ends at the maximum", async () => {
  const scaled = new Scaled({}, at60);
  expect(await scaled.minutes(5, { cpu: 90 })).toEqual([2, 2, 3, 5, 6]);
  const steady = new Scaled({}, at60);
  await steady.minutes(3, { cpu: 61 });
  expect(steady.count).toBe(3);
  expect(await steady.minutes(1, { cpu: 59 })).toEqual([3]);
});

it("removes tasks after fifteen minutes below nine tenths of the target, and none below the minimum", async () => {
  const scaled = new Scaled({}, at60);
  scaled.count = 6;
  expect((await scaled.minutes(15, { cpu: 20 })).slice(-2)).toEqual([6, 2]);
  const calm = new Scaled({}, at60);
  calm.count = 6;
  await calm.minutes(30, { cpu: 55 });
  expect(calm.count).toBe(6);
});

it("goes out when one policy asks for it, and in only when all agree", async () => {
  const perTarget = { TargetValue: 500, PredefinedMetricSpecification: requests };
  const busy = new Scaled({}, at60, perTarget);
  await busy.minutes(3, { cpu: 10, requests: 900 });
  expect(busy.count).toBe(4);
  const torn = new Scaled({}, at60, perTarget);
  torn.count = 4;
  await torn.minutes(30, { cpu: 10, requests: 480 });
  expect(torn.count).toBe(4);
});

it("leaves a service alone whose metric has no data, or whose scaling is suspended", async () => {
  const silent = new Scaled({}, at60);
  silent.count = 6;
  await silent.minutes(30, {});
  expect(silent.count).toBe(6);
  const suspended = new Scaled({ DynamicScalingOutSuspended: true }, at60);
  await suspended.minutes(5, { cpu: 90 });
  expect(suspended.count).toBe(2);
});
