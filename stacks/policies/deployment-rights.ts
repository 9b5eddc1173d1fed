import type { Environment } from "../environments";
import type { Synthesized } from "../synthesized";
import { type Request, refusedBy, statementsOfRole } from "./access";
import type { Ask, Asked } from "./asked/asked";
import { askedByNetwork } from "./asked/network";
import { askedByObservability } from "./asked/observability";
import { askedByServices } from "./asked/services";
import type { Policy } from "./policy";

/** What Terraform asks of AWS, by type of resource. */
export const asked: Readonly<Record<string, Asked>> = {
  ...askedByNetwork,
  ...askedByServices,
  ...askedByObservability,
};

/** Types that Terraform asks AWS nothing about, or nothing that another type does not ask. */
const silent = ["aws_acm_certificate_validation", "docker_image"];

export const deploymentRightsPolicies: readonly Policy[] = [
  {
    promise: "lets the deploy role do what Terraform does with each resource",
    violations: (stacks, environment) => [
      ...unknownTypes(stacks).map((type) => `${type}: it is not known what Terraform asks of AWS`),
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
  return [...types].filter((type) => !(type in asked) && !silent.includes(type));
}

type Kind = "plan" | "deploy";

function denied(
  stacks: Synthesized,
  environment: Environment,
  kind: Kind,
  actionsOf: (ask: Ask) => readonly string[],
): string[] {
  const requests = Object.entries(asked).flatMap(([type, { asks }]) =>
    stacks
      .deployed()
      .resources(type)
      .flatMap(([, resource]) =>
        asks.flatMap((ask) => requestsOf(ask, resource, { stacks, environment }, actionsOf(ask))),
      ),
  );
  return refused(stacks, environment, kind, requests);
}

function requestsOf(
  { on, context }: Ask,
  resource: Parameters<Ask["on"]>[0],
  world: Parameters<Ask["on"]>[1],
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
