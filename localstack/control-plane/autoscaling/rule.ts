import { type Account, keyOf } from "./model";
import type { Permissions } from "./permissions";
import type { Request } from "./request";

/** What the rules look up besides the request. */
export interface Situation {
  readonly account: Account;
  /** Undefined where there is no ECS to ask. */
  readonly services?: ScaledServices | undefined;
  /** Undefined where there is no IAM to ask. */
  readonly permissions?: Permissions | undefined;
}

export interface ScaledServices {
  /** Target group ARNs of a service by its resource id; undefined for a service that is not there. */
  targetGroups(resourceId: string): Promise<readonly string[] | undefined>;
}

/** Why a request is refused, in AWS's words where a source shows them; undefined or false for one that is taken. */
export type Reason = string | false | undefined;

export interface Rule {
  readonly operations: readonly string[];
  /** What is refused, in plain English. */
  readonly refuses: string;
  /** ValidationException, if it is none. */
  readonly code?: string;
  readonly source: string;
  readonly reason: (request: Request, situation: Situation) => Reason | Promise<Reason>;
}

type Refusal = (part: Request, request: Request, situation: Situation) => Reason | Promise<Reason>;

/** What is refused, why, and where AWS says so, if not in the page of the part. */
export type Line = readonly [refuses: string, reason: Refusal, source?: string];

export const api = "https://docs.aws.amazon.com/autoscaling/application/APIReference";
export const quotas =
  "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html";
/** Answers of AWS, each made with a deployment. */
export const reports = "https://github.com/badmintoncryer/cdk-preflight/blob/main/docs/rules.md";

export function dimensionOf({ ServiceNamespace, ResourceId, ScalableDimension }: Request) {
  return {
    ServiceNamespace: String(ServiceNamespace),
    ResourceId: String(ResourceId),
    ScalableDimension: String(ScalableDimension),
  };
}

export function isRegistered(request: Request, { account }: Situation): boolean {
  return account.targets.has(keyOf(dimensionOf(request)));
}
