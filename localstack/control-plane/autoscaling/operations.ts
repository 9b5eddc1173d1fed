import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error";
import type { Caller } from "../caller";
import {
  type Account,
  type Accounts,
  accountIn,
  type Dimension,
  keyOf,
  type ManagedAlarm,
  type ScalableTarget,
  type ScalingPolicy,
} from "./model";
import type { Permissions } from "./permissions";
import { configurations, typeOf } from "./policy-rules";
import { page, type Request } from "./request";
import { dimensionOf, type ScaledServices } from "./rule";
import { refuseByRules } from "./rules";

type Operation = (caller: Caller, request: Request) => object;

const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/**
 * The part of Application Auto Scaling that Terraform needs for ECS services. `target-tracking.ts` scales by it.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/
 */
export function createAutoscaling(
  accounts: Accounts,
  servicesOf?: (caller: Caller) => ScaledServices,
  permissionsOf?: (caller: Caller) => Permissions,
): Record<string, (caller: Caller, request: Request) => Promise<object>> {
  const refused = ([name, operation]: [string, Operation]) => {
    const checked = async (caller: Caller, request: Request) => {
      const account = accountIn(accounts, caller.account, caller.region);
      const [services, permissions] = [servicesOf?.(caller), permissionsOf?.(caller)];
      await refuseByRules(name, request, { account, services, permissions });
      return operation(caller, request);
    };
    return [name, checked] as const;
  };
  return Object.fromEntries(Object.entries(operationsOf(accounts)).map(refused));
}

function operationsOf(accounts: Accounts): Record<string, Operation> {
  const accountOf = ({ account, region }: Caller) => accountIn(accounts, account, region);

  return {
    RegisterScalableTarget: (caller, request) => registerTarget(accountOf(caller), caller, request),
    DescribeScalableTargets: (caller, request) => {
      const found = [...accountOf(caller).targets.values()].filter((target) => matches(request, target));
      const { items, ...next } = page(request, found);
      return { ScalableTargets: items, ...next };
    },
    DeregisterScalableTarget: (caller, request) => deregisterTarget(accountOf(caller), request),
    PutScalingPolicy: (caller, request) => putPolicy(accountOf(caller), caller, request),
    DescribeScalingPolicies: (caller, request) => {
      const names = request.PolicyNames as string[] | undefined;
      const found = [...accountOf(caller).policies.values()].filter(
        (policy) => matches(request, policy) && (!names?.length || names.includes(policy.PolicyName)),
      );
      const { items, ...next } = page(request, found);
      return { ScalingPolicies: items, ...next };
    },
    DeleteScalingPolicy: (caller, request) => deletePolicy(accountOf(caller), request),
    DescribeScalingActivities: (caller, request) => {
      const found = accountOf(caller).activities.filter((activity) => matches(request, activity));
      const { items, ...next } = page(request, found);
      return { ScalingActivities: items, ...next };
    },
    ListTagsForResource: (caller, request) => ({ Tags: Object.fromEntries(tagsOf(accountOf(caller), request)) }),
    TagResource: (caller, request) => {
      const tags = tagsOf(accountOf(caller), request);
      for (const [key, value] of Object.entries((request.Tags ?? {}) as Record<string, string>)) {
        tags.set(key, value);
      }
      return {};
    },
    UntagResource: (caller, request) => {
      const tags = tagsOf(accountOf(caller), request);
      for (const key of (request.TagKeys ?? []) as string[]) {
        tags.delete(key);
      }
      return {};
    },
  };
}

function matches(request: Request, item: Dimension & { PolicyName?: string }): boolean {
  const ids = (request.ResourceIds ?? (request.ResourceId === undefined ? [] : [request.ResourceId])) as string[];
  return (
    item.ServiceNamespace === request.ServiceNamespace &&
    (ids.length === 0 || ids.includes(item.ResourceId)) &&
    (request.ScalableDimension === undefined || request.ScalableDimension === item.ScalableDimension)
  );
}

function registerTarget(account: Account, { account: id, region }: Caller, request: Request): object {
  const dimension = dimensionOf(request);
  const existing = account.targets.get(keyOf(dimension));
  const { MinCapacity, MaxCapacity } = { ...existing, ...request } as ScalableTarget;
  const role =
    "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";
  const target: ScalableTarget = {
    ...dimension,
    MinCapacity,
    MaxCapacity,
    // AWS answers with its service-linked role, whichever role the request names.
    RoleARN: `arn:aws:iam::${id}:role/${role}`,
    CreationTime: existing?.CreationTime ?? Date.now() / 1000,
    ScalableTargetARN:
      existing?.ScalableTargetARN ?? `arn:aws:application-autoscaling:${region}:${id}:scalable-target/${shortId()}`,
    SuspendedState: { ...(existing?.SuspendedState ?? NOT_SUSPENDED), ...(request.SuspendedState ?? {}) },
  };
  account.targets.set(keyOf(dimension), target);
  if (!existing) {
    const tags = Object.entries((request.Tags ?? {}) as Record<string, string>);
    account.tags.set(target.ScalableTargetARN, new Map(tags));
  }
  return { ScalableTargetARN: target.ScalableTargetARN };
}

function shortId(): string {
  return randomUUID().replaceAll("-", "");
}

/** Deregistering deletes the target's policies too. */
function deregisterTarget(account: Account, request: Request): object {
  const dimension = dimensionOf(request);
  const target = account.targets.get(keyOf(dimension));
  account.targets.delete(keyOf(dimension));
  account.tags.delete(target?.ScalableTargetARN ?? "");
  for (const [key, policy] of account.policies) {
    if (keyOf(policy) === keyOf(dimension)) {
      account.policies.delete(key);
    }
  }
  return {};
}

function putPolicy(account: Account, { account: id, region }: Caller, request: Request): object {
  const dimension = dimensionOf(request);
  const PolicyName = String(request.PolicyName);
  const existing = account.policies.get(keyOf(dimension, PolicyName));
  const PolicyType = typeOf(request, { account });
  const uuid = randomUUID();
  const policy: ScalingPolicy = {
    ...dimension,
    PolicyName,
    PolicyType,
    PolicyARN:
      existing?.PolicyARN ??
      `arn:aws:autoscaling:${region}:${id}:scalingPolicy:${uuid}:resource/ecs/${dimension.ResourceId}:policyName/${PolicyName}`,
    [configurations[PolicyType]]: request[configurations[PolicyType]] ?? existing?.[configurations[PolicyType]],
    Alarms: existing?.Alarms ?? (PolicyType === "TargetTrackingScaling" ? alarmsOf(dimension, region, id) : []),
    CreationTime: existing?.CreationTime ?? Date.now() / 1000,
  };
  account.policies.set(keyOf(dimension, PolicyName), policy);
  return { PolicyARN: policy.PolicyARN, Alarms: policy.Alarms };
}

/** Under the names that AWS gives them. */
function alarmsOf({ ResourceId }: Dimension, region: string, account: string): readonly ManagedAlarm[] {
  return ["AlarmHigh", "AlarmLow"].map((kind) => {
    const AlarmName = `TargetTracking-${ResourceId}-${kind}-${randomUUID()}`;
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}` };
  });
}

function deletePolicy(account: Account, request: Request): object {
  account.policies.delete(keyOf(dimensionOf(request), String(request.PolicyName)));
  return {};
}

function tagsOf(account: Account, request: Request): Map<string, string> {
  const arn = String(request.ResourceARN);
  const tags = account.tags.get(arn);
  if (!tags) {
    throw new AwsError("ResourceNotFoundException", `No scalable target has the ARN ${arn}`);
  }
  return tags;
}
