import { bucket, bucketName, noBucket } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const on = (name: string, command: string, more: object = {}): Call => ({
  client: "s3",
  command,
  input: (made) => ({ Bucket: bucketName(made, name), ...more }),
});

export const s3Answer: Wrong[] = [
  {
    name: "policy of a bucket without one is empty",
    service: "s3",
    kind: "answer",
    before: bucket("wrong-s3-no-policy"),
    wrong: on("wrong-s3-no-policy", "GetBucketPolicyCommand"),
    answer: { error: "NoSuchBucketPolicy", message: "The bucket policy does not exist" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (NoSuchBucketPolicy)",
    explanation:
      "S3 answers an error for each configuration that was never set. The same holds for lifecycle, tags and CORS.",
    right: on("wrong-s3-no-policy", "GetBucketVersioningCommand"),
    after: [noBucket("wrong-s3-no-policy")],
  },
  {
    name: "lifecycle of a bucket without one is empty",
    service: "s3",
    kind: "answer",
    before: bucket("wrong-s3-no-lifecycle"),
    wrong: on("wrong-s3-no-lifecycle", "GetBucketLifecycleConfigurationCommand"),
    answer: { error: "NoSuchLifecycleConfiguration", message: "The lifecycle configuration does not exist" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html (special errors)",
    explanation: "There is no empty answer, but an error.",
    right: on("wrong-s3-no-lifecycle", "GetBucketLocationCommand"),
    after: [noBucket("wrong-s3-no-lifecycle")],
  },
  {
    name: "a new bucket is not encrypted",
    service: "s3",
    kind: "answer",
    before: bucket("wrong-s3-encrypted"),
    wrong: on("wrong-s3-encrypted", "GetBucketEncryptionCommand"),
    answer: {
      result: (answer) =>
        answer.ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm === "AES256",
      says: "AES256 by default",
    },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html",
    explanation: "Since January 2023 each bucket has SSE-S3 at least, and the call answers it.",
    right: on("wrong-s3-encrypted", "HeadBucketCommand"),
    after: [noBucket("wrong-s3-encrypted")],
  },
  {
    name: "a new bucket does not block public access",
    service: "s3",
    kind: "answer",
    before: bucket("wrong-s3-blocked"),
    wrong: on("wrong-s3-blocked", "GetPublicAccessBlockCommand"),
    answer: {
      result: ({ PublicAccessBlockConfiguration: one }) =>
        one.BlockPublicAcls && one.IgnorePublicAcls && one.BlockPublicPolicy && one.RestrictPublicBuckets,
      says: "all four settings are on",
    },
    source: "https://aws.amazon.com/about-aws/whats-new/2023/04/amazon-s3-security-best-practices-buckets-default/",
    explanation: "Since April 2023 new buckets block all public access.",
    right: on("wrong-s3-blocked", "GetBucketOwnershipControlsCommand"),
    after: [noBucket("wrong-s3-blocked")],
  },
  {
    name: "bucket name with an underscore",
    service: "s3",
    kind: "argument",
    before: bucket("wrong-s3-name"),
    wrong: { client: "s3", command: "CreateBucketCommand", input: { Bucket: "wrong_s3_name" } },
    answer: { error: "InvalidBucketName" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    explanation: "A bucket name has small letters, digits, dots and hyphens only.",
    right: on("wrong-s3-name", "HeadBucketCommand"),
    after: [noBucket("wrong-s3-name")],
  },
  {
    name: "zone as location constraint",
    service: "s3",
    kind: "argument",
    before: bucket("wrong-s3-location"),
    wrong: {
      client: "s3",
      command: "CreateBucketCommand",
      input: (made) => ({
        Bucket: bucketName(made, "wrong-s3-east"),
        CreateBucketConfiguration: { LocationConstraint: "us-east-1a" },
      }),
    },
    answer: { error: "InvalidLocationConstraint", message: "The specified location-constraint is not valid" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html (LocationConstraint)",
    explanation: "The constraint is a region, not a zone. us-east-1 itself is said by leaving the constraint out.",
    right: on("wrong-s3-location", "HeadBucketCommand"),
    after: [noBucket("wrong-s3-location")],
  },
  {
    name: "access logs to a bucket that is not there yet",
    service: "s3",
    kind: "order",
    before: [...bucket("wrong-s3-source"), ...bucket("wrong-s3-target")],
    wrong: {
      client: "s3",
      command: "PutBucketLoggingCommand",
      input: (made) => ({
        Bucket: bucketName(made, "wrong-s3-source"),
        BucketLoggingStatus: {
          LoggingEnabled: { TargetBucket: bucketName(made, "wrong-s3-no-target"), TargetPrefix: "a/" },
        },
      }),
    },
    answer: { error: "InvalidTargetBucketForLogging", message: "The target bucket for logging does not exist" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (InvalidTargetBucketForLogging)",
    explanation: "The target must exist, in the same region and account, before the source names it.",
    right: {
      client: "s3",
      command: "PutBucketLoggingCommand",
      input: (made) => ({
        Bucket: bucketName(made, "wrong-s3-source"),
        BucketLoggingStatus: {
          LoggingEnabled: { TargetBucket: bucketName(made, "wrong-s3-target"), TargetPrefix: "a/" },
        },
      }),
    },
    after: [noBucket("wrong-s3-source"), noBucket("wrong-s3-target")],
  },
];
