import { allow, bucket, bucketName, caller, noBucket, noTwo, policy, region, root, two, zones } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const rooted = (made: Made): object => ({
  Sid: "Root",
  Effect: "Allow",
  Principal: { AWS: root(made) },
  Action: "kms:*",
  Resource: "*",
});

/** A key whose policy has these statements. */
const key = (as: string, statements: (made: Made) => object[]): Call => ({
  client: "kms",
  command: "CreateKeyCommand",
  input: (made) => ({ Policy: policy(...statements(made)), BypassPolicyLockoutSafetyCheck: true }),
  as,
});

const noKey = (as: string): Call => ({
  client: "kms",
  command: "ScheduleKeyDeletionCommand",
  input: (made) => ({ KeyId: made[as].KeyMetadata.KeyId, PendingWindowInDays: 7 }),
});

const encrypt = (as: string, by: string): Call => ({
  client: "kms",
  command: "EncryptCommand",
  by,
  input: (made) => ({ KeyId: made[as].KeyMetadata.Arn, Plaintext: Buffer.from("a") }),
});

const group = (name: string, as: string): Call => ({
  client: "cloudwatch-logs",
  command: "CreateLogGroupCommand",
  input: (made) => ({ logGroupName: name, kmsKeyId: made[as].KeyMetadata.Arn }),
});

const put = (name: string, by: string): Call => ({
  client: "s3",
  command: "PutObjectCommand",
  by,
  input: (made) => ({
    Bucket: bucketName(made, name),
    Key: "a.txt",
    Body: "a",
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: made.key.KeyMetadata.Arn,
  }),
});

export const permissionKey: Wrong[] = [
  {
    name: "IAM policy for a key whose policy does not name the account",
    service: "kms",
    kind: "permission",
    before: [
      ...two(
        "wrong-key-root",
        () => [allow("kms:*")],
        () => [allow("kms:*")],
      ),
      key("key", (made) => [
        { Effect: "Allow", Principal: { AWS: made.richRole.Role.Arn }, Action: "kms:*", Resource: "*" },
        {
          Effect: "Allow",
          Principal: { AWS: root(made) },
          Action: ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy"],
          Resource: "*",
        },
      ]),
    ],
    wrong: encrypt("key", "poor"),
    answer: { error: "AccessDeniedException", message: "kms:Encrypt" },
    source:
      "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam",
    explanation: "IAM policies count for a key only as far as its key policy hands the decision to the account.",
    right: encrypt("key", "rich"),
    after: [noKey("key"), ...noTwo("wrong-key-root")],
  },
  {
    name: "key policy names the account, but the role has no policy for the key",
    service: "kms",
    kind: "permission",
    before: [
      ...two(
        "wrong-key-iam",
        () => [allow("kms:DescribeKey")],
        () => [allow(["kms:DescribeKey", "kms:Encrypt"])],
      ),
      key("key", (made) => [rooted(made)]),
    ],
    wrong: encrypt("key", "poor"),
    answer: { error: "AccessDeniedException", message: "kms:Encrypt" },
    source:
      "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam",
    explanation: "The account as principal of a key policy does not give the right to each role of the account.",
    right: encrypt("key", "rich"),
    after: [noKey("key"), ...noTwo("wrong-key-iam")],
  },
  {
    name: "direct use of a key that is allowed only by way of S3",
    service: "kms",
    kind: "permission",
    before: [
      ...two(
        "wrong-key-via",
        (made) => [
          allow("kms:*", "*", {
            Condition: { StringEquals: { "kms:ViaService": `s3.${region(made)}.amazonaws.com` } },
          }),
        ],
        () => [allow("kms:Encrypt")],
      ),
      key("key", (made) => [rooted(made)]),
    ],
    wrong: encrypt("key", "poor"),
    answer: { error: "AccessDeniedException", message: "kms:Encrypt" },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service",
    explanation: "With kms:ViaService the key serves only requests that the named service makes for the caller.",
    right: encrypt("key", "rich"),
    after: [noKey("key"), ...noTwo("wrong-key-via")],
  },
  {
    name: "log group on a key whose policy does not admit CloudWatch Logs",
    service: "cloudwatch-logs",
    kind: "permission",
    before: [
      caller,
      zones,
      key("shut", (made) => [rooted(made)]),
      key("open", (made) => [
        rooted(made),
        {
          Effect: "Allow",
          Principal: { Service: `logs.${region(made)}.amazonaws.com` },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
        },
      ]),
    ],
    wrong: group("/wrong/key", "shut"),
    answer: {
      error: "AccessDeniedException",
      message: "The specified KMS key does not exist or is not allowed to be used with",
    },
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/29282",
    explanation:
      "The account statement does not cover the service. The key policy must admit logs.<region>.amazonaws.com.",
    right: group("/wrong/key", "open"),
    after: [
      { client: "cloudwatch-logs", command: "DeleteLogGroupCommand", input: { logGroupName: "/wrong/key" } },
      noKey("shut"),
      noKey("open"),
    ],
  },
  {
    name: "log group on a key whose policy admits other log groups",
    service: "cloudwatch-logs",
    kind: "permission",
    before: [
      caller,
      zones,
      key("key", (made) => [
        rooted(made),
        {
          Effect: "Allow",
          Principal: { Service: `logs.${region(made)}.amazonaws.com` },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region(made)}:*:log-group:/right/*` },
          },
        },
      ]),
    ],
    wrong: group("/wrong/context", "key"),
    answer: { error: "AccessDeniedException", message: "is not allowed to be used with" },
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    explanation:
      "Logs sends the ARN of the group as encryption context. A condition on it must match the name of the new group.",
    right: group("/right/context", "key"),
    after: [
      { client: "cloudwatch-logs", command: "DeleteLogGroupCommand", input: { logGroupName: "/right/context" } },
      noKey("key"),
    ],
  },
  {
    name: "object encrypted with a key by a role without GenerateDataKey",
    service: "s3",
    kind: "permission",
    before: [
      ...bucket("wrong-sse"),
      ...two(
        "wrong-sse",
        () => [allow(["s3:PutObject", "kms:Encrypt"])],
        () => [allow(["s3:PutObject", "kms:GenerateDataKey"])],
      ),
      key("key", (made) => [rooted(made)]),
    ],
    wrong: put("wrong-sse", "poor"),
    answer: { error: "AccessDenied", message: "kms:GenerateDataKey" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html (permissions)",
    explanation: "S3 asks KMS for a data key with the rights of the caller. kms:Encrypt is not what it uses.",
    right: put("wrong-sse", "rich"),
    after: [
      {
        client: "s3",
        command: "DeleteObjectCommand",
        input: (made) => ({ Bucket: bucketName(made, "wrong-sse"), Key: "a.txt" }),
      },
      noBucket("wrong-sse"),
      noKey("key"),
      ...noTwo("wrong-sse"),
    ],
  },
  {
    name: "secret on an own key read by a role without kms:Decrypt",
    service: "secrets-manager",
    kind: "permission",
    before: [
      ...two(
        "wrong-secret-key",
        () => [allow("secretsmanager:GetSecretValue")],
        () => [allow(["secretsmanager:GetSecretValue", "kms:Decrypt"])],
      ),
      key("key", (made) => [rooted(made)]),
      {
        client: "secrets-manager",
        command: "CreateSecretCommand",
        input: (made) => ({ Name: "wrong/secret-key", SecretString: "a", KmsKeyId: made.key.KeyMetadata.Arn }),
      },
    ],
    wrong: {
      client: "secrets-manager",
      command: "GetSecretValueCommand",
      by: "poor",
      input: { SecretId: "wrong/secret-key" },
    },
    answer: { error: "AccessDeniedException", message: "Access to KMS is not allowed" },
    source:
      "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html (permissions for the KMS key)",
    explanation:
      "With an own key, the right to read a secret is two rights. An execution role without kms:Decrypt cannot start its task.",
    right: {
      client: "secrets-manager",
      command: "GetSecretValueCommand",
      by: "rich",
      input: { SecretId: "wrong/secret-key" },
    },
    after: [
      {
        client: "secrets-manager",
        command: "DeleteSecretCommand",
        input: { SecretId: "wrong/secret-key", ForceDeleteWithoutRecovery: true },
      },
      noKey("key"),
      ...noTwo("wrong-secret-key"),
    ],
  },
];
