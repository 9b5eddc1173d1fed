import { AwsError } from "../aws-error";

export type Request = Record<string, unknown>;

// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
export const namespaces = [
  ...["ecs", "elasticmapreduce", "ec2", "appstream", "dynamodb", "rds", "sagemaker", "custom-resource", "comprehend"],
  ...["lambda", "cassandra", "kafka", "elasticache", "neptune", "workspaces"],
];
export const dimensions = [
  ...["ecs:service:DesiredCount", "ec2:spot-fleet-request:TargetCapacity"],
  ...["elasticmapreduce:instancegroup:InstanceCount", "appstream:fleet:DesiredCapacity"],
  ...["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"],
  ...["dynamodb:index:ReadCapacityUnits", "dynamodb:index:WriteCapacityUnits", "rds:cluster:ReadReplicaCount"],
  ...["sagemaker:variant:DesiredInstanceCount", "sagemaker:variant:DesiredProvisionedConcurrency"],
  ...["sagemaker:inference-component:DesiredCopyCount", "custom-resource:ResourceType:Property"],
  ...["comprehend:document-classifier-endpoint:DesiredInferenceUnits"],
  ...["comprehend:entity-recognizer-endpoint:DesiredInferenceUnits", "lambda:function:ProvisionedConcurrency"],
  ...["cassandra:table:ReadCapacityUnits", "cassandra:table:WriteCapacityUnits"],
  ...["kafka:broker-storage:VolumeSize", "elasticache:cache-cluster:Nodes", "elasticache:replication-group:NodeGroups"],
  ...["elasticache:replication-group:Replicas", "neptune:cluster:ReadReplicaCount"],
  ...["workspaces:workspacespool:DesiredUserSessions"],
];
const policyTypes = ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"];

const values: Readonly<Record<string, readonly string[]>> = {
  ServiceNamespace: namespaces,
  ScalableDimension: dimensions,
  PolicyType: policyTypes,
};
const lengths: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ResourceId: [1, 1600],
  PolicyName: [1, 256],
};

/** Which of the members the request lacks, in AWS's words. */
export function missing(request: Request, members: readonly string[]): string | undefined {
  const found = members.find((member) => request[member] === undefined);
  return found && constraint(`Value at '${written(found)}'`, "Member must not be null");
}

/** Which of its values AWS's model of the API does not allow, in AWS's words. */
export function violation(request: Request): string | undefined {
  for (const [member, value] of Object.entries(request)) {
    const problem = problemOf(member, String(value));
    if (problem) return constraint(`Value '${value}' at '${written(member)}'`, problem);
  }
  return undefined;
}

function problemOf(member: string, value: string): string | undefined {
  const allowed = Object.hasOwn(values, member) ? values[member] : undefined;
  if (allowed && !allowed.includes(value)) return `Member must satisfy enum value set: [${allowed.join(", ")}]`;
  const [least, most] = (Object.hasOwn(lengths, member) && lengths[member]) || [0, Number.POSITIVE_INFINITY];
  if (value.length < least) return `Member must have length greater than or equal to ${least}`;
  return value.length > most ? `Member must have length less than or equal to ${most}` : undefined;
}

function constraint(what: string, problem: string): string {
  return `1 validation error detected: ${what} failed to satisfy constraint: ${problem}`;
}

function written(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
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
