import { account, bucket, bucketName, noBucket, policy, region } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const on = (name: string, command: string, more: object | ((made: Made) => object) = {}): Call => ({
  client: "s3",
  command,
  input: (made) => ({ Bucket: bucketName(made, name), ...(typeof more === "function" ? more(made) : more) }),
});

const put = (name: string, more: object = {}): Call =>
  on(name, "PutObjectCommand", { Key: "a.txt", Body: "a", ...more });
const noObject = (name: string, key = "a.txt"): Call => on(name, "DeleteObjectCommand", { Key: key });
const versions = (name: string): Call =>
  on(name, "PutBucketVersioningCommand", { VersioningConfiguration: { Status: "Enabled" } });
const errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";

const document = (name: string, statement: (made: Made) => object): Call =>
  on(name, "PutBucketPolicyCommand", (made) => ({ Policy: policy(statement(made)) }));

const lifecycle = (name: string, days: number): Call =>
  on(name, "PutBucketLifecycleConfigurationCommand", {
    LifecycleConfiguration: {
      Rules: [
        {
          ID: "cold",
          Status: "Enabled",
          Filter: { Prefix: "" },
          Transitions: [{ Days: days, StorageClass: "STANDARD_IA" }],
        },
      ],
    },
  });

export const s3: Wrong[] = [
  {
    name: "bucket deleted with an object in it",
    service: "s3",
    kind: "order",
    before: [...bucket("wrong-s3-full"), ...bucket("wrong-s3-empty"), put("wrong-s3-full")],
    wrong: noBucket("wrong-s3-full"),
    answer: { error: "BucketNotEmpty", message: "is not empty" },
    source: errors,
    explanation: "A bucket must be empty. Access logs arrive in it also during a destroy.",
    right: noBucket("wrong-s3-empty"),
    after: [noObject("wrong-s3-full"), noBucket("wrong-s3-full")],
  },
  {
    name: "versioned bucket deleted after its objects were deleted",
    service: "s3",
    kind: "order",
    before: [
      ...bucket("wrong-s3-marked"),
      ...bucket("wrong-s3-clean"),
      versions("wrong-s3-marked"),
      versions("wrong-s3-clean"),
      put("wrong-s3-marked"),
      noObject("wrong-s3-marked"),
    ],
    wrong: noBucket("wrong-s3-marked"),
    answer: { error: "BucketNotEmpty", message: "You must delete all versions in the bucket" },
    source:
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html (all objects, versions and delete markers)",
    explanation: "In a versioned bucket a deletion adds a marker. Versions and markers must be deleted too.",
    right: noBucket("wrong-s3-clean"),
  },
  {
    name: "access control list on a new bucket",
    service: "s3",
    kind: "argument",
    before: [
      ...bucket("wrong-s3-acl"),
      ...bucket("wrong-s3-owner"),
      on("wrong-s3-owner", "PutBucketOwnershipControlsCommand", {
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
      }),
    ],
    wrong: on("wrong-s3-acl", "PutBucketAclCommand", { ACL: "log-delivery-write" }),
    answer: { error: "AccessControlListNotSupported", message: "The bucket does not allow ACLs" },
    source: "https://github.com/trussworks/terraform-aws-s3-private-bucket/issues/403",
    explanation: "Since April 2023 the owner of a new bucket owns all objects, and lists are off.",
    right: on("wrong-s3-owner", "PutBucketAclCommand", { ACL: "log-delivery-write" }),
    after: [noBucket("wrong-s3-acl"), noBucket("wrong-s3-owner")],
  },
  {
    name: "public policy on a new bucket",
    service: "s3",
    kind: "permission",
    before: bucket("wrong-s3-public"),
    wrong: document("wrong-s3-public", (made) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucketName(made, "wrong-s3-public")}/*`,
    })),
    answer: { error: "AccessDenied" },
    source:
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (BlockPublicPolicy)",
    explanation: "A new bucket blocks public policies. The call is refused though the caller may set policies.",
    right: document("wrong-s3-public", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:root` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucketName(made, "wrong-s3-public")}/*`,
    })),
    after: [noBucket("wrong-s3-public")],
  },
  {
    name: "bucket policy about another bucket",
    service: "s3",
    kind: "argument",
    before: bucket("wrong-s3-resource"),
    wrong: document("wrong-s3-resource", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:root` },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::some-other-bucket/*",
    })),
    answer: { error: "MalformedPolicy", message: "Policy has invalid resource" },
    source: `${errors} (MalformedPolicy)`,
    explanation: "The resources of a bucket policy must be this bucket or its objects.",
    right: document("wrong-s3-resource", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:root` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucketName(made, "wrong-s3-resource")}/*`,
    })),
    after: [noBucket("wrong-s3-resource")],
  },
  {
    name: "bucket policy for a role that is not there yet",
    service: "s3",
    kind: "order",
    before: bucket("wrong-s3-principal"),
    wrong: document("wrong-s3-principal", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:role/wrong-s3-not-there` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucketName(made, "wrong-s3-principal")}/*`,
    })),
    answer: { error: "MalformedPolicy", message: "Invalid principal in policy" },
    source: "https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error",
    explanation: "S3 looks each principal up when the policy is set.",
    right: document("wrong-s3-principal", (made) => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account(made)}:root` },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucketName(made, "wrong-s3-principal")}/*`,
    })),
    after: [noBucket("wrong-s3-principal")],
  },
  {
    name: "lock file written while another run holds it",
    service: "s3",
    kind: "order",
    before: [...bucket("wrong-s3-lock"), put("wrong-s3-lock", { Key: "a.tfstate.tflock", IfNoneMatch: "*" })],
    wrong: put("wrong-s3-lock", { Key: "a.tfstate.tflock", IfNoneMatch: "*" }),
    answer: { error: "PreconditionFailed" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html",
    explanation: "The lock of the S3 state backend is a conditional write. The second writer gets 412.",
    right: put("wrong-s3-lock", { Key: "b.tfstate.tflock", IfNoneMatch: "*" }),
    after: [
      noObject("wrong-s3-lock", "a.tfstate.tflock"),
      noObject("wrong-s3-lock", "b.tfstate.tflock"),
      noBucket("wrong-s3-lock"),
    ],
  },
  {
    name: "infrequent access after seven days",
    service: "s3",
    kind: "limit",
    before: bucket("wrong-s3-days"),
    wrong: lifecycle("wrong-s3-days", 7),
    answer: { error: "InvalidArgument", message: "'Days' in Transition action must be greater than or equal to 30" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html",
    explanation: "Objects stay 30 days in STANDARD before STANDARD_IA or ONEZONE_IA.",
    right: lifecycle("wrong-s3-days", 30),
    after: [noBucket("wrong-s3-days")],
  },
  {
    name: "events to a queue that does not admit S3",
    service: "s3",
    kind: "permission",
    before: [
      ...bucket("wrong-s3-event"),
      { client: "sqs", command: "CreateQueueCommand", input: { QueueName: "wrong-s3-shut" }, as: "shut" },
      {
        client: "sqs",
        command: "CreateQueueCommand",
        input: (made) => ({
          QueueName: "wrong-s3-open",
          Attributes: {
            Policy: policy({
              Effect: "Allow",
              Principal: { Service: "s3.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: `arn:aws:sqs:${region(made)}:${account(made)}:wrong-s3-open`,
            }),
          },
        }),
        as: "open",
      },
    ],
    wrong: notify("wrong-s3-shut"),
    answer: { error: "InvalidArgument", message: "Unable to validate the following destination configurations" },
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html",
    explanation: "S3 checks the queue policy when the notification is set, so the policy must come first.",
    right: notify("wrong-s3-open"),
    after: [
      noBucket("wrong-s3-event"),
      { client: "sqs", command: "DeleteQueueCommand", input: (made) => ({ QueueUrl: made.shut.QueueUrl }) },
      { client: "sqs", command: "DeleteQueueCommand", input: (made) => ({ QueueUrl: made.open.QueueUrl }) },
    ],
  },
];

function notify(queue: string): Call {
  return on("wrong-s3-event", "PutBucketNotificationConfigurationCommand", (made) => ({
    NotificationConfiguration: {
      QueueConfigurations: [
        { QueueArn: `arn:aws:sqs:${region(made)}:${account(made)}:${queue}`, Events: ["s3:ObjectCreated:*"] },
      ],
    },
  }));
}
