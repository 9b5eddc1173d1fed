import type { Arguments } from "../../synthesized";
import {
  actions,
  anywhere,
  inAccount,
  inRegion,
  linkedRole,
  nameOf,
  passedRoles,
  pike,
  type RequiredActions,
  type World,
} from "./required-actions";

const ecs = (names: string) => actions("ecs", names);
const ecr = (names: string) => actions("ecr", names);
const tags = "TagResource UntagResource";
const cluster = (reference: unknown, world: World) => `cluster/${nameOf(world, reference)}`;
const repository = ({ name }: Arguments) => `repository/${name}`;
const scalable = inRegion("application-autoscaling", () => "scalable-target/0123456789abcdef");
const scalingRole =
  "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService";
const role = inAccount("iam", ({ name }) => `role/${name}`);
/** The condition under which the deploy role makes roles. */
const bounded = ({ permissions_boundary }: Arguments) => ({ "iam:PermissionsBoundary": String(permissions_boundary) });

/** A setting of a bucket that is a resource of its own. */
function ofBucket(type: string, write: string, read: string): [string, RequiredActions] {
  const on = ({ bucket }: Arguments, world: World) => `arn:aws:s3:::${nameOf(world, bucket, "bucket")}`;
  return [
    type,
    { source: pike(`s3/${type}`), calls: [{ write: actions("s3", write), read: actions("s3", read), on }] },
  ];
}

export const requiredByServices: Readonly<Record<string, RequiredActions>> = {
  aws_ecr_repository: {
    source: `${pike("ecr/aws_ecr_repository")}; https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html`,
    calls: [
      {
        write: ecr(`CreateRepository DeleteRepository PutImageTagMutability PutImageScanningConfiguration ${tags}`),
        read: ecr("DescribeRepositories ListTagsForResource"),
        on: inRegion("ecr", repository),
      },
      {
        write: actions("kms", "DescribeKey CreateGrant RetireGrant"),
        on: (_, { stacks }) => keyOf(stacks),
        context: (_, { environment }) => ({ "kms:ViaService": `ecr.${environment.region}.amazonaws.com` }),
      },
    ],
  },
  aws_ecr_lifecycle_policy: {
    source: pike("ecr/aws_ecr_lifecycle_policy"),
    calls: [
      {
        write: ecr("PutLifecyclePolicy DeleteLifecyclePolicy"),
        read: ecr("GetLifecyclePolicy"),
        on: inRegion("ecr", (resource, world) => repository({ name: nameOf(world, resource.repository) })),
      },
    ],
  },
  docker_registry_image: {
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html",
    calls: [
      { write: ecr("GetAuthorizationToken"), on: anywhere },
      {
        write: ecr(
          "BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage BatchGetImage GetDownloadUrlForLayer",
        ),
        on: inRegion("ecr", ({ name }, world) => repository({ name: nameOf(world, name) })),
      },
    ],
  },
  aws_ecs_cluster: {
    source: `${pike("ecs/aws_ecs_cluster")}; https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles-for-clusters.html`,
    calls: [
      {
        write: ecs(`CreateCluster UpdateCluster DeleteCluster ${tags}`),
        read: ecs("DescribeClusters ListTagsForResource"),
        on: inRegion("ecs", ({ name }) => `cluster/${name}`),
      },
      linkedRole("ecs.amazonaws.com"),
    ],
  },
  aws_ecs_cluster_capacity_providers: {
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html",
    calls: [
      {
        write: ecs("PutClusterCapacityProviders"),
        read: ecs("DescribeClusters"),
        on: inRegion("ecs", ({ cluster_name }, world) => cluster(cluster_name, world)),
      },
    ],
  },
  aws_ecs_service: {
    source: pike("ecs/aws_ecs_service"),
    calls: [
      {
        write: ecs(`CreateService UpdateService DeleteService ${tags}`),
        read: ecs("DescribeServices ListTagsForResource"),
        on: inRegion("ecs", (resource, world) => `service/${nameOf(world, resource.cluster)}/${resource.name}`),
      },
    ],
  },
  aws_ecs_task_definition: {
    source: pike("ecs/aws_ecs_task_definition"),
    calls: [
      {
        write: ecs(`RegisterTaskDefinition ${tags}`),
        read: ecs("ListTagsForResource"),
        on: inRegion("ecs", ({ family }) => `task-definition/${family}:1`),
      },
      { write: ecs("DeregisterTaskDefinition"), read: ecs("DescribeTaskDefinition"), on: anywhere },
      passedRoles("ecs-tasks.amazonaws.com", "execution_role_arn", "task_role_arn"),
    ],
  },
  aws_appautoscaling_target: {
    source: `${pike("application-autoscaling/aws_appautoscaling_target")}; https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html; https://docs.aws.amazon.com/service-authorization/latest/reference/list_application-autoscaling.html`,
    calls: [
      {
        write: actions("application-autoscaling", `RegisterScalableTarget DeregisterScalableTarget ${tags}`),
        read: actions("application-autoscaling", "ListTagsForResource"),
        on: scalable,
      },
      { read: actions("application-autoscaling", "DescribeScalableTargets"), on: anywhere },
      linkedRole("ecs.application-autoscaling.amazonaws.com"),
      // An update names the role that AWS answered with, and thereby passes it:
      // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/appautoscaling/target.go
      {
        write: ["iam:PassRole"],
        on: inAccount("iam", () => `role/${scalingRole}`),
        context: () => ({ "iam:PassedToService": "application-autoscaling.amazonaws.com" }),
      },
    ],
  },
  aws_appautoscaling_policy: {
    source: pike("application-autoscaling/aws_appautoscaling_policy"),
    calls: [
      { write: actions("application-autoscaling", "PutScalingPolicy DeleteScalingPolicy"), on: scalable },
      { read: actions("application-autoscaling", "DescribeScalingPolicies"), on: anywhere },
    ],
  },
  aws_ssm_parameter: {
    source: `${pike("ssm/aws_ssm_parameter")}; https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html`,
    calls: [
      {
        write: actions("ssm", "PutParameter DeleteParameter AddTagsToResource RemoveTagsFromResource"),
        read: actions("ssm", "GetParameter ListTagsForResource"),
        on: inRegion("ssm", ({ name }) => `parameter${name}`),
      },
      { read: actions("ssm", "DescribeParameters"), on: anywhere },
    ],
  },
  aws_iam_role: {
    source: pike("iam/aws_iam_role"),
    calls: [
      { write: ["iam:CreateRole"], on: role, context: bounded },
      {
        write: actions("iam", "DeleteRole UpdateAssumeRolePolicy TagRole UntagRole ListInstanceProfilesForRole"),
        read: actions("iam", "GetRole ListRolePolicies ListAttachedRolePolicies"),
        on: role,
      },
    ],
  },
  aws_iam_role_policy: {
    source: pike("iam/aws_iam_role_policy"),
    calls: [
      {
        write: actions("iam", "PutRolePolicy DeleteRolePolicy"),
        read: actions("iam", "GetRolePolicy"),
        on: inAccount("iam", (resource, world) => `role/${nameOf(world, resource.role)}`),
        context: (resource, world) => bounded(roleOf(world, resource)),
      },
    ],
  },
  ...Object.fromEntries([
    ofBucket(
      "aws_s3_bucket",
      "CreateBucket DeleteBucket PutBucketTagging",
      "ListBucket GetBucketTagging GetBucketPolicy GetBucketAcl GetBucketCORS GetBucketWebsite GetBucketVersioning GetBucketLogging GetBucketRequestPayment GetBucketObjectLockConfiguration GetAccelerateConfiguration GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration",
    ),
    ofBucket("aws_s3_bucket_lifecycle_configuration", "PutLifecycleConfiguration", "GetLifecycleConfiguration"),
    ofBucket("aws_s3_bucket_ownership_controls", "PutBucketOwnershipControls", "GetBucketOwnershipControls"),
    ofBucket("aws_s3_bucket_policy", "PutBucketPolicy DeleteBucketPolicy", "GetBucketPolicy"),
    ofBucket("aws_s3_bucket_public_access_block", "PutBucketPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ofBucket(
      "aws_s3_bucket_server_side_encryption_configuration",
      "PutEncryptionConfiguration",
      "GetEncryptionConfiguration",
    ),
    ofBucket("aws_s3_bucket_versioning", "PutBucketVersioning", "GetBucketVersioning"),
  ]),
};

function keyOf(stacks: World["stacks"]): string[] {
  return stacks.resources("aws_kms_key").map(([id]) => `\${aws_kms_key.${id}.arn}`);
}

function roleOf(world: World, { role: reference }: Arguments): Arguments {
  return { permissions_boundary: nameOf(world, reference, "permissions_boundary") };
}
