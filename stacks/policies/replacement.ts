import type { Arguments, Synthesized } from "../synthesized";
import { each, type Policy } from "./policy";

/** A type that AWS does not delete while something uses it, and whose users Terraform changes without replacing them. */
interface Replaceable {
  readonly type: string;
  readonly usedBy: readonly string[];
  /** Whether a second one can be made beside the first; AWS admits a name once. Not given where nothing but a new name replaces it. */
  readonly canExistTwice?: (resource: Arguments) => boolean;
  /** Where AWS, the provider's documentation or a report says so. */
  readonly source: string;
}

const providerDocs = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources";
const providerIssues = "https://github.com/hashicorp/terraform-provider-aws/issues";

export const replaceables: readonly Replaceable[] = [
  {
    type: "aws_lb_target_group",
    usedBy: ["aws_lb_listener", "aws_lb_listener_rule"],
    // Of what replaces it, the port is what people change.
    canExistTwice: ({ name, port }) => name === undefined || String(name).endsWith(`-${port}`),
    source: `${providerIssues}/1315; https://github.com/terraform-aws-modules/terraform-aws-alb/issues/396`,
  },
  {
    // Those of load balancers and endpoints are named by rules of other stacks, too: no single apply can replace them.
    type: "aws_security_group",
    usedBy: ["aws_ecs_service"],
    canExistTwice: ({ name }) => name === undefined,
    source: `${providerDocs}/security_group#recreating-a-security-group`,
  },
  {
    type: "aws_acm_certificate",
    usedBy: ["aws_lb_listener", "aws_acm_certificate_validation"],
    source: `${providerDocs}/acm_certificate; https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html`,
  },
  ...["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].map((type) => ({
    ...{ type, usedBy: ["aws_cloudwatch_composite_alarm"] },
    source: `${providerIssues}/34807`,
  })),
];

export const replacementPolicies: readonly Policy[] = [
  {
    promise: "makes the next one before it removes what others still use",
    violations: (stacks) =>
      used(stacks).flatMap(({ type, isUsed }) =>
        each(stacks, type, ({ lifecycle }, id) => !isUsed(id) || lifecycle?.create_before_destroy === true),
      ),
  },
  {
    promise: "leaves the name free for the next one, where both are there for a while",
    violations: (stacks) =>
      used(stacks).flatMap(({ type, isUsed, canExistTwice = () => true }) =>
        each(stacks, type, (resource, id) => !isUsed(id) || canExistTwice(resource)),
      ),
  },
];

function used(stacks: Synthesized) {
  return replaceables.map((row) => {
    const users = row.usedBy.flatMap((type) => stacks.resources(type).map(([, resource]) => resource));
    const text = JSON.stringify(stacks.resolved(users));
    return { ...row, isUsed: (id: string) => text.includes(`{${row.type}.${id}.`) };
  });
}
