import { AwsError } from "../aws-error";
import type { Dimension } from "./model";

export type Request = Record<string, unknown>;

const NAMESPACES = ["ecs"];
const DIMENSIONS = ["ecs:service:DesiredCount"];
const POLICY_TYPES = ["TargetTrackingScaling", "StepScaling"];
const ECS_METRICS = [
  "ECSServiceAverageCPUUtilization",
  "ECSServiceAverageMemoryUtilization",
  "ALBRequestCountPerTarget",
];

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function text(request: Request, member: string): string {
  const value = request[member];
  if (typeof value !== "string" || value === "") {
    throw invalid(`${member} is ${JSON.stringify(value) ?? "missing"}; a non-empty string is required`);
  }
  return value;
}

export function oneOf(request: Request, member: string, allowed: readonly string[]): string {
  const value = text(request, member);
  if (!allowed.includes(value)) {
    throw invalid(`Value '${value}' at '${member}' is not one of [${allowed.join(", ")}]`);
  }
  return value;
}

export function namespaceOf(request: Request): string {
  return oneOf(request, "ServiceNamespace", NAMESPACES);
}

export function dimensionOf(request: Request): Dimension {
  const ServiceNamespace = namespaceOf(request);
  const ScalableDimension = oneOf(request, "ScalableDimension", DIMENSIONS);
  const ResourceId = text(request, "ResourceId");
  if (!/^service\/[^/]+\/[^/]+$/.test(ResourceId)) {
    throw invalid(`Value '${ResourceId}' at 'ResourceId' is not of the form service/<cluster>/<service>`);
  }
  return { ServiceNamespace, ResourceId, ScalableDimension };
}

/** A capacity that the request gives, else the one that is registered; a new target must give both. */
export function capacity(request: Request, member: string, registered: number | undefined): number {
  const value = request[member] ?? registered;
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw invalid(`Value '${value}' at '${member}' is not a whole number of tasks from 0`);
  }
  return value as number;
}

export function policyTypeOf(request: Request): string {
  return request.PolicyType === undefined ? "StepScaling" : oneOf(request, "PolicyType", POLICY_TYPES);
}

export function checkTargetTracking(configuration: unknown): void {
  const { TargetValue, PredefinedMetricSpecification, CustomizedMetricSpecification } = object(
    configuration,
    "TargetTrackingScalingPolicyConfiguration",
  );
  if (typeof TargetValue !== "number" || TargetValue <= 0) {
    throw invalid(`Value '${TargetValue}' at 'TargetValue' is not a number above 0`);
  }
  if ((PredefinedMetricSpecification === undefined) === (CustomizedMetricSpecification === undefined)) {
    throw invalid("Give exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification");
  }
  if (PredefinedMetricSpecification !== undefined) {
    const predefined = object(PredefinedMetricSpecification, "PredefinedMetricSpecification");
    const metric = oneOf(predefined, "PredefinedMetricType", ECS_METRICS);
    if (metric === "ALBRequestCountPerTarget") {
      checkResourceLabel(text(predefined, "ResourceLabel"));
    }
  }
}

/** The load balancer's and the target group's ARN suffixes, joined by a slash. */
function checkResourceLabel(label: string): void {
  if (!/^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(label)) {
    throw invalid(`Value '${label}' at 'ResourceLabel' is not of the form app/<name>/<id>/targetgroup/<name>/<id>`);
  }
}

export function object(value: unknown, member: string): Request {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${member} is ${JSON.stringify(value) ?? "missing"}; an object is required`);
  }
  return value as Request;
}

const DEFAULT_PAGE = 50;

/** One page of the items, and the token of the next: the number of items before it. */
export function page<Item>(request: Request, items: Item[]): { readonly items: Item[]; readonly NextToken?: string } {
  const size = request.MaxResults ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > DEFAULT_PAGE) {
    throw invalid(`Value '${size}' at 'MaxResults' is not a whole number from 1 to ${DEFAULT_PAGE}`);
  }
  const start = Number(request.NextToken ?? 0);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError(
      "InvalidNextTokenException",
      `Value '${request.NextToken}' at 'NextToken' is not one that was given`,
    );
  }
  const end = start + (size as number);
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}
