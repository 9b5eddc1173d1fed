import type { Environment } from "../environments";
import { prefixOf } from "./names";
import { inRegion, parameterArn } from "./permission-scope";
import type { Statement } from "./policy-document";

export function manageImages(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  return [
    {
      Sid: "ManageRepositories",
      Action: [
        "ecr:CreateRepository",
        "ecr:DeleteRepository",
        "ecr:PutLifecyclePolicy",
        "ecr:DeleteLifecyclePolicy",
        "ecr:PutImageTagMutability",
        "ecr:PutImageScanningConfiguration",
        "ecr:PutImage",
        "ecr:TagResource",
        "ecr:UntagResource",
        "ecr:InitiateLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload",
        "ecr:BatchCheckLayerAvailability",
      ],
      Resource: `arn:aws:ecr:${region}:${accountId}:repository/${name}/*`,
    },
  ];
}

export function pullImages({ name, region, accountId }: Environment): Statement[] {
  return [
    {
      Sid: "PullImages",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: `arn:aws:ecr:${region}:${accountId}:repository/${name}/*`,
    },
    { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

export function manageCompute(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  const ecs = `arn:aws:ecs:${region}:${accountId}`;
  const prefix = prefixOf(environment);
  return [
    {
      Sid: "ManageCluster",
      Action: [
        "ecs:UpdateCluster",
        "ecs:DeleteCluster",
        "ecs:CreateService",
        "ecs:UpdateService",
        "ecs:DeleteService",
        "ecs:PutClusterCapacityProviders",
        "ecs:UpdateClusterSettings",
        "ecs:TagResource",
        "ecs:UntagResource",
      ],
      Resource: [`${ecs}:cluster/${name}`, `${ecs}:service/${name}/*`, `${ecs}:task-definition/${prefix}-*`],
    },
    // None of these knows a resource when it is called.
    {
      Sid: "ManageTaskDefinitions",
      Action: ["ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:DeregisterTaskDefinition"],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "RecordReleases",
      Action: ["ssm:PutParameter", "ssm:DeleteParameter", "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"],
      Resource: parameterArn(environment),
    },
    {
      Sid: "ManageScaling",
      Action: [
        "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:DeleteScalingPolicy",
        "application-autoscaling:TagResource",
        "application-autoscaling:UntagResource",
        // With a policy of target tracking come alarms. Whether the caller may put them is tried on no alarm in particular:
        // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
        "cloudwatch:PutMetricAlarm",
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
  ];
}
