import type { Arguments } from "../../../../stacks/synthesized";
import { inJson, type Operator, set } from "../operator";

export const data: readonly Operator[] = [
  ...["docker_image", "docker_registry_image"].map(
    (type): Operator => ({
      id: `${type.replaceAll("_", "-")}-again`,
      mistake: "builds or pushes an image that ECR has",
      type,
      change: (image) => {
        image.count = image.count.replace(/ \|\| contains\([^)]*\)/, "");
      },
    }),
  ),
  {
    id: "bucket-public",
    mistake: "allows public policies",
    type: "aws_s3_bucket_public_access_block",
    change: set({ block_public_policy: false }),
  },
  {
    id: "bucket-public-acls",
    mistake: "honours public ACLs",
    type: "aws_s3_bucket_public_access_block",
    change: set({ ignore_public_acls: false }),
  },
  {
    id: "bucket-block-forgotten",
    mistake: "forgets the public access block",
    type: "aws_s3_bucket_public_access_block",
    change: "remove",
  },
  {
    id: "bucket-plain-http",
    mistake: "allows plain HTTP",
    type: "aws_s3_bucket_policy",
    change: inJson("policy", (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }: Arguments) => Sid !== "TlsOnly");
    }),
  },
  {
    id: "bucket-policy-open",
    mistake: "lets everybody read",
    type: "aws_s3_bucket_policy",
    change: inJson("policy", (policy) => {
      policy.Statement.push({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" });
    }),
  },
  {
    id: "bucket-unencrypted",
    mistake: "drops the bucket's encryption",
    type: "aws_s3_bucket_server_side_encryption_configuration",
    change: "remove",
  },
  {
    id: "bucket-other-key",
    mistake: "encrypts with S3's key instead of the environment's",
    type: "aws_s3_bucket_server_side_encryption_configuration",
    change: (resource) => {
      resource.rule[0].apply_server_side_encryption_by_default = { sse_algorithm: "AES256" };
    },
    applies: ({ rule }) => rule[0].apply_server_side_encryption_by_default.sse_algorithm === "aws:kms",
  },
  {
    id: "bucket-unversioned",
    mistake: "keeps no earlier versions",
    type: "aws_s3_bucket_versioning",
    change: set({ versioning_configuration: { status: "Suspended" } }),
  },
  {
    id: "bucket-never-forgets",
    mistake: "keeps everything for ever",
    type: "aws_s3_bucket_lifecycle_configuration",
    change: "remove",
  },
  {
    id: "bucket-forgets-later",
    mistake: "keeps expired objects for as long again",
    type: "aws_s3_bucket_lifecycle_configuration",
    change: ({ rule: [rule] }) => {
      rule.noncurrent_version_expiration[0].noncurrent_days = rule.expiration[0].days;
    },
    applies: ({ rule: [rule] }) => rule.expiration !== undefined,
  },
  {
    id: "bucket-acls-on",
    mistake: "lets whoever writes own the object",
    type: "aws_s3_bucket_ownership_controls",
    change: set({ rule: { object_ownership: "ObjectWriter" } }),
  },
  {
    id: "bucket-force-destroy",
    mistake: "deletes production's bucket with what is in it",
    type: "aws_s3_bucket",
    change: set({ force_destroy: true }),
    applies: ({ force_destroy }) => force_destroy === false,
  },
  {
    id: "logs-for-ever",
    mistake: "keeps logs for ever",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: undefined }),
  },
  {
    id: "logs-zero",
    mistake: "keeps logs for ever by a zero",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: 0 }),
  },
  {
    id: "logs-one-day",
    mistake: "forgets logs after a day",
    type: "aws_cloudwatch_log_group",
    change: set({ retention_in_days: 1 }),
  },
  {
    id: "logs-unencrypted",
    mistake: "drops the key of a log group",
    type: "aws_cloudwatch_log_group",
    change: set({ kms_key_id: undefined }),
  },
  {
    id: "topic-unencrypted",
    mistake: "drops the key of the topic",
    type: "aws_sns_topic",
    change: set({ kms_master_key_id: undefined }),
  },
  {
    id: "topic-aws-key",
    mistake: "uses a key under which alarms cannot publish",
    type: "aws_sns_topic",
    change: set({ kms_master_key_id: "alias/aws/sns" }),
  },
  {
    id: "repository-unencrypted",
    mistake: "drops the key of a repository",
    type: "aws_ecr_repository",
    change: set({ encryption_configuration: undefined }),
  },
  {
    id: "repository-mutable",
    mistake: "lets a tag change its image",
    type: "aws_ecr_repository",
    change: set({ image_tag_mutability: "MUTABLE" }),
  },
  {
    id: "repository-unscanned",
    mistake: "scans no image",
    type: "aws_ecr_repository",
    change: set({ image_scanning_configuration: { scan_on_push: false } }),
  },
  {
    id: "repository-force-delete",
    mistake: "deletes production's images with the repository",
    type: "aws_ecr_repository",
    change: set({ force_delete: true }),
    applies: ({ force_delete }) => force_delete === false,
  },
  {
    id: "images-expire",
    mistake: "keeps one image",
    type: "aws_ecr_lifecycle_policy",
    change: inJson("policy", (policy) => {
      policy.rules[0].selection.countNumber = 1;
    }),
  },
  { id: "images-never-expire", mistake: "keeps every image", type: "aws_ecr_lifecycle_policy", change: "remove" },
  {
    id: "image-deleted-locally",
    mistake: "deletes the image that a rollback starts",
    type: "docker_image",
    change: set({ keep_locally: false }),
  },
  {
    id: "image-deleted-remotely",
    mistake: "deletes the pushed image that a rollback starts",
    type: "docker_registry_image",
    change: set({ keep_remotely: false }),
  },
];
