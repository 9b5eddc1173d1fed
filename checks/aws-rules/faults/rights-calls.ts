import { cluster, service, taskDefinition } from "../wrongs/tasks";
import { account, allow, network, noTwo, two } from "../wrongs/world";
import type { Call, Made, Wrong } from "../wrongs/wrong";

const balancer = (by: string): Call => ({
  client: "elastic-load-balancing-v2",
  command: "CreateLoadBalancerCommand",
  by,
  input: (made) => ({
    Name: "faults-groups",
    Scheme: "internal",
    Subnets: [made.subnetA.Subnet.SubnetId, made.subnetB.Subnet.SubnetId],
    SecurityGroups: [made.group.GroupId],
  }),
});

const scalingRole = (made: Made): string =>
  `arn:aws:iam::${account(made)}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;

const scaling = (made: Made, receiver: string): object[] => [
  allow("application-autoscaling:*"),
  allow("iam:PassRole", scalingRole(made), { Condition: { StringEquals: { "iam:PassedToService": receiver } } }),
];

const target = (by: string): Call => ({
  client: "application-auto-scaling",
  command: "RegisterScalableTargetCommand",
  by,
  input: (made) => ({
    ...{ ServiceNamespace: "ecs", ResourceId: "service/faults-scaling/app", MinCapacity: 1, MaxCapacity: 4 },
    ...{ ScalableDimension: "ecs:service:DesiredCount", RoleARN: scalingRole(made) },
  }),
});

const balancing = ["elasticloadbalancing:*", "iam:CreateServiceLinkedRole"];

/** Calls that need rights beyond their own action. */
export const rightsCalls: readonly Wrong[] = [
  {
    name: "load balancer by a role that may not read the security groups of its VPC",
    service: "elb",
    kind: "permission",
    before: [
      ...network,
      {
        client: "ec2",
        command: "CreateSecurityGroupCommand",
        input: (made) => ({ GroupName: "faults-groups", Description: "faults", VpcId: made.vpc.Vpc.VpcId }),
        as: "group",
      },
      ...two(
        "faults-groups",
        () => [allow(balancing)],
        () => [allow([...balancing, "ec2:GetSecurityGroupsForVpc"])],
      ),
    ],
    wrong: balancer("poor"),
    answer: { error: "AccessDenied", message: "ec2:GetSecurityGroupsForVpc" },
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3917",
    explanation: "The groups that are given are looked for among those of the VPC, with the rights of the caller.",
    right: balancer("rich"),
    after: noTwo("faults-groups"),
  },
  {
    name: "scalable target with a role that the caller may not pass",
    service: "application-auto-scaling",
    kind: "permission",
    before: [
      ...network,
      cluster("faults-scaling", "cluster"),
      taskDefinition("faults-scaling"),
      service("cluster", "app"),
      ...two(
        "faults-scaling",
        (made) => scaling(made, "ecs.amazonaws.com"),
        (made) => scaling(made, "application-autoscaling.amazonaws.com"),
      ),
    ],
    wrong: target("poor"),
    answer: { error: "AccessDeniedException", message: "iam:PassRole" },
    source:
      "https://docs.aws.amazon.com/service-authorization/latest/reference/list_application-autoscaling.html (RegisterScalableTarget)",
    explanation: "Terraform names the role that AWS answered with when it changes a target, and so passes it.",
    right: target("rich"),
    after: noTwo("faults-scaling"),
  },
];
