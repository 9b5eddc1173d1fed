import type { Environment } from "../environments";
import { prefixOf } from "./names";
import { boundaryArn } from "./permissions-boundary";
import type { Statement } from "./policy-document";

/** AWS gives it this name: https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const scalingRole =
  "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";

/** Whoever may create roles could become anything, were it not for the boundary. */
export function manageRoles(environment: Environment): Statement[] {
  const { accountId } = environment;
  const roles = `arn:aws:iam::${accountId}:role/${prefixOf(environment)}-*`;
  const linked = ["ecs", "elasticloadbalancing", "ecs.application-autoscaling", "wafv2"];
  return [
    {
      Sid: "ManageBoundedRoles",
      Action: ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn(environment) } },
    },
    {
      Sid: "ManageRoles",
      Action: [
        "iam:DeleteRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:ListInstanceProfilesForRole",
      ],
      Resource: roles,
    },
    {
      Sid: "PassRoles",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: {
        StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com"] },
      },
    },
    {
      // Terraform names the role of Application Auto Scaling when it changes a scalable target:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_application-autoscaling.html
      Sid: "PassScalingRole",
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${accountId}:role/${scalingRole}`,
      Condition: { StringEquals: { "iam:PassedToService": "application-autoscaling.amazonaws.com" } },
    },
    {
      Sid: "LetServicesMakeTheirRoles",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:aws:iam::${accountId}:role/aws-service-role/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": linked.map((service) => `${service}.amazonaws.com`) } },
    },
  ];
}
