import { keyOf } from "./model";
import type { Request } from "./request";
import { api, dimensionOf, type Line, quotas, type Rule, reports, type Situation } from "./rule";
import { stepRules } from "./step-rules";

const dimension = "ecs:service:DesiredCount";
const metrics = [
  "ECSServiceAverageCPUUtilization",
  "ECSServiceAverageMemoryUtilization",
  "ALBRequestCountPerTarget",
] as const;
const atMost = 50;
export const configurations = {
  StepScaling: "StepScalingPolicyConfiguration",
  TargetTrackingScaling: "TargetTrackingScalingPolicyConfiguration",
} as const;

const ofPolicy: readonly Line[] = [
  [
    "A policy of another type than it has.",
    (_, request, { account }) => {
      const before = account.policies.get(keyOf(dimensionOf(request), String(request.PolicyName)));
      const { PolicyType } = request;
      return (
        before &&
        PolicyType !== undefined &&
        before.PolicyType !== PolicyType &&
        `Policy ${before.PolicyName} is a ${before.PolicyType} policy; its type cannot become ${PolicyType}`
      );
    },
  ],
  [
    "A policy without the configuration of its type.",
    (_, request, situation) => {
      const type = typeOf(request, situation);
      const isNew = !situation.account.policies.has(keyOf(dimensionOf(request), String(request.PolicyName)));
      return isNew && request[configurations[type]] === undefined && `${type} policy configuration must be specified`;
    },
  ],
  [
    "A policy with the configuration of another type.",
    (_, request) =>
      Object.values(configurations).every((name) => request[name] !== undefined) &&
      "You must only provide a single scaling policy configuration, which must match the scaling policy type specified.",
  ],
];

const ofTracking: readonly Line[] = [
  [
    "Target tracking of no metric.",
    ({ PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized }) =>
      predefined === undefined &&
      customized === undefined &&
      "PredefinedMetricSpecification or CustomizedMetricSpecification must be set for target tracking scaling.",
  ],
  [
    "Target tracking of two metrics.",
    ({ PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized }) =>
      predefined !== undefined &&
      customized !== undefined &&
      "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification can be set for target tracking scaling.",
  ],
  [
    "A target value that is missing or not above zero.",
    ({ TargetValue }) => !(Number(TargetValue) > 0) && "TargetValue must be greater than zero",
  ],
  [
    "A cooldown below zero.",
    ({ ScaleInCooldown = 0, ScaleOutCooldown = 0 }) =>
      Math.min(Number(ScaleInCooldown), Number(ScaleOutCooldown)) < 0 && "Cooldown cannot be negative",
  ],
  [
    "A metric that ECS services do not have.",
    (tracking) =>
      tracking.PredefinedMetricSpecification !== undefined &&
      !metrics.some((metric) => metric === predefinedOf(tracking).PredefinedMetricType) &&
      `Scalable dimension ${dimension} only supports the following predefined metric types: ${metrics.join(", ")}`,
  ],
  [
    "Requests per target without the label of the target group.",
    (tracking) =>
      countsRequests(tracking) &&
      !predefinedOf(tracking).ResourceLabel &&
      "Resource label should be specified for predefined metric type ALBRequestCountPerTarget",
    `${api}/API_PredefinedMetricSpecification.html (ResourceLabel)`,
  ],
  [
    "A label of a metric other than requests per target.",
    (tracking) => {
      const { PredefinedMetricType, ResourceLabel } = predefinedOf(tracking);
      return (
        !countsRequests(tracking) &&
        ResourceLabel !== undefined &&
        `Resource label should not be specified for predefined metric type ${PredefinedMetricType}`
      );
    },
    `${api}/API_PredefinedMetricSpecification.html (ResourceLabel)`,
  ],
  [
    "A label that does not name a load balancer and a target group: app/<name>/<id>/targetgroup/<name>/<id>.",
    (tracking) =>
      countsRequests(tracking) &&
      !/^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(String(predefinedOf(tracking).ResourceLabel)) &&
      `Invalid resource label '${predefinedOf(tracking).ResourceLabel}' for predefined metric type ALBRequestCountPerTarget`,
    `${api}/API_PredefinedMetricSpecification.html (ResourceLabel)`,
  ],
  [
    "A label of a target group that the service is not in.",
    async (tracking, { ResourceId }, { services }) => {
      if (!services || !countsRequests(tracking)) return undefined;
      const group = String(predefinedOf(tracking).ResourceLabel).replace(/^.*(?=targetgroup\/)/, "");
      const groups = (await services.targetGroups(String(ResourceId))) ?? [];
      const isAttached = groups.some((arn) => arn.endsWith(`:${group}`));
      return !isAttached && `Target group ${group} is not attached to resource ${ResourceId}`;
    },
    `${api}/API_PredefinedMetricSpecification.html (ResourceLabel)`,
  ],
  [
    "A customized metric by itself and by an expression at once, or without name, namespace and statistic.",
    ({ CustomizedMetricSpecification: customized }) => {
      if (!customized) return undefined;
      const { Metrics, MetricName, Namespace, Statistic } = customized as Request;
      const single = [MetricName, Namespace, Statistic];
      const isSound = Metrics === undefined ? single.every(Boolean) : !single.some(Boolean);
      return !isSound && "The customized metric specification is not valid.";
    },
  ],
  [
    "Two policies that track one metric of a target.",
    (tracking, request, { account }) =>
      [...account.policies.values()].some(
        (policy) =>
          keyOf(policy) === keyOf(dimensionOf(request)) &&
          policy.PolicyName !== request.PolicyName &&
          policy.TargetTrackingScalingPolicyConfiguration !== undefined &&
          isOneMetric(tracking, policy.TargetTrackingScalingPolicyConfiguration as unknown as Request),
      ) && "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
  ],
];

const quota: Rule = {
  operations: ["PutScalingPolicy"],
  refuses: `More than ${atMost} policies of a target.`,
  code: "LimitExceededException",
  source: quotas,
  reason: (request, { account }) => {
    const ofTarget = [...account.policies.values()].filter((policy) => keyOf(policy) === keyOf(dimensionOf(request)));
    const isNew = !ofTarget.some(({ PolicyName }) => PolicyName === request.PolicyName);
    return isNew && ofTarget.length >= atMost && `A scalable target has at most ${atMost} policies`;
  },
};

/** Of PutScalingPolicy. */
export const policyRules: readonly Rule[] = [
  ...ofPolicy.map(rule("PutScalingPolicy", (request) => request)),
  ...ofTracking.map(rule("TargetTrackingScalingPolicyConfiguration", partOf("TargetTrackingScaling"))),
  ...stepRules.map(rule("StepScalingPolicyConfiguration", partOf("StepScaling"))),
  quota,
];

function rule(page: string, part: (request: Request) => Request | undefined) {
  return ([refuses, reason, source = `${api}/API_${page}.html; ${reports}`]: Line): Rule => ({
    ...{ operations: ["PutScalingPolicy"], refuses, source },
    reason: (request, situation) => {
      const found = part(request);
      return found === undefined ? undefined : reason(found, request, situation);
    },
  });
}

function partOf(type: keyof typeof configurations) {
  return (request: Request) => request[configurations[type]] as Request | undefined;
}

/** The type that a policy is to have: an update may leave it out. */
export function typeOf(request: Request, { account }: Situation): keyof typeof configurations {
  const before = account.policies.get(keyOf(dimensionOf(request), String(request.PolicyName)));
  return (request.PolicyType ?? before?.PolicyType ?? "StepScaling") as keyof typeof configurations;
}

function predefinedOf(tracking: Request): Request {
  return (tracking.PredefinedMetricSpecification ?? {}) as Request;
}

function countsRequests(tracking: Request): boolean {
  return predefinedOf(tracking).PredefinedMetricType === "ALBRequestCountPerTarget";
}

function isOneMetric(one: Request, other: Request): boolean {
  const metricOf = (tracking: Request) =>
    JSON.stringify(tracking.PredefinedMetricSpecification ?? tracking.CustomizedMetricSpecification);
  return metricOf(one) === metricOf(other);
}
