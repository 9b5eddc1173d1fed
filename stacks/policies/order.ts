import type { Arguments, Synthesized } from "../synthesized";
import { each, type Policy } from "./policy";

const service = "aws_ecs_service";
const isPublicBalancer = ({ internal }: Arguments) => internal !== true;

/** Terraform creates side by side what names nothing of each other; AWS refuses some of it in the wrong order. */
export const orderPolicies: readonly Policy[] = [
  {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-capacityproviderstrategyitem.html
    promise: "creates a service after the capacity providers of its cluster",
    violations: (stacks) =>
      each(stacks, service, (_, id) => isAfter(stacks, `${service}.${id}`, "aws_ecs_cluster_capacity_providers")),
  },
  {
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
    promise: "creates a service after every policy of its two roles",
    violations: (stacks) =>
      each(stacks, service, (_, id) => {
        const before = stacks.createdBefore(`${service}.${id}`);
        return stacks
          .resources("aws_iam_role_policy")
          .filter(([, { role }]) => [...before].some((address) => String(role).includes(`{${address}.`)))
          .every(([policy]) => before.has(`aws_iam_role_policy.${policy}`));
      }),
  },
  {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-loadbalancer.html
    promise: "creates a service after the rule that leads to its targets",
    violations: (stacks) =>
      each(
        stacks,
        service,
        ({ load_balancer }, id) => !load_balancer || isAfter(stacks, `${service}.${id}`, "aws_lb_listener_rule"),
      ),
  },
  {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html#gatewayattachment
    promise: "creates what has a public address after the internet gateway",
    violations: (stacks) => [
      ...each(
        stacks,
        "aws_lb",
        (balancer, id) => !isPublicBalancer(balancer) || isAfter(stacks, `aws_lb.${id}`, "aws_internet_gateway"),
      ),
      ...["aws_eip", "aws_nat_gateway"].flatMap((type) =>
        each(stacks, type, (_, id) => isAfter(stacks, `${type}.${id}`, "aws_internet_gateway")),
      ),
    ],
  },
];

function isAfter(stacks: Synthesized, address: string, type: string): boolean {
  return [...stacks.createdBefore(address)].some((before) => before.startsWith(`${type}.`));
}
