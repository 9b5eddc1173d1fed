import { created, deleted, type MadeChange, replaced, reviewOf, unchanged, updated } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { flagsAndAllows, saidOf } from "./flags-and-allows.fixture";

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const reading = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const changedPolicy = (before: string, after: string, argument = "policy") =>
  updated(argument === "policy" ? "aws_iam_policy.p" : "aws_iam_role.r", { [argument]: before }, { [argument]: after });
/** A bucket's new policy for everybody, on a condition. */
const everybodyIf = (Condition: object) =>
  created("aws_s3_bucket_policy.p", { policy: policy({ ...reading, Principal: "*", Condition }) });
const newRole = (Action: string | string[]) =>
  created("aws_iam_role_policy.p", { policy: policy({ Effect: "Allow", Action, Resource: "*" }) });
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const everythingBut = (...NotAction: string[]) => policy({ Effect: "Allow", NotAction, Resource: "*" });
const trust = (statement: object) => policy({ Effect: "Allow", Action: "sts:AssumeRole", ...statement });

const other = "999988887777";
/** A plan in which something says which account is ours. */
const inOurAccount = (...changes: MadeChange[]): MadeChange[] => [
  unchanged("aws_sqs_queue.q", { arn: "arn:aws:sqs:us-east-1:111111111111:q" }),
  ...changes,
];
const bucketFor = (AWS: string, statement: object = {}) =>
  created("aws_s3_bucket_policy.p", { bucket: "b", policy: policy({ ...reading, Principal: { AWS }, ...statement }) });
const newTrust = (statement: object) => created("aws_iam_role.r", { name: "r", assume_role_policy: trust(statement) });
const workflow = (Condition: object) =>
  newTrust({
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" },
    Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" }, ...Condition },
  });
const subject = (sub: string) => workflow({ StringLike: { "token.actions.githubusercontent.com:sub": sub } });
const withExternalId = { Condition: { StringEquals: { "sts:ExternalId": "x" } } };
const handover = (Resource: string) =>
  created("aws_iam_role_policy.p", {
    policy: policy({
      ...{ Effect: "Allow", Action: "iam:PassRole", Resource },
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    }),
  });
const assuming = (Resource: string) =>
  created("aws_iam_role_policy.p", { policy: policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource }) });
const endpointFor = (make: "created" | "updated") => {
  const [narrow, wide] = [
    policy({ ...reading, Principal: "*" }),
    policy({ ...reading, Principal: "*", Action: "s3:*" }),
  ];
  return make === "created"
    ? created("aws_vpc_endpoint.e", { policy: wide })
    : updated("aws_vpc_endpoint.e", { policy: narrow }, { policy: wide });
};

const marked = (change: MadeChange, mark: Json = { policy: true }): MadeChange => ({
  ...change,
  after_sensitive: mark,
});
const everything = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const forEverybody = policy({ ...reading, Principal: "*" });

test("says that a sensitive policy opens, and nothing of what is in it", () => {
  expect(saidOf([marked(created("aws_iam_role_policy.p", { policy: everything }))])).toEqual([
    "Gives wide access: what the plan marks as sensitive",
  ]);
  const narrowed = { ...changedPolicy(policy({ ...reading, Action: "s3:PutObject" }), policy(reading)) };
  expect(saidOf([marked(narrowed)])).toContain("No longer allows: what the plan marks as sensitive");
});

test("a sensitive policy for everybody is in the review without its statements", () => {
  const review = reviewOf(marked(created("aws_s3_bucket_policy.p", { policy: forEverybody })));
  expect(review.verdict).toBe("dangerous");
  expect(JSON.stringify(review)).not.toContain("GetObject");
});

test("says which permissions widen", () => {
  expect(saidOf([changedPolicy(policy(reading), policy({ ...reading, Action: "s3:*" }))])).toEqual([
    "Gives wide access: s3:* on arn:aws:s3:::b/*",
  ]);
});

flagsAndAllows(["exposes", "gives-access"], {
  verdict: "dangerous",
  flags: {
    "everything with a service": [
      changedPolicy(policy(reading), policy({ ...reading, Action: "s3:*", Resource: "*" })),
    ],
    "everybody in a bucket's policy": [
      updated("aws_s3_bucket_policy.p", { policy: policy() }, { policy: policy({ ...reading, Principal: "*" }) }),
    ],
    "another account that may become the role": [
      changedPolicy(
        trust({ Principal: { Service: "ecs" } }),
        trust({ Principal: { Service: "ecs", AWS: "*" } }),
        "assume_role_policy",
      ),
    ],
    "a trust whose condition is a pattern now": [
      changedPolicy(
        trust({
          Principal: { Federated: "github" },
          Condition: { StringEquals: { sub: "repo:a/b:environment:prod" } },
        }),
        trust({ Principal: { Federated: "github" }, Condition: { StringLike: { sub: "repo:a/b:*" } } }),
        "assume_role_policy",
      ),
    ],
    "a new attachment of AWS's policy for administrators": [
      created("aws_iam_role_policy_attachment.a", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    ],
    "an attachment that is another policy now": [
      replaced(
        "aws_iam_role_policy_attachment.a",
        { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        {
          policy_arn: administrator,
        },
      ),
    ],
    "a policy for administrators of a job": [
      created("aws_iam_role_policy_attachment.a", {
        policy_arn: "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
      }),
    ],
    "a role's own list of policies": [
      updated("aws_iam_role.r", { managed_policy_arns: [] }, { managed_policy_arns: [administrator] }),
    ],
    "a list of all attachments": [
      created("aws_iam_role_policy_attachments_exclusive.a", { policy_arns: [administrator] }),
    ],
    "a permission set": [created("aws_ssoadmin_managed_policy_attachment.a", { managed_policy_arn: administrator })],
    "a sensitive policy of a new role": [marked(created("aws_iam_role_policy.p", { policy: everything }))],
    "a sensitive policy of a new bucket": [marked(created("aws_s3_bucket_policy.p", { policy: forEverybody }))],
    "a sensitive policy among a role's own": [
      marked(created("aws_iam_role.r", { inline_policy: [{ name: "a", policy: everything }] }), {
        inline_policy: [{ policy: true }],
      }),
    ],
    "all of a new policy that is sensitive": [
      marked(created("aws_s3_bucket_policy.p", { policy: forEverybody }), true),
    ],
    "a sensitive policy of a bucket that was there": [
      marked(updated("aws_s3_bucket.b", { policy: "" }, { policy: forEverybody })),
    ],
    "a sensitive policy that was one before": [
      { ...marked(changedPolicy(policy(reading), everything)), before_sensitive: { policy: true } },
    ],
    "a pattern in the middle of an action": [newRole("s3:*Object")],
    "a pattern of services": [newRole("*:Get*")],
    "a pattern of what deletes": [newRole("dynamodb:Delete*")],
    "two stars": [newRole("s3:**")],
    "a pattern by which a role may hand itself another": [newRole("iam:Pass*")],
    "a password for somebody else's console": [newRole("iam:UpdateLoginProfile")],
    "everything but some actions": [created("aws_iam_role_policy.p", { policy: everythingBut("iam:*") })],
    "everything but fewer actions": [changedPolicy(everythingBut("iam:*", "kms:*"), everythingBut("iam:*"))],
    "everything but a narrower exception": [changedPolicy(everythingBut("iam:*"), everythingBut("iam:GetUser"))],
    "what was left out until now": [
      changedPolicy(everythingBut("iam:*"), policy({ Effect: "Allow", Action: "iam:Pass*", Resource: "*" })),
    ],
    "everybody but one": [
      created("aws_s3_bucket_policy.p", {
        policy: policy({ ...reading, NotPrincipal: { AWS: "arn:aws:iam::1:root" } }),
      }),
    ],
    "everybody who is of another organization": [everybodyIf({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } })],
    "everybody with any role": [everybodyIf({ StringLike: { "aws:PrincipalArn": "*" } })],
    "everybody of any organization": [everybodyIf({ StringLike: { "aws:PrincipalOrgID": "o-*" } })],
    "everything in any account": [everybodyIf({ ArnLike: { "aws:SourceArn": "arn:aws:*:*:*:*" } })],
    "any bucket of anybody": [everybodyIf({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } })],
    "everybody outside of any network": [everybodyIf({ StringEqualsIfExists: { "aws:SourceVpc": "vpc-1" } })],
    "everybody without an organization": [everybodyIf({ Null: { "aws:PrincipalOrgID": "true" } })],
    "everybody of whom nothing is asked": [
      everybodyIf({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } }),
    ],
    "another account in the first policy of a bucket that was there": [bucketFor(`arn:aws:iam::${other}:root`)],
    "another account by its number": [bucketFor(other)],
    "everybody of another account": [
      bucketFor("*", { Condition: { StringEquals: { "aws:PrincipalAccount": other } } }),
    ],
    "another account in a policy that was there": inOurAccount(
      updated(
        "aws_s3_bucket_policy.p",
        { policy: policy({ ...reading, Principal: { AWS: "arn:aws:iam::111111111111:root" } }) },
        { policy: policy({ ...reading, Principal: { AWS: `arn:aws:iam::${other}:root` } }) },
      ),
    ),
    "a new role for another account": [newTrust({ Principal: { AWS: `arn:aws:iam::${other}:root` } })],
    "a new role for anybody's workflow": [workflow({})],
    "a new role for any repository": [subject("repo:*")],
    "a role that may become any other": [assuming("*")],
    "a role that may become any of an account": [assuming("arn:aws:iam::111111111111:role/*")],
    "a role that hands over any": [handover("*")],
    "everybody by any address": [everybodyIf({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } })],
    "everybody but some addresses": [everybodyIf({ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } })],
    "a role that may hand itself another": [
      changedPolicy(policy(reading), policy(reading, { Effect: "Allow", Action: "iam:PassRole", Resource: "*" })),
    ],
    "a new role that may do everything": [
      created("aws_iam_role_policy.p", { policy: policy({ Effect: "Allow", Action: "*", Resource: "*" }) }),
    ],
  },
  allows: {
    "one more action on the same objects": [
      changedPolicy(policy(reading), policy({ ...reading, Action: ["s3:GetObject", "s3:ListBucket"] })),
    ],
    "a new role with what it needs": [created("aws_iam_role_policy.p", { policy: policy(reading) })],
    "patterns of reading, and of what users of a key need": [
      newRole(["s3:Get*", "logs:Describe*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]),
    ],
    "everything but more actions": [changedPolicy(everythingBut("iam:*"), everythingBut("iam:*", "kms:*"))],
    "exceptions in another order": [changedPolicy(everythingBut("iam:*", "kms:*"), everythingBut("kms:*", "iam:*"))],
    "what everything but others had already": [
      changedPolicy(everythingBut("iam:*"), policy({ Effect: "Allow", Action: "s3:*", Resource: "*" })),
    ],
    "an attachment that was there": [
      updated("aws_iam_role.r", { managed_policy_arns: [administrator] }, { description: "a" }),
    ],
    "an attachment that goes": [deleted("aws_iam_role_policy_attachment.a", { policy_arn: administrator })],
    "everybody of our organization": [everybodyIf({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
    "our network alone": [everybodyIf({ "ForAnyValue:StringEquals": { "aws:SourceVpce": ["vpce-1"] } })],
    "one bucket, whose ARN has no account": [everybodyIf({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::ours" } })],
    "what is ours of any region": [everybodyIf({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:1:*" } })],
    "a sensitive policy with what a new role needs": [
      marked(created("aws_iam_role_policy.p", { policy: policy(reading) })),
    ],
    "a service of AWS on behalf of our account": [
      changedPolicy(
        policy(),
        policy({ ...reading, Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "1" } } }),
      ),
    ],
    "the same, written otherwise": [changedPolicy(policy({ ...reading, Action: ["s3:GetObject"] }), policy(reading))],
    "a policy that is deleted": [deleted("aws_iam_policy.p", { policy: policy(reading) })],
    "our own account": inOurAccount(bucketFor("arn:aws:iam::111111111111:role/r")),
    "the account by which AWS writes the logs of load balancers": [
      bucketFor("arn:aws:iam::127311923021:root", { Action: "s3:PutObject" }),
    ],
    "another account on a new bucket, which is another rule's": [
      created("aws_s3_bucket.b", { bucket: "b" }),
      bucketFor(other),
    ],
    "another account that was there": inOurAccount(
      updated(
        "aws_s3_bucket_policy.p",
        { policy: policy({ ...reading, Principal: { AWS: other } }) },
        { policy: policy({ ...reading, Principal: { AWS: other }, Action: ["s3:GetObject", "s3:ListBucket"] }) },
      ),
    ),
    "another account that knows an external id, which is another rule's": [
      newTrust({ Principal: { AWS: `arn:aws:iam::${other}:root` }, ...withExternalId }),
    ],
    "a new role for one repository": [subject("repo:acme/web:environment:prod")],
    "a new role for one organization's repositories": [subject("repo:acme/*")],
    "a role that may become one other": [assuming("arn:aws:iam::111111111111:role/deploy")],
    "a role that hands over one, to one service": [handover("arn:aws:iam::111111111111:role/app")],
    "patterns of writing logs and traces": [newRole(["logs:CreateLog*", "logs:Put*", "xray:Put*", "ssmmessages:*"])],
    "an office, which is another rule's": [everybodyIf({ IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } })],
    "whoever reaches a file system's mount target, which is another rule's": [
      everybodyIf({ Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }),
    ],
    "a topic's usual policy": [everybodyIf({ StringEquals: { "AWS:SourceOwner": "111111111111" } })],
    "an endpoint's policy, which gives nothing": [endpointFor("created"), endpointFor("updated")],
    "a policy of an organization, which gives nothing": [
      created("aws_organizations_policy.p", { content: everything }),
    ],
    "AWS's usual policy of a new key, by itself": [
      created("aws_kms_key.k", { id: "k" }),
      created("aws_kms_key_policy.k", {
        ...{ key_id: "k" },
        policy: policy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "kms:*",
          Resource: "*",
        }),
      }),
    ],
    "AWS's usual policy of a new key": [
      created("aws_kms_key.k", {
        policy: policy({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "kms:*", Resource: "*" }),
      }),
    ],
  },
});

flagsAndAllows("gives-access", {
  flags: {
    "one more action": [
      changedPolicy(policy(reading), policy({ ...reading, Action: ["s3:GetObject", "s3:ListBucket"] })),
    ],
    "everything but fewer objects": [
      changedPolicy(
        policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:a", "arn:b"] }),
        policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:a"] }),
      ),
    ],
    "a prohibition that is lifted": [
      changedPolicy(policy(reading, { Effect: "Deny", Action: "s3:*", Resource: "*" }), policy(reading)),
    ],
    "another account on a new bucket": [created("aws_s3_bucket.b", { bucket: "b" }), bucketFor(other)],
    "a new role for another account that knows an external id": [
      newTrust({ Principal: { AWS: `arn:aws:iam::${other}:root` }, ...withExternalId }),
    ],
    "a role that hands over one, to one service": [handover("arn:aws:iam::111111111111:role/app")],
    "an office": [everybodyIf({ IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } })],
    "whoever reaches a file system's mount target": [
      everybodyIf({ Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }),
    ],
    "an endpoint that lets more pass": [endpointFor("updated")],
    "a new policy that only the apply will tell": [
      { ...created("aws_iam_role_policy.p", { name: "p" }), after_unknown: { policy: true } },
    ],
    "a sensitive policy with one more action": [
      marked(changedPolicy(policy(reading), policy({ ...reading, Action: ["s3:GetObject", "s3:ListBucket"] }))),
    ],
    "a policy that only the apply will tell": [
      { ...updated("aws_iam_policy.p", { policy: policy(reading) }, {}), after: {}, after_unknown: { policy: true } },
    ],
  },
  allows: {
    "where a new queue sends what nobody could handle": [
      { ...created("aws_sqs_queue.q", { name: "q" }), after_unknown: { redrive_policy: true } },
    ],
    "what a pattern allowed already": [changedPolicy(policy({ ...reading, Action: "s3:*" }), policy(reading))],
    "a new endpoint with a policy": [endpointFor("created")],
    "a new role for one repository": [subject("repo:acme/web:environment:prod")],
    "statements in another order": [
      changedPolicy(
        policy(reading, { ...reading, Action: "s3:PutObject" }),
        policy({ ...reading, Action: "s3:PutObject" }, reading),
      ),
    ],
  },
});

flagsAndAllows("changes", {
  flags: {
    "an action that is taken away": [
      changedPolicy(policy({ ...reading, Action: ["s3:GetObject", "s3:PutObject"] }), policy(reading)),
    ],
  },
  allows: {
    "an action that is added": [
      changedPolicy(policy(reading), policy({ ...reading, Action: ["s3:GetObject", "s3:PutObject"] })),
    ],
  },
});

const account = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::1:root" }, Action: "kms:*", Resource: "*" };
const using = { ...account, Principal: { AWS: "arn:aws:iam::1:role/app" }, Action: "kms:Decrypt" };
const keyPolicy = (before: string, after: string) => updated("aws_kms_key.k", { policy: before }, { policy: after });

flagsAndAllows("cuts-off", {
  flags: {
    "an account that is no longer in its key's policy": [keyPolicy(policy(account, using), policy(using))],
    "the same of a policy by itself": [
      updated("aws_kms_key_policy.k", { policy: policy(account, using) }, { policy: policy(using) }),
    ],
  },
  allows: {
    "a role that may still change the policy": [
      keyPolicy(policy(account), policy({ ...using, Action: ["kms:PutKeyPolicy", "kms:Decrypt"] })),
    ],
    "a user of the key who goes": [keyPolicy(policy(account, using), policy(account))],
    "an account that never managed it": [
      keyPolicy(policy({ ...account, Action: "kms:Decrypt" }, using), policy(using)),
    ],
  },
});
