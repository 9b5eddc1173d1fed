import { account, allow, bucket, bucketName, noBucket, noTwo, region, two } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const put = (by: string, name: string, key = "a.txt"): Call => ({
  client: "s3",
  command: "PutObjectCommand",
  by,
  input: (made) => ({ Bucket: bucketName(made, name), Key: key, Body: "a" }),
});

const arn = (made: Made, name: string, rest = ""): string => `arn:aws:s3:::${bucketName(made, name)}${rest}`;

const empty = (name: string, key = "a.txt"): Call[] => [
  { client: "s3", command: "DeleteObjectCommand", input: (made) => ({ Bucket: bucketName(made, name), Key: key }) },
  noBucket(name),
];

const list = (by: string, name: string, prefix?: string): Call => ({
  client: "s3",
  command: "ListObjectsV2Command",
  by,
  input: (made) => ({ Bucket: bucketName(made, name), ...(prefix === undefined ? {} : { Prefix: prefix }) }),
});

const s3Guide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html";

export const permissionResourceName: Wrong[] = [
  {
    name: "PutObject allowed on the bucket and not on its objects",
    service: "s3",
    kind: "permission",
    before: [
      ...bucket("wrong-arn-object"),
      ...two(
        "wrong-arn-object",
        (made) => [allow("s3:PutObject", arn(made, "wrong-arn-object"))],
        (made) => [allow("s3:PutObject", arn(made, "wrong-arn-object", "/*"))],
      ),
    ],
    wrong: put("poor", "wrong-arn-object"),
    answer: { error: "AccessDenied" },
    source: s3Guide,
    explanation: "Actions on objects need the ARN of the objects: bucket/*.",
    right: put("rich", "wrong-arn-object"),
    after: [...empty("wrong-arn-object"), ...noTwo("wrong-arn-object")],
  },
  {
    name: "ListBucket allowed on the objects and not on the bucket",
    service: "s3",
    kind: "permission",
    before: [
      ...bucket("wrong-arn-list"),
      ...two(
        "wrong-arn-list",
        (made) => [allow("s3:ListBucket", arn(made, "wrong-arn-list", "/*"))],
        (made) => [allow("s3:ListBucket", arn(made, "wrong-arn-list"))],
      ),
    ],
    wrong: list("poor", "wrong-arn-list"),
    answer: { error: "AccessDenied" },
    source: s3Guide,
    explanation: "Actions on the bucket need the ARN of the bucket itself. An S3 state backend needs both kinds.",
    right: list("rich", "wrong-arn-list"),
    after: [noBucket("wrong-arn-list"), ...noTwo("wrong-arn-list")],
  },
  {
    name: "star in a StringEquals condition",
    service: "iam",
    kind: "permission",
    before: [
      ...bucket("wrong-equals"),
      ...two(
        "wrong-equals",
        () => [allow("s3:ListBucket", "*", { Condition: { StringEquals: { "s3:prefix": "logs/*" } } })],
        () => [allow("s3:ListBucket", "*", { Condition: { StringLike: { "s3:prefix": "logs/*" } } })],
      ),
    ],
    wrong: list("poor", "wrong-equals", "logs/2025"),
    answer: { error: "AccessDenied" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String",
    explanation: "StringEquals compares letter by letter. Only StringLike reads * and ?.",
    right: list("rich", "wrong-equals", "logs/2025"),
    after: [noBucket("wrong-equals"), ...noTwo("wrong-equals")],
  },
  {
    name: "explicit deny next to an allow",
    service: "iam",
    kind: "permission",
    before: [
      ...bucket("wrong-deny"),
      ...two(
        "wrong-deny",
        (made) => [
          allow("s3:*"),
          { Effect: "Deny", Action: "s3:PutObject", Resource: arn(made, "wrong-deny", "/locked/*") },
        ],
        () => [allow("s3:*")],
      ),
    ],
    wrong: put("poor", "wrong-deny", "locked/a.txt"),
    answer: { error: "AccessDenied" },
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
    explanation: "A deny wins over each allow, also over one that names the resource more exactly.",
    right: put("rich", "wrong-deny", "locked/a.txt"),
    after: [...empty("wrong-deny", "locked/a.txt"), ...noTwo("wrong-deny")],
  },
  {
    name: "secret named in a policy without its six random characters",
    service: "secrets-manager",
    kind: "permission",
    before: [
      {
        client: "secrets-manager",
        command: "CreateSecretCommand",
        input: { Name: "wrong/suffix", SecretString: "a" },
        as: "secret",
      },
      ...two(
        "wrong-suffix",
        (made) => [
          allow(
            "secretsmanager:GetSecretValue",
            `arn:aws:secretsmanager:${region(made)}:${account(made)}:secret:wrong/suffix`,
          ),
        ],
        (made) => [
          allow(
            "secretsmanager:GetSecretValue",
            `arn:aws:secretsmanager:${region(made)}:${account(made)}:secret:wrong/suffix-??????`,
          ),
        ],
      ),
    ],
    wrong: {
      client: "secrets-manager",
      command: "GetSecretValueCommand",
      by: "poor",
      input: { SecretId: "wrong/suffix" },
    },
    answer: { error: "AccessDeniedException", message: "secretsmanager:GetSecretValue" },
    source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html",
    explanation:
      "Secrets Manager adds a hyphen and six random characters to the ARN. A policy needs the full ARN or -??????.",
    right: {
      client: "secrets-manager",
      command: "GetSecretValueCommand",
      by: "rich",
      input: { SecretId: "wrong/suffix" },
    },
    after: [
      {
        client: "secrets-manager",
        command: "DeleteSecretCommand",
        input: { SecretId: "wrong/suffix", ForceDeleteWithoutRecovery: true },
      },
      ...noTwo("wrong-suffix"),
    ],
  },
  {
    name: "GetAuthorizationToken allowed on one repository",
    service: "ecr",
    kind: "permission",
    before: two(
      "wrong-token",
      (made) => [allow("ecr:*", `arn:aws:ecr:${region(made)}:${account(made)}:repository/wrong-token`)],
      () => [allow("ecr:GetAuthorizationToken")],
    ),
    wrong: { client: "ecr", command: "GetAuthorizationTokenCommand", by: "poor", input: {} },
    answer: { error: "AccessDeniedException", message: "ecr:GetAuthorizationToken on resource: *" },
    source:
      "https://github.com/OvertureMaps/overture-tiles/pull/20; https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html",
    explanation: "The token is for the whole registry. The action has no resource, so it must be allowed on *.",
    right: { client: "ecr", command: "GetAuthorizationTokenCommand", by: "rich", input: {} },
    after: noTwo("wrong-token"),
  },
  {
    name: "log events allowed on the log group without its streams",
    service: "cloudwatch-logs",
    kind: "permission",
    before: [
      { client: "cloudwatch-logs", command: "CreateLogGroupCommand", input: { logGroupName: "/wrong/streams" } },
      {
        client: "cloudwatch-logs",
        command: "CreateLogStreamCommand",
        input: { logGroupName: "/wrong/streams", logStreamName: "app" },
      },
      ...two(
        "wrong-streams",
        (made) => [
          allow("logs:PutLogEvents", `arn:aws:logs:${region(made)}:${account(made)}:log-group:/wrong/streams`),
        ],
        (made) => [
          allow("logs:PutLogEvents", `arn:aws:logs:${region(made)}:${account(made)}:log-group:/wrong/streams:*`),
        ],
      ),
    ],
    wrong: events("poor"),
    answer: { error: "AccessDeniedException", message: "logs:PutLogEvents" },
    source:
      "https://github.com/aws/aws-logging-dotnet/issues/179; https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html (arn, logGroupArn)",
    explanation:
      "A log stream has its own ARN under the group. The policy needs :* at the end. Terraform gives the ARN without it.",
    right: events("rich"),
    after: [
      { client: "cloudwatch-logs", command: "DeleteLogGroupCommand", input: { logGroupName: "/wrong/streams" } },
      ...noTwo("wrong-streams"),
    ],
  },
  {
    name: "describe action allowed on one resource",
    service: "ec2",
    kind: "permission",
    before: two(
      "wrong-describe",
      (made) => [allow("ec2:DescribeVpcs", `arn:aws:ec2:${region(made)}:${account(made)}:vpc/*`)],
      () => [allow("ec2:DescribeVpcs")],
    ),
    wrong: { client: "ec2", command: "DescribeVpcsCommand", by: "poor", input: {} },
    answer: { error: "UnauthorizedOperation", message: "not authorized to perform" },
    source:
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html (resource-level permissions: Describe actions need *)",
    explanation: "The describe actions of EC2 know no resource. They must be allowed on *.",
    right: { client: "ec2", command: "DescribeVpcsCommand", by: "rich", input: {} },
    after: noTwo("wrong-describe"),
  },
];

function events(by: string): Call {
  return {
    client: "cloudwatch-logs",
    command: "PutLogEventsCommand",
    by,
    input: () => ({
      logGroupName: "/wrong/streams",
      logStreamName: "app",
      logEvents: [{ timestamp: Date.now(), message: "a" }],
    }),
  };
}
