import type { Environment } from "../environments";
import { manageCompute, manageImages, pullImages } from "./compute-permissions";
import { bucketName } from "./names";
import { manageBuckets, manageNetwork } from "./network-permissions";
import { manageObservability } from "./observability-permissions";
import { buckets, inRegion, parameterArn } from "./permission-scope";
import type { Statement } from "./policy-document";
import { manageRoles } from "./roles-permissions";

/** Statements by part: each part becomes a policy, because one policy holds 6144 characters at most. */
type Permissions = Readonly<Record<string, Statement[]>>;

/** Reads what a `terraform plan` refreshes, without locking: state, and the settings of resources. Images too, to scan what runs. No object, no secret of a service, no log line. */
export function planPermissions(environment: Environment, keyArn: string): Permissions {
  return {
    state: [...readState(environment), useKey(keyArn, ["kms:Decrypt"])],
    resources: [
      { Sid: "ReadSettings", Action: settings, Resource: "*", Condition: inRegion(environment) },
      { Sid: "ReadGlobalSettings", Action: globalSettings, Resource: "*" },
      { Sid: "ReadReleases", Action: releases, Resource: parameterArn(environment) },
      ...readClientSecret(environment),
      ...pullImages(environment),
      { Sid: "ReadBucketSettings", Action: bucketSettings, Resource: buckets(environment) },
    ],
  };
}

/**
 * Creates, changes and removes what the stacks hold, named as they name it, in this account and region.
 * It cannot widen itself: a role that it makes has the boundary, and its own name is outside of what it may touch.
 */
export function deployPermissions(environment: Environment, keyArn: string): Permissions {
  return {
    ...planPermissions(environment, keyArn),
    state: [
      ...readState(environment),
      {
        Sid: "WriteState",
        Action: ["s3:PutObject", "s3:DeleteObject"],
        Resource: stateObjects(environment),
      },
      useKey(keyArn, ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]),
      grantKeyToRepositories(keyArn, environment),
    ],
    network: [...manageNetwork(environment), ...manageBuckets(environment)],
    compute: [...manageImages(environment), ...manageCompute(environment)],
    roles: [...manageRoles(environment)],
    observability: [...manageObservability(environment)],
  };
}

const settings = [
  "acm:DescribeCertificate",
  "acm:ListTagsForCertificate",
  "application-autoscaling:Describe*",
  "application-autoscaling:ListTagsForResource",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetDashboard",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ecr:DescribeRepositories",
  "ecr:GetLifecyclePolicy",
  "ecr:ListTagsForResource",
  "ecr:DescribeImages",
  "ecs:DescribeClusters",
  "ecs:DescribeServices",
  "ecs:DescribeTaskDefinition",
  "ecs:ListTagsForResource",
  "elasticloadbalancing:Describe*",
  "elasticloadbalancing:GetLoadBalancerWebACL",
  "events:DescribeRule",
  "events:ListTargetsByRule",
  "events:ListTagsForResource",
  "kms:ListAliases",
  "kms:DescribeKey",
  "logs:DescribeLogGroups",
  "logs:DescribeQueryDefinitions",
  "logs:DescribeMetricFilters",
  "logs:DescribeResourcePolicies",
  "logs:ListTagsForResource",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "sns:GetTopicAttributes",
  "sns:GetSubscriptionAttributes",
  "sns:ListTagsForResource",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ListQueueTags",
  "ssm:DescribeParameters",
  "wafv2:GetWebACL",
  "wafv2:GetWebACLForResource",
  "wafv2:GetLoggingConfiguration",
  "wafv2:ListTagsForResource",
];
const globalSettings = [
  "budgets:ViewBudget",
  "budgets:ListTagsForResource",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListRolePolicies",
  "iam:ListAttachedRolePolicies",
  "route53:GetChange",
  "route53:GetHostedZone",
  "route53:ListHostedZones",
  "route53:ListHostedZonesByName",
  "route53:ListResourceRecordSets",
  "route53:ListTagsForResource",
];
const releases = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:ListTagsForResource"];
const bucketSettings = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
];

function readState(environment: Environment): Statement[] {
  const bucket = `arn:aws:s3:::${bucketName(environment, "state")}`;
  return [
    { Sid: "ListStates", Action: "s3:ListBucket", Resource: bucket },
    { Sid: "ReadState", Action: "s3:GetObject", Resource: stateObjects(environment) },
  ];
}

/** The states of the stacks and the locks beside them; the state of `bootstrap` is elsewhere. */
function stateObjects(environment: Environment): string[] {
  const bucket = `arn:aws:s3:::${bucketName(environment, "state")}`;
  return ["tfstate", "tfstate.tflock"].map((ending) => `${bucket}/${environment.name}-*.${ending}`);
}

/** Of the client with which the load balancer signs people in: it is an argument of a listener rule. */
function readClientSecret({ access, region, accountId }: Environment): Statement[] {
  if (!("signIn" in access)) return [];
  const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${access.signIn.clientSecret}-??????`;
  return [{ Sid: "ReadClientSecret", Action: "secretsmanager:GetSecretValue", Resource: arn }];
}

/** ECR makes two grants for each repository, in the name of who creates it. Without the condition the role could grant the key to anybody. */
function grantKeyToRepositories(keyArn: string, { region }: Environment): Statement {
  return {
    Sid: "GrantKeyToRepositories",
    Action: ["kms:CreateGrant", "kms:RetireGrant"],
    Resource: keyArn,
    Condition: { StringEquals: { "kms:ViaService": `ecr.${region}.amazonaws.com` } },
  };
}

function useKey(keyArn: string, actions: string[]): Statement {
  return { Sid: "UseKey", Action: actions, Resource: keyArn };
}
