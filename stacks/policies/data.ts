import type { Arguments } from "../synthesized";
import { each, lacking, type Policy, statementsOf } from "./policy";

const bucket = "aws_s3_bucket";
const isAccessLogs = (id: string) => id.startsWith("access-logs");
/** The key is made in `bootstrap`, and looked up elsewhere. */
const isEnvironmentKey = (reference: unknown) => /aws_kms_key\.|data\.aws_kms_alias\.key\./.test(String(reference));

export const dataPolicies: readonly Policy[] = [
  {
    promise: "closes every bucket to the public",
    violations: (stacks) => [
      ...lacking(stacks, bucket, "aws_s3_bucket_public_access_block", "bucket"),
      ...each(stacks, "aws_s3_bucket_public_access_block", (block) =>
        ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].every(
          (flag) => block[flag] === true,
        ),
      ),
      ...each(stacks, "aws_s3_bucket_policy", ({ policy }) =>
        statementsOf(policy).every(({ Effect, Principal }) => Effect === "Deny" || Principal?.Service !== undefined),
      ),
    ],
  },
  {
    promise: "opens buckets by TLS alone",
    violations: (stacks) => [
      ...lacking(stacks, bucket, "aws_s3_bucket_policy", "bucket"),
      ...each(stacks, "aws_s3_bucket_policy", ({ policy }) =>
        statementsOf(policy).some(
          ({ Effect, Principal, Action, Condition }) =>
            Effect === "Deny" &&
            Principal === "*" &&
            Action === "s3:*" &&
            Condition?.Bool?.["aws:SecureTransport"] === "false",
        ),
      ),
    ],
  },
  {
    promise: "encrypts buckets with the environment's key, but for logs that AWS delivers",
    violations: (stacks) => [
      ...lacking(stacks, bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket"),
      ...each(stacks, "aws_s3_bucket_server_side_encryption_configuration", ({ rule }, id) => {
        const { sse_algorithm, kms_master_key_id } = rule[0].apply_server_side_encryption_by_default;
        return isAccessLogs(id)
          ? sse_algorithm === "AES256"
          : sse_algorithm === "aws:kms" && isEnvironmentKey(kms_master_key_id);
      }),
    ],
  },
  {
    promise: "keeps earlier versions of objects, for a time, and their owner",
    violations: (stacks) => [
      ...[
        "aws_s3_bucket_versioning",
        "aws_s3_bucket_lifecycle_configuration",
        "aws_s3_bucket_ownership_controls",
      ].flatMap((type) => lacking(stacks, bucket, type, "bucket")),
      ...each(
        stacks,
        "aws_s3_bucket_versioning",
        ({ versioning_configuration }) => versioning_configuration.status === "Enabled",
      ),
      ...each(stacks, "aws_s3_bucket_lifecycle_configuration", ({ rule }) =>
        rule.every(
          ({ status, noncurrent_version_expiration }: Arguments) =>
            status === "Enabled" && noncurrent_version_expiration?.length === 1,
        ),
      ),
      ...each(
        stacks,
        "aws_s3_bucket_ownership_controls",
        ({ rule }) => rule.object_ownership === "BucketOwnerEnforced",
      ),
    ],
  },
  {
    // In a versioned bucket an expired object becomes a noncurrent version, and only then the days of that begin to count:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
    promise: "deletes objects that expire a day later for good",
    violations: (stacks) =>
      each(stacks, "aws_s3_bucket_lifecycle_configuration", ({ rule }) =>
        rule.every(
          ({ expiration = [], noncurrent_version_expiration: noncurrent = [] }: Arguments) =>
            expiration.length === 0 || noncurrent[0]?.noncurrent_days === 1,
        ),
      ),
  },
  {
    promise: "deletes what is stored with its container only where nothing is protected",
    violations: (stacks, { deletionProtection }) => [
      ...each(stacks, bucket, ({ force_destroy }) => force_destroy === !deletionProtection),
      ...each(stacks, "aws_ecr_repository", ({ force_delete }) => force_delete === !deletionProtection),
    ],
  },
  {
    promise: "keeps logs for as long as the row says, under the environment's key",
    violations: (stacks, { logRetentionDays }) =>
      each(
        stacks,
        "aws_cloudwatch_log_group",
        ({ retention_in_days, kms_key_id }) => retention_in_days === logRetentionDays && isEnvironmentKey(kms_key_id),
      ),
  },
  {
    promise: "encrypts alarms on their way with the environment's key",
    violations: (stacks) =>
      ["aws_sns_topic", "aws_sqs_queue"].flatMap((type) =>
        each(stacks, type, ({ kms_master_key_id }) => isEnvironmentKey(kms_master_key_id)),
      ),
  },
  {
    promise: "keeps images immutable, scanned and encrypted",
    violations: (stacks) =>
      each(
        stacks,
        "aws_ecr_repository",
        ({ image_tag_mutability, image_scanning_configuration, encryption_configuration }) =>
          image_tag_mutability === "IMMUTABLE" &&
          image_scanning_configuration?.scan_on_push === true &&
          encryption_configuration?.[0]?.encryption_type === "KMS" &&
          isEnvironmentKey(encryption_configuration[0].kms_key),
      ),
  },
  {
    promise: "keeps the images that a rollback needs, and forgets the oldest",
    violations: (stacks) => [
      ...lacking(stacks, "aws_ecr_repository", "aws_ecr_lifecycle_policy", "repository"),
      ...each(stacks, "aws_ecr_lifecycle_policy", ({ policy }) =>
        JSON.parse(policy).rules.every(({ selection }: Arguments) => selection.countNumber >= 20),
      ),
      ...each(stacks, "docker_image", ({ keep_locally }) => keep_locally === true),
      ...each(stacks, "docker_registry_image", ({ keep_remotely }) => keep_remotely === true),
      ...each(stacks, "aws_ecs_task_definition", ({ skip_destroy }) => skip_destroy === true),
    ],
  },
];
