import { type Account, keyOf } from "./model";
import type { Permissions } from "./permissions";
import type { Request } from "./request";
import { refuseByRules } from "./rules";

const web = { ServiceNamespace: "ecs", ResourceId: "service/dev/web", ScalableDimension: "ecs:service:DesiredCount" };
const label = "app/dev/1/targetgroup/dev-web/2";
const group = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/dev-web/2";
const cpu = { PredefinedMetricType: "ECSServiceAverageCPUUtilization" };
const requests = { PredefinedMetricType: "ALBRequestCountPerTarget", ResourceLabel: label };
const services = {
  targetGroups: async (resourceId: string) => (resourceId === web.ResourceId ? [group] : undefined),
};

function accountWith(...policies: string[]): Account {
  const target = { ...web, MinCapacity: 1, MaxCapacity: 4, RoleARN: "", CreationTime: 0, ScalableTargetARN: "arn:web" };
  const SuspendedState = {
    ...{ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
  };
  const policy = (PolicyName: string) => ({
    ...{ ...web, PolicyName, PolicyARN: "", PolicyType: "TargetTrackingScaling", Alarms: [], CreationTime: 0 },
    TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, PredefinedMetricSpecification: cpu },
  });
  return {
    targets: new Map([[keyOf(web), { ...target, SuspendedState }]]),
    policies: new Map(policies.map((name) => [keyOf(web, name), policy(name)])),
    activities: [],
    tags: new Map([["arn:web", new Map()]]),
  };
}

/** What AWS would answer, or nothing. */
async function refusal(
  operation: string,
  request: Request,
  account = accountWith(),
  permissions?: Permissions,
): Promise<string | undefined> {
  try {
    await refuseByRules(operation, request, { account, services, permissions });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const tracking = (configuration: object) => ({
  ...{ ...web, PolicyName: "new", PolicyType: "TargetTrackingScaling" },
  TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, ...configuration },
});
const steps = (StepAdjustments: readonly object[], more: object = {}) => ({
  ...{ ...web, PolicyName: "new", PolicyType: "StepScaling" },
  StepScalingPolicyConfiguration: { AdjustmentType: "ChangeInCapacity", StepAdjustments, ...more },
});
const step = (MetricIntervalLowerBound?: number, MetricIntervalUpperBound?: number, ScalingAdjustment = 1) => ({
  ...{ MetricIntervalLowerBound, MetricIntervalUpperBound, ScalingAdjustment },
});

it.each([
  ["target tracking of CPU", tracking({ PredefinedMetricSpecification: cpu })],
  ["target tracking of requests", tracking({ PredefinedMetricSpecification: requests })],
  ["steps out", steps([step(0, 20), step(20)])],
  ["steps in and out", steps([step(undefined, -10, -1), step(-10, 10, 0), step(10)])],
])("takes %s", async (_, request) => {
  expect(await refusal("PutScalingPolicy", request)).toBeUndefined();
});

it.each([
  ["no metric", tracking({}), "must be set for target tracking scaling"],
  [
    "two metrics",
    tracking({ PredefinedMetricSpecification: cpu, CustomizedMetricSpecification: {} }),
    "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification",
  ],
  ["a target of zero", tracking({ TargetValue: 0, PredefinedMetricSpecification: cpu }), "greater than zero"],
  [
    "a metric of another service",
    tracking({ PredefinedMetricSpecification: { PredefinedMetricType: "DynamoDBReadCapacityUtilization" } }),
    "only supports the following predefined metric types",
  ],
  [
    "requests without a label",
    tracking({ PredefinedMetricSpecification: { ...requests, ResourceLabel: undefined } }),
    "Resource label should be specified",
  ],
  [
    "CPU with a label",
    tracking({ PredefinedMetricSpecification: { ...cpu, ResourceLabel: label } }),
    "Resource label should not be specified",
  ],
  [
    "a label of a load balancer alone",
    tracking({ PredefinedMetricSpecification: { ...requests, ResourceLabel: "app/web/1" } }),
    "Invalid resource label 'app/web/1'",
  ],
  [
    "a label of a group that the service is not in",
    tracking({ PredefinedMetricSpecification: { ...requests, ResourceLabel: label.replace("dev-web", "other") } }),
    "Target group targetgroup/other/2 is not attached to resource service/dev/web",
  ],
  ["no steps", steps([]), "There must be at least one step adjustment"],
  ["steps with a gap", steps([step(0, 10), step(20)]), "cannot have gaps"],
  ["steps that overlap", steps([step(0, 30), step(20)]), "cannot overlap"],
  ["steps that end", steps([step(0, 10), step(10, 20)]), "unspecified upper bound when"],
  ["a step without bounds", steps([step()]), "cannot be left unspecified"],
  ["a magnitude of no percentage", steps([step(0)], { MinAdjustmentMagnitude: 1 }), "PercentChangeInCapacity"],
  ["a capacity below zero", steps([step(0, undefined, -1)], { AdjustmentType: "ExactCapacity" }), "less than 0"],
  ["no configuration", { ...web, PolicyName: "new", PolicyType: "StepScaling" }, "StepScaling policy configuration"],
  ["an unknown type", { ...tracking({}), PolicyType: "Simple" }, "'policyType' failed to satisfy constraint"],
  ["a name of 257 letters", { ...tracking({}), PolicyName: "a".repeat(257) }, "length less than or equal to 256"],
])("refuses a policy of %s", async (_, request, message) => {
  expect(await refusal("PutScalingPolicy", request)).toContain(message);
});

it("refuses a second policy of one metric, and takes the first one again", async () => {
  const request = tracking({ PredefinedMetricSpecification: cpu });
  expect(await refusal("PutScalingPolicy", request, accountWith("old"))).toContain("Only one TargetTrackingScaling");
  expect(await refusal("PutScalingPolicy", request, accountWith("new"))).toBeUndefined();
});

it("refuses the 51st policy", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `policy-${index}`);
  const request = tracking({ PredefinedMetricSpecification: requests });
  expect(await refusal("PutScalingPolicy", request, accountWith(...names))).toContain("at most 50 policies");
});

it("refuses a target before its service, and tags of one that is there", async () => {
  const limits = { MinCapacity: 1, MaxCapacity: 4 };
  const other = { ...web, ...limits, ResourceId: "service/dev/other" };
  expect(await refusal("RegisterScalableTarget", other)).toBe("ECS service doesn't exist: service/dev/other");
  expect(await refusal("RegisterScalableTarget", { ...web, ...limits })).toBeUndefined();
  expect(await refusal("RegisterScalableTarget", { ...web, Tags: { a: "b" } })).toContain("already exists");
});

it("refuses a role that the caller may not pass, and asks nothing where no role is given", async () => {
  const RoleARN = "arn:aws:iam::111111111111:role/scaling";
  const asked: unknown[] = [];
  const permissions: Permissions = {
    refusal: async (...question) => {
      asked.push(question);
      return "not authorized";
    },
  };
  expect(await refusal("RegisterScalableTarget", { ...web, RoleARN }, accountWith(), permissions)).toBe(
    "not authorized",
  );
  expect(await refusal("RegisterScalableTarget", web, accountWith(), permissions)).toBeUndefined();
  const context = { "iam:PassedToService": "application-autoscaling.amazonaws.com" };
  expect(asked).toEqual([["iam:PassRole", RoleARN, context]]);
});

it("refuses the ends of what is not there", async () => {
  const other = { ...web, ResourceId: "service/dev/other" };
  expect(await refusal("DeregisterScalableTarget", other)).toContain("No scalable target found for service namespace");
  expect(await refusal("DeleteScalingPolicy", { ...web, PolicyName: "cpu" })).toContain("policy name: cpu");
});
