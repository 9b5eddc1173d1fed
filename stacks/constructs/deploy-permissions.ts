import type { Environment } from "../environments";
import { bucketName, prefixOf } from "./account";
import { boundaryArn } from "./permissions-boundary";
import type { Statement } from "./policy-document";

/** Statements by part: each part becomes a policy, because one policy holds 6144 characters at most. */
type Permissions = Readonly<Record<string, Statement[]>>;

/** Reads what a `terraform plan` refreshes, without locking: state, and the settings of resources. No object, no secret, no log line. */
export function planPermissions(environment: Environment, keyArn: string): Permissions {
  return {
    state: [...readState(environment), useKey(keyArn, ["kms:Decrypt"])],
    resources: [
      { Sid: "ReadSettings", Action: settings, Resource: "*", Condition: inRegion(environment) },
      { Sid: "ReadGlobalSettings", Action: globalSettings, Resource: "*" },
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
      useKey(keyArn, ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:CreateGrant", "kms:RetireGrant"]),
    ],
    network: [...manageNetwork(environment), ...manageBuckets(environment)],
    compute: [...manageImages(environment), ...manageCompute(environment)],
    roles: [...manageRoles(environment)],
    observability: [...manageObservability(environment)],
  };
}

const settings = [
  ...["acm:DescribeCertificate", "acm:ListTagsForCertificate"],
  ...["application-autoscaling:Describe*", "application-autoscaling:ListTagsForResource"],
  ...["cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"],
  "ec2:Describe*",
  ...["ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:ListTagsForResource", "ecr:DescribeImages"],
  ...["ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTaskDefinition", "ecs:ListTagsForResource"],
  "elasticloadbalancing:Describe*",
  ...["events:DescribeRule", "events:ListTargetsByRule", "events:ListTagsForResource"],
  ...["kms:ListAliases", "kms:DescribeKey"],
  ...[
    "logs:DescribeLogGroups",
    "logs:DescribeQueryDefinitions",
    "logs:DescribeMetricFilters",
    "logs:DescribeResourcePolicies",
    "logs:ListTagsForResource",
  ],
  ...["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
  ...["sns:GetTopicAttributes", "sns:GetSubscriptionAttributes", "sns:ListTagsForResource"],
  ...["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
  ...["wafv2:GetWebACL", "wafv2:GetWebACLForResource", "wafv2:GetLoggingConfiguration", "wafv2:ListTagsForResource"],
];
const globalSettings = [
  ...["budgets:ViewBudget", "budgets:ListTagsForResource"],
  ...["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"],
  ...["route53:GetChange", "route53:GetHostedZone", "route53:ListHostedZones", "route53:ListHostedZonesByName"],
  ...["route53:ListResourceRecordSets", "route53:ListTagsForResource"],
];
const bucketSettings = [
  ...["s3:GetAccelerateConfiguration", "s3:GetBucket*", "s3:GetEncryptionConfiguration"],
  ...["s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket"],
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

function useKey(keyArn: string, actions: string[]): Statement {
  return { Sid: "UseKey", Action: actions, Resource: keyArn };
}

/** Most actions of EC2 that create have no resource to name yet. */
function manageNetwork(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  const { of } = nouns("ec2");
  const loadBalancing = `arn:aws:elasticloadbalancing:${region}:${accountId}`;
  return [
    {
      Sid: "ManageVpc",
      Action: [
        ...of(["Create", "Delete"], ["Vpc", "Subnet", "InternetGateway", "NatGateway", "RouteTable", "Route"]),
        ...of(["Create", "Delete"], ["SecurityGroup", "VpcEndpoint*", "FlowLogs", "Tags"]),
        ...of(["Attach", "Detach"], ["InternetGateway"]),
        ...of(["Associate", "Disassociate"], ["RouteTable", "Address"]),
        ...of(["Allocate", "Release"], ["Address"]),
        ...of(["Authorize", "Revoke"], ["SecurityGroupIngress", "SecurityGroupEgress"]),
        ...of(["Modify"], ["VpcAttribute", "SubnetAttribute", "VpcEndpoint", "SecurityGroupRules"]),
        ...of(["Replace"], ["Route", "RouteTableAssociation"]),
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "ManageLoadBalancers",
      Action: [
        ...nouns("elasticloadbalancing").of(["Create", "Delete"], ["LoadBalancer", "Listener", "Rule", "TargetGroup"]),
        ...nouns("elasticloadbalancing").of(
          ["Modify"],
          ["LoadBalancerAttributes", "TargetGroup", "TargetGroupAttributes"],
        ),
        ...nouns("elasticloadbalancing").of(["Modify"], ["Listener", "ListenerAttributes", "Rule"]),
        ...nouns("elasticloadbalancing").of(["Set"], ["SecurityGroups", "Subnets", "RulePriorities", "WebACL"]),
        ...nouns("elasticloadbalancing").of(["Add", "Remove"], ["Tags"]),
      ],
      Resource: [
        ...["loadbalancer", "listener", "listener-rule"].map((kind) => `${loadBalancing}:${kind}/app/${name}-*`),
        `${loadBalancing}:targetgroup/${name}-*`,
      ],
    },
    {
      Sid: "ManageNames",
      Action: [
        ...nouns("route53").of(["Create", "Delete"], ["HostedZone"]),
        ...nouns("route53").of(["Change"], ["ResourceRecordSets", "TagsForResource"]),
      ],
      Resource: "*",
    },
    {
      Sid: "ManageCertificateAndWebAcl",
      Action: [
        ...nouns("acm").of(["Request", "Delete"], ["Certificate"]),
        ...nouns("acm").of(["Add", "Remove"], ["TagsToCertificate", "TagsFromCertificate"]),
        ...nouns("wafv2").of(["Create", "Update", "Delete", "Associate", "Disassociate"], ["WebACL"]),
        ...nouns("wafv2").of(["Put", "Delete"], ["LoggingConfiguration"]),
        ...nouns("wafv2").of(["Tag", "Untag"], ["Resource"]),
        // WAF sets its log up in the name of who asks.
        ...["logs:CreateLogDelivery", "logs:DeleteLogDelivery"],
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
  ];
}

function manageBuckets(environment: Environment): Statement[] {
  return [
    {
      Sid: "ManageBuckets",
      Action: [
        ...["s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucket*"],
        ...["s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration", "s3:ListBucketVersions"],
      ],
      Resource: buckets(environment),
    },
    // Only where a destroy takes the contents along.
    ...(environment.deletionProtection
      ? []
      : [
          {
            Sid: "EmptyBuckets",
            Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            Resource: buckets(environment).map((bucket) => `${bucket}/*`),
          },
        ]),
  ];
}

function manageImages(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  return [
    {
      Sid: "ManageRepositories",
      Action: [
        ...nouns("ecr").of(["Create", "Delete"], ["Repository"]),
        ...nouns("ecr").of(["Put", "Delete"], ["LifecyclePolicy"]),
        ...nouns("ecr").of(["Put"], ["ImageTagMutability", "ImageScanningConfiguration", "Image"]),
        ...nouns("ecr").of(["Tag", "Untag"], ["Resource"]),
        ...["ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"],
        ...["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ],
      Resource: `arn:aws:ecr:${region}:${accountId}:repository/${name}/*`,
    },
    { Sid: "LogInToRegistry", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

function manageCompute(environment: Environment): Statement[] {
  const { name, region, accountId } = environment;
  const ecs = `arn:aws:ecs:${region}:${accountId}`;
  const prefix = prefixOf(environment);
  return [
    {
      Sid: "ManageCluster",
      Action: [
        ...nouns("ecs").of(["Update", "Delete"], ["Cluster"]),
        ...nouns("ecs").of(["Create", "Update", "Delete"], ["Service"]),
        ...["ecs:PutClusterCapacityProviders", "ecs:UpdateClusterSettings", "ecs:TagResource", "ecs:UntagResource"],
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
      Sid: "ManageScaling",
      Action: [
        ...nouns("application-autoscaling").of(["Register", "Deregister"], ["ScalableTarget"]),
        ...nouns("application-autoscaling").of(["Put", "Delete"], ["ScalingPolicy"]),
        ...nouns("application-autoscaling").of(["Tag", "Untag"], ["Resource"]),
        // With a policy of target tracking come alarms. Whether the caller may put them is tried on no alarm in particular:
        // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
        "cloudwatch:PutMetricAlarm",
      ],
      Resource: "*",
      Condition: inRegion(environment),
    },
  ];
}

/** Whoever may create roles could become anything, were it not for the boundary. */
function manageRoles(environment: Environment): Statement[] {
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

function manageObservability(environment: Environment): Statement[] {
  const { region, accountId } = environment;
  const prefix = prefixOf(environment);
  return [
    {
      Sid: "ManageLogGroups",
      Action: [
        ...nouns("logs").of(["Create", "Delete"], ["LogGroup"]),
        ...nouns("logs").of(["Put", "Delete"], ["RetentionPolicy", "MetricFilter"]),
        ...nouns("logs").of(["Associate", "Disassociate"], ["KmsKey"]),
        ...nouns("logs").of(["Tag", "Untag"], ["Resource"]),
      ],
      Resource: [`/${prefix}/`, `aws-waf-logs-${prefix}`].map(
        (group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}*`,
      ),
    },
    {
      Sid: "ManageQueries",
      Action: nouns("logs").of(["Put", "Delete"], ["QueryDefinition", "ResourcePolicy"]),
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "TagAlarms",
      Action: nouns("cloudwatch").of(["Tag", "Untag"], ["Resource"]),
      Resource: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${prefix}-*`,
    },
    // CloudWatch admits no narrower scope for these: see PutCompositeAlarm in its API reference.
    {
      Sid: "ManageCompositeAlarms",
      Action: ["cloudwatch:PutCompositeAlarm", "cloudwatch:DeleteAlarms"],
      Resource: "*",
      Condition: inRegion(environment),
    },
    {
      Sid: "ManageDashboards",
      Action: ["cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"],
      Resource: `arn:aws:cloudwatch::${accountId}:dashboard/${prefix}*`,
    },
    {
      Sid: "ManageTopics",
      Action: [
        ...nouns("sns").of(["Create", "Delete"], ["Topic"]),
        ...["sns:SetTopicAttributes", "sns:SetSubscriptionAttributes", "sns:Subscribe"],
        ...nouns("sns").of(["Tag", "Untag"], ["Resource"]),
      ],
      Resource: `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
    },
    {
      Sid: "ManageUndelivered",
      Action: ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
      Resource: `arn:aws:sqs:${region}:${accountId}:${prefix}-*`,
    },
    {
      Sid: "ManageEvents",
      Action: [
        ...nouns("events").of(["Put", "Delete"], ["Rule"]),
        ...nouns("events").of(["Put", "Remove"], ["Targets"]),
        ...nouns("events").of(["Tag", "Untag"], ["Resource"]),
      ],
      Resource: `arn:aws:events:${region}:${accountId}:rule/${prefix}-*`,
    },
    // It names a subscription, which is no resource to IAM.
    { Sid: "Unsubscribe", Action: "sns:Unsubscribe", Resource: "*", Condition: inRegion(environment) },
    {
      Sid: "ManageBudget",
      Action: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
      Resource: `arn:aws:budgets::${accountId}:budget/${prefix}`,
    },
  ];
}

function buckets(environment: Environment): string[] {
  return (["access-logs", "objects"] as const).map((purpose) => `arn:aws:s3:::${bucketName(environment, purpose)}`);
}

function inRegion({ region }: Environment) {
  return { StringEquals: { "aws:RequestedRegion": region } };
}

/** `nouns("ec2").of(["Create"], ["Vpc"])` is `["ec2:CreateVpc"]`. */
function nouns(service: string) {
  return {
    of: (verbs: string[], names: string[]) => verbs.flatMap((verb) => names.map((name) => `${service}:${verb}${name}`)),
  };
}
