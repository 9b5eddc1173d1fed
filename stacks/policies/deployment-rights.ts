import type { Environment } from "../environments";
import type { Synthesized } from "../synthesized";
import { type Request, refusedBy, statementsOfRole } from "./access";
import type { Policy } from "./policy";
import { requiredByNetwork } from "./required-actions/network";
import { requiredByObservability } from "./required-actions/observability";
import type { RequiredAction, RequiredActions } from "./required-actions/required-actions";
import { requiredByServices } from "./required-actions/services";

/** The actions that Terraform needs, by type of resource. */
export const requiredActions: Readonly<Record<string, RequiredActions>> = {
  ...requiredByNetwork,
  ...requiredByServices,
  ...requiredByObservability,
};

/** Types that Terraform makes no call to AWS for, or none that another type does not make. */
const silent = ["aws_acm_certificate_validation", "docker_image"];

export const deploymentRightsPolicies: readonly Policy[] = [
  {
    promise: "lets the deploy role do what Terraform does with each resource",
    violations: (stacks, environment) => [
      ...unknownTypes(stacks).map((type) => `${type}: no row says which actions Terraform needs of AWS`),
      ...denied(stacks, environment, "deploy", ({ read = [], write = [] }) => [...read, ...write]),
    ],
  },
  {
    promise: "lets the plan role read what Terraform refreshes",
    violations: (stacks, environment) => denied(stacks, environment, "plan", ({ read = [] }) => read),
  },
  {
    // https://developer.hashicorp.com/terraform/language/backend/s3 (permissions required)
    promise: "lets the pipeline's roles keep each state under its lock, or read it without one",
    violations: (stacks, environment) =>
      stacks.backends().flatMap(({ bucket, key }) => {
        const state = `arn:aws:s3:::${bucket}/${key}`;
        const ours = stacks.resources("aws_kms_key").map(([id]) => `\${aws_kms_key.${id}.arn}`);
        const read = [
          { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` },
          { action: "s3:GetObject", resource: state },
          ...ours.map((resource) => ({ action: "kms:Decrypt", resource })),
        ];
        const write = [
          { action: "s3:PutObject", resource: state },
          ...["Get", "Put", "Delete"].map((verb) => ({ action: `s3:${verb}Object`, resource: `${state}.tflock` })),
          ...ours.map((resource) => ({ action: "kms:GenerateDataKey", resource })),
        ];
        return [
          ...refused(stacks, environment, "plan", read),
          ...refused(stacks, environment, "deploy", [...read, ...write]),
        ];
      }),
  },
];

function unknownTypes(stacks: Synthesized): string[] {
  const types = new Set(
    stacks
      .deployed()
      .all()
      .map(([address]) => address.split(".")[0] ?? ""),
  );
  return [...types].filter((type) => !(type in requiredActions) && !silent.includes(type));
}

type Kind = "plan" | "deploy";

function denied(
  stacks: Synthesized,
  environment: Environment,
  kind: Kind,
  actionsOf: (call: RequiredAction) => readonly string[],
): string[] {
  const requests = Object.entries(requiredActions).flatMap(([type, { calls }]) =>
    stacks
      .deployed()
      .resources(type)
      .flatMap(([, resource]) =>
        calls.flatMap((call) => requestsOf(call, resource, { stacks, environment }, actionsOf(call))),
      ),
  );
  return refused(stacks, environment, kind, requests);
}

function requestsOf(
  { on, context }: RequiredAction,
  resource: Parameters<RequiredAction["on"]>[0],
  world: Parameters<RequiredAction["on"]>[1],
  actions: readonly string[],
): Request[] {
  if (actions.length === 0) return [];
  const shared = context ? { context: context(resource, world) } : {};
  return [on(resource, world)].flat().flatMap((arn) => actions.map((action) => ({ action, resource: arn, ...shared })));
}

/** A line for each request that a role of the pipeline may not make. */
function refused(stacks: Synthesized, { region }: Environment, kind: Kind, requests: readonly Request[]): string[] {
  const statements = statementsOfRole(stacks, (reference) => reference.includes(`aws_iam_role.github_${kind}_`));
  // Reading is asked for many resources, and alike.
  const different = [...new Map(requests.map((each) => [`${each.action} ${each.resource}`, each])).values()];
  return refusedBy(
    statements,
    different.map((each) => ({ ...each, context: { "aws:RequestedRegion": region, ...each.context } })),
  ).map(({ action, resource }) => `${kind} role: ${action} on ${resource}`);
}
