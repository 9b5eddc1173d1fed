import { AwsError } from "../aws-error";
import { keyOf } from "./model";
import { policyRules } from "./policy-rules";
import { dimensions, missing, namespaces, type Request, violation } from "./request";
import { api, dimensionOf, isRegistered, type Rule, reports, type Situation } from "./rule";

const targets = ["RegisterScalableTarget"];
const ofDimension = [...targets, "DeregisterScalableTarget", "PutScalingPolicy", "DeleteScalingPolicy"];
const descriptions = ["DescribeScalableTargets", "DescribeScalingPolicies", "DescribeScalingActivities"];
const tagsAtMost = 50;
const passedTo = { "iam:PassedToService": "application-autoscaling.amazonaws.com" };

const rules: readonly Rule[] = [
  {
    operations: targets,
    refuses: "A role that the caller may not pass.",
    code: "AccessDeniedException",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_application-autoscaling.html",
    reason: ({ RoleARN }, { permissions }) =>
      RoleARN !== undefined && permissions?.refusal("iam:PassRole", String(RoleARN), passedTo),
  },
  {
    operations: [...ofDimension, ...descriptions],
    refuses: "A request that does not say what it is about.",
    source: `${api}/API_RegisterScalableTarget.html (Request Parameters)`,
    reason: (request) => missing(request, ["ServiceNamespace"]),
  },
  {
    operations: ofDimension,
    refuses: "A target or policy without its resource or dimension.",
    source: `${api}/API_RegisterScalableTarget.html (Request Parameters)`,
    reason: (request) => missing(request, ["ResourceId", "ScalableDimension"]),
  },
  {
    operations: ["PutScalingPolicy", "DeleteScalingPolicy"],
    refuses: "A policy without a name.",
    source: `${api}/API_PutScalingPolicy.html (Request Parameters)`,
    reason: (request) => missing(request, ["PolicyName"]),
  },
  {
    operations: [...ofDimension, ...descriptions],
    refuses: "A name that is too long, or a namespace, dimension or type that there is not.",
    source: `${api}/API_PutScalingPolicy.html (Request Parameters)`,
    reason: violation,
  },
  {
    operations: ofDimension,
    refuses: "A dimension of another service than the namespace, or a resource that it does not count.",
    source: `${api}/API_RegisterScalableTarget.html (ResourceId, ScalableDimension); ${reports}`,
    reason: ({ ServiceNamespace, ResourceId, ScalableDimension }) =>
      !isOfNamespace(String(ServiceNamespace), String(ScalableDimension), String(ResourceId)) &&
      "Unsupported service namespace, resource type or scalable dimension",
  },
  {
    operations: [...ofDimension, ...descriptions],
    refuses:
      "What AWS scales and the control plane does not: other services than ECS, and other policies than two types.",
    source: "localstack/README.md",
    reason: ({ ServiceNamespace, PolicyType }) =>
      (ServiceNamespace !== "ecs" && `The control plane scales no ${ServiceNamespace}`) ||
      (PolicyType === "PredictiveScaling" && "The control plane has no predictive scaling"),
  },
  {
    operations: descriptions,
    refuses: "A dimension without a resource.",
    source: `${api}/API_DescribeScalableTargets.html (ScalableDimension)`,
    reason: ({ ScalableDimension, ResourceIds, ResourceId }) =>
      ScalableDimension !== undefined &&
      ResourceIds === undefined &&
      ResourceId === undefined &&
      "ResourceIds must be specified when ScalableDimension is specified",
  },
  {
    operations: targets,
    refuses: "A new target without its smallest or largest number of tasks.",
    source: `${api}/API_RegisterScalableTarget.html (MinCapacity, MaxCapacity)`,
    reason: (request, { account }) => {
      const before = account.targets.get(keyOf(dimensionOf(request)));
      if (before) return undefined;
      if (request.MinCapacity === undefined) return "Minimum capacity must be specified";
      return request.MaxCapacity === undefined && "Maximum capacity must be specified";
    },
  },
  {
    operations: targets,
    refuses: "A number of tasks below zero.",
    source: `${api}/API_RegisterScalableTarget.html (MinCapacity, MaxCapacity)`,
    reason: ({ MinCapacity, MaxCapacity }) => {
      if (isBelowZero(MinCapacity)) return "Minimum capacity cannot be less than 0";
      return isBelowZero(MaxCapacity) && "Maximum capacity cannot be less than 0";
    },
  },
  {
    operations: targets,
    refuses: "A smallest number of tasks above the largest.",
    source: `${api}/API_RegisterScalableTarget.html (MinCapacity, MaxCapacity); ${reports}`,
    reason: (request, { account }) => {
      const { MinCapacity, MaxCapacity } = { ...account.targets.get(keyOf(dimensionOf(request))), ...request };
      return Number(MinCapacity) > Number(MaxCapacity) && "Maximum capacity cannot be less than minimum capacity";
    },
  },
  {
    operations: targets,
    refuses: "Tags for a target that is there: TagResource changes them.",
    source: `${api}/API_RegisterScalableTarget.html (Tags)`,
    reason: (request, situation) =>
      request.Tags !== undefined &&
      isRegistered(request, situation) &&
      "The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use the TagResource API.",
  },
  {
    operations: targets,
    refuses: "A target before its service.",
    source: "https://github.com/spinnaker/spinnaker/issues/4371",
    reason: async ({ ResourceId }, { services }) =>
      services &&
      (await services.targetGroups(String(ResourceId))) === undefined &&
      `ECS service doesn't exist: ${ResourceId}`,
  },
  {
    operations: [...targets, "TagResource"],
    refuses: "A tag whose key begins with aws:, which is reserved.",
    source: `${api}/API_TagResource.html (Tags)`,
    reason: ({ Tags }) =>
      Object.keys(Tags ?? {}).some((key) => key.toLowerCase().startsWith("aws:")) &&
      "Tag keys cannot start with the reserved prefix aws:",
  },
  {
    operations: [...targets, "TagResource"],
    refuses: `More than ${tagsAtMost} tags of a target.`,
    code: "TooManyTagsException",
    source: `${api}/API_TagResource.html (Errors)`,
    reason: ({ Tags, ResourceARN }, { account }) => {
      const before = account.tags.get(String(ResourceARN))?.keys() ?? [];
      return new Set([...before, ...Object.keys(Tags ?? {})]).size > tagsAtMost && "Too many tags";
    },
  },
  {
    operations: ["DeregisterScalableTarget"],
    refuses: "The end of a target that is not registered.",
    code: "ObjectNotFoundException",
    source: `${api}/API_DeregisterScalableTarget.html (Errors)`,
    reason: (request, situation) =>
      !isRegistered(request, situation) && `No scalable target found for ${described(request)}`,
  },
  {
    operations: ["PutScalingPolicy"],
    refuses: "A policy before its target.",
    code: "ObjectNotFoundException",
    source: `${api}/API_PutScalingPolicy.html (Errors)`,
    reason: (request, situation) =>
      !isRegistered(request, situation) && `No scalable target registered for ${described(request)}`,
  },
  {
    operations: ["DeleteScalingPolicy"],
    refuses: "The end of a policy that is not there.",
    code: "ObjectNotFoundException",
    source: `${api}/API_DeleteScalingPolicy.html (Errors)`,
    reason: (request, { account }) =>
      !account.policies.has(keyOf(dimensionOf(request), String(request.PolicyName))) &&
      `No scaling policy found for ${described(request)}, policy name: ${request.PolicyName}`,
  },
  ...policyRules,
];

/** Throws what AWS refuses the request with, if it does. */
export async function refuseByRules(operation: string, request: Request, situation: Situation): Promise<void> {
  for (const { operations, code = "ValidationException", reason } of rules) {
    if (!operations.includes(operation)) continue;
    const message = await reason(request, situation);
    if (message) throw new AwsError(code, message);
  }
}

function isBelowZero(value: unknown): boolean {
  return value !== undefined && Number(value) < 0;
}

function isOfNamespace(namespace: string, dimension: string, resource: string): boolean {
  if (!namespaces.includes(namespace) || !dimensions.includes(dimension)) return false;
  return dimension.startsWith(`${namespace}:`) && (namespace !== "ecs" || /^service\/[^/]+\/[^/]+$/.test(resource));
}

function described(request: Request): string {
  const { ServiceNamespace, ResourceId, ScalableDimension } = dimensionOf(request);
  return `service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}`;
}
