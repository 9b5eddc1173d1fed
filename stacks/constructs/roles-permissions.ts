import type { Environment } from "../environments";
import { prefixOf } from "./names";
import { boundaryArn } from "./permissions-boundary";
import type { Statement } from "./policy-document";

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
      Sid: "LetServicesMakeTheirRoles",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:aws:iam::${accountId}:role/aws-service-role/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": linked.map((service) => `${service}.amazonaws.com`) } },
    },
  ];
}
