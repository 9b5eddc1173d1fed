import { created, type MadeChange, madePlan, reviewOf, unchanged, updated } from "../../made-plan";
import { reviewPlans } from "../../review";
import { flagsAndAllows } from "../flags-and-allows";
import { changesWhatExists } from "./changes-what-exists";

const lifecycle = (rule: object) =>
  created("aws_s3_bucket_lifecycle_configuration.l", { bucket: "b", rule: [{ status: "Enabled", ...rule }] });
const expiring = lifecycle({ id: "r", expiration: [{ days: 1 }] });
const images = created("aws_ecr_lifecycle_policy.p", { repository: "r", policy: '{"rules":[]}' });
const denying = (statement: object) =>
  created("aws_s3_bucket_policy.p", {
    bucket: "b",
    policy: JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", ...statement }],
    }),
  });
const rule = (...condition: object[]) =>
  created("aws_lb_listener_rule.r", {
    listener_arn: "arn:l",
    priority: 1,
    condition: condition as MadeChange["after"] as [],
  });
const everyPath = { path_pattern: [{ values: ["/*"] }] };
const route = created("aws_route.r", {
  route_table_id: "rtb-1",
  destination_cidr_block: "0.0.0.0/0",
  gateway_id: "igw-1",
});

flagsAndAllows(changesWhatExists, {
  flags: {
    "objects that expire in a bucket that was there": [unchanged("aws_s3_bucket.b", { bucket: "b" }), expiring],
    "objects that expire in a bucket of another plan": [expiring],
    "old versions that expire": [lifecycle({ id: "r", noncurrent_version_expiration: [{ noncurrent_days: 1 }] })],
    "images that are deleted from a repository that was there": [
      unchanged("aws_ecr_repository.r", { name: "r" }),
      images,
    ],
    "a bucket's policy that denies everybody": [unchanged("aws_s3_bucket.b", { bucket: "b" }), denying({})],
    "a denial outside of a network": [denying({ Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } })],
    "a denial that is sensitive": [{ ...denying({}), after_sensitive: { policy: true } }],
    "a rule for every path of a listener that was there": [
      unchanged("aws_lb_listener.l", { id: "arn:l", arn: "arn:l" }),
      rule(everyPath),
    ],
    "a way out of a route table that was there": [unchanged("aws_route_table.t", { id: "rtb-1" }), route],
    "disks that are not encrypted by themselves": [created("aws_ebs_encryption_by_default.e", { enabled: false })],
  },
  allows: {
    "objects that expire in a new bucket": [created("aws_s3_bucket.b", { bucket: "b" }), expiring],
    "objects that expire in a bucket whose name is not known yet": [
      {
        ...expiring,
        after: { rule: [{ id: "r", status: "Enabled", expiration: [{ days: 1 }] }] },
        after_unknown: { bucket: true },
      },
    ],
    "a lifecycle's rule that is switched off": [lifecycle({ id: "r", status: "Disabled", expiration: [{ days: 1 }] })],
    "unfinished uploads that are removed": [
      lifecycle({ id: "r", abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }] }),
    ],
    "images that are deleted from a new repository": [created("aws_ecr_repository.r", { name: "r" }), images],
    "a denial of a new bucket": [created("aws_s3_bucket.b", { bucket: "b" }), denying({})],
    "a denial without TLS": [denying({ Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    "a denial for one role": [denying({ Principal: { AWS: "arn:aws:iam::1:role/a" } })],
    "a rule for some paths": [rule({ path_pattern: [{ values: ["/api/*"] }] })],
    "a rule for every path of one host": [rule(everyPath, { host_header: [{ values: ["a.example"] }] })],
    "a rule of a new listener": [created("aws_lb_listener.l", { arn: "arn:l" }), rule(everyPath)],
    "a way out of a new route table": [created("aws_route_table.t", { id: "rtb-1" }), route],
    "a way to one network": [
      created("aws_route.r", { route_table_id: "rtb-1", destination_cidr_block: "10.1.0.0/16" }),
    ],
    "disks that are encrypted by themselves": [created("aws_ebs_encryption_by_default.e", { enabled: true })],
    "a change in place, which is other rules'": [
      updated("aws_ecr_lifecycle_policy.p", { repository: "r" }, { policy: "{}" }),
    ],
  },
});

test("a reference tells what is new, whatever the name of it", () => {
  const configuration = {
    root_module: {
      resources: [
        {
          address: "aws_s3_bucket_lifecycle_configuration.l",
          expressions: { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } },
        },
      ],
    },
  };
  const verdict = (bucket: MadeChange) =>
    reviewPlans([madePlan({ changes: [bucket, expiring], more: { configuration } })], { today: "2026-01-01" }).verdict;
  expect(verdict(created("aws_s3_bucket.b", { bucket_prefix: "x" }))).toBe("safe");
  expect(verdict(unchanged("aws_s3_bucket.b", { bucket: "x" }))).toBe("look");
});

test("a new thing that changes what was there is to be looked at", () => {
  expect(reviewOf(route)).toMatchObject({ verdict: "look", changes: [{ outage: "connections drain" }] });
});
