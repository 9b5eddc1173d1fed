import { created, type MadeChange, madePlan, reviewOf, unchanged, updated } from "../made-plan.fixture";
import type { Json } from "../read/plan";
import { reviewPlans } from "../review";
import { flagsAndAllows } from "./flags-and-allows.fixture";

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
const asksForLogin = unchanged("aws_lb_listener_rule.old", {
  ...{ listener_arn: "arn:l", priority: 10, action: [{ type: "authenticate-oidc" }, { type: "forward" }] },
  condition: [{ path_pattern: [{ values: ["/admin/*"] }] }],
});
const route = created("aws_route.r", {
  route_table_id: "rtb-1",
  destination_cidr_block: "0.0.0.0/0",
  gateway_id: "igw-1",
});

const policy = (...Statement: object[]) => JSON.stringify({ Statement });
const role = unchanged("aws_iam_role.r", { id: "app", name: "app" });
const onRole = (statement: object) =>
  created("aws_iam_role_policy.p", { role: "app", policy: policy({ Effect: "Deny", Resource: "*", ...statement }) });
const vpc = unchanged("aws_vpc.v", { id: "vpc-1" });
const newVpc = created("aws_vpc.v", { id: "vpc-1" });
const freeze = (Action: string) => [
  created("aws_organizations_policy.p", { id: "p-1", content: policy({ Effect: "Deny", Action, Resource: "*" }) }),
  created("aws_organizations_policy_attachment.a", { policy_id: "p-1", target_id: "ou-1" }),
];
const aclRule = (values: Record<string, Json>) =>
  created("aws_network_acl_rule.r", {
    ...{ network_acl_id: "acl-1", protocol: "-1", rule_action: "deny", rule_number: 1, cidr_block: "0.0.0.0/0" },
    ...values,
  });
const atNight = (max_capacity: number) =>
  created("aws_appautoscaling_scheduled_action.a", {
    resource_id: "service/c/s",
    scalable_target_action: [{ min_capacity: 0, max_capacity }],
  });
const zone = (name: string) => created("aws_route53_zone.z", { name, vpc: [{ vpc_id: "vpc-1" }] });
const endpoint = (private_dns_enabled: boolean) =>
  created("aws_vpc_endpoint.e", { vpc_id: "vpc-1", service_name: "sqs", private_dns_enabled });
const record = (values: Record<string, Json>) =>
  created("aws_route53_record.r", { zone_id: "Z1", name: "a.example", type: "A", ...values });
const rotation = (rotate_immediately: boolean) =>
  created("aws_secretsmanager_secret_rotation.r", { secret_id: "s", rotate_immediately });
const toGateway = (destination_cidr_block: string) =>
  created("aws_route.r", { route_table_id: "rtb-1", destination_cidr_block, transit_gateway_id: "tgw-1" });

flagsAndAllows(["cuts-off", "interrupts"], {
  flags: {
    "the internet gateways of a region that are shut": [
      created("aws_vpc_block_public_access_options.o", { internet_gateway_block_mode: "block-bidirectional" }),
    ],
    "everything that is denied to a role that was there": [role, onRole({ Action: "*" })],
    "all of a service, too": [role, onRole({ Action: "s3:*" })],
    "everything but some that is denied": [role, onRole({ NotAction: "iam:*" })],
    "an attached policy that denies": [
      role,
      created("aws_iam_policy.p", {
        id: "arn:p",
        arn: "arn:p",
        policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      }),
      created("aws_iam_role_policy_attachment.a", { role: "app", policy_arn: "arn:p" }),
    ],
    "a unit of the organization that may use no machines": freeze("ec2:*"),
    "a role whose policies are all taken away": [
      role,
      created("aws_iam_role_policy_attachments_exclusive.e", { role_name: "app", policy_arns: [] }),
    ],
    "a network ACL that denies everything first": [unchanged("aws_network_acl.a", { id: "acl-1" }), aclRule({})],
    "a default network ACL without rules": [
      vpc,
      created("aws_default_network_acl.d", { default_network_acl_id: "acl-1", subnet_ids: ["a"] }),
    ],
    "a default route table without routes": [
      vpc,
      created("aws_default_route_table.d", { default_route_table_id: "rtb-1", route: [] }),
    ],
    "a night without tasks": [unchanged("aws_appautoscaling_target.t", { id: "service/c/s" }), atNight(0)],
    "a night without machines": [
      created("aws_autoscaling_schedule.s", { autoscaling_group_name: "g", desired_capacity: 0 }),
    ],
    "a machine that is stopped": [
      unchanged("aws_instance.i", { id: "i-1" }),
      created("aws_ec2_instance_state.s", { instance_id: "i-1", state: "stopped" }),
    ],
  },
  allows: {
    "a denial of one action": [role, onRole({ Action: "s3:DeleteBucket" })],
    "a denial on a condition": [
      role,
      onRole({ Action: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    ],
    "everything that is denied to a new role": [created("aws_iam_role.r", { name: "app" }), onRole({ Action: "*" })],
    "a unit that may not leave the organization": freeze("organizations:LeaveOrganization"),
    "a new role without policies": [
      created("aws_iam_role.r", { name: "app" }),
      created("aws_iam_role_policy_attachments_exclusive.e", { role_name: "app", policy_arns: [] }),
    ],
    "a network ACL that denies what nothing has admitted": [aclRule({ rule_number: 32000 })],
    "a network ACL that denies one network": [aclRule({ cidr_block: "198.51.100.0/24" })],
    "a rule of a new network ACL": [created("aws_network_acl.a", { id: "acl-1" }), aclRule({})],
    "a default network ACL with rules": [
      created("aws_default_network_acl.d", { default_network_acl_id: "acl-1", ingress: [{ rule_no: 100 }] }),
    ],
    "a default route table whose routes only the apply will tell": [
      {
        ...created("aws_default_route_table.d", { default_route_table_id: "rtb-1" }),
        after_unknown: { route: true },
      },
    ],
    "a night with fewer tasks": [atNight(1)],
    "a machine that is started": [created("aws_ec2_instance_state.s", { instance_id: "i-1", state: "running" })],
  },
});

flagsAndAllows(["changes", "drains", "deletes-sooner", "cuts-off", "loses-data", "gives-access", "weakens"], {
  flags: {
    "a rule before one that asks for a login": [
      asksForLogin,
      rule({ path_pattern: [{ values: ["/admin/export/*"] }] }),
    ],
    "other routes of a subnet that is there": [
      created("aws_route_table_association.a", { subnet_id: "subnet-1", route_table_id: "rtb-1" }),
    ],
    "a value that is overwritten": [created("aws_ssm_parameter.p", { name: "/a", overwrite: true })],
    "a new limit of a unit of the organization": freeze("organizations:LeaveOrganization"),
    "a list of all that is attached to a role": [
      role,
      created("aws_iam_role_policy_attachments_exclusive.e", { role_name: "app", policy_arns: ["arn:p"] }),
    ],
    "a network ACL that denies one network": [aclRule({ cidr_block: "198.51.100.0/24" })],
    "a network ACL for subnets that were there": [
      created("aws_network_acl.a", { id: "acl-1" }),
      created("aws_network_acl_association.a", { network_acl_id: "acl-1", subnet_id: "subnet-1" }),
    ],
    "a default group without rules": [
      vpc,
      created("aws_default_security_group.d", { vpc_id: "vpc-1", ingress: [], egress: [] }),
    ],
    "another main route table": [
      vpc,
      created("aws_main_route_table_association.m", { vpc_id: "vpc-1", route_table_id: "rtb-1" }),
    ],
    "another number of tasks at night": [atNight(1)],
    "a private zone of a public name": [vpc, zone("acme.com")],
    "an endpoint with the service's own name": [vpc, endpoint(true)],
    "a record that shares the answers of one that was there": [
      unchanged("aws_route53_record.old", { name: "a.example", type: "A" }),
      record({ set_identifier: "new" }),
    ],
    "a record that may overwrite": [record({ allow_overwrite: true })],
    "a secret that is rotated at once": [rotation(true)],
    "a lock that cannot be taken back": [
      created("aws_backup_vault_lock_configuration.l", { backup_vault_name: "v", changeable_for_days: 3 }),
    ],
    "a way to several networks": [toGateway("10.0.0.0/8")],
    "a rule for every host": [rule({ host_header: [{ values: ["*"] }] })],
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
    "a rule for other paths than one that asks for a login": [
      asksForLogin,
      rule({ path_pattern: [{ values: ["/shop/*"] }] }),
    ],
    "routes of a subnet that is new, too": [
      created("aws_subnet.s", { id: "subnet-1" }),
      created("aws_route_table_association.a", { subnet_id: "subnet-1", route_table_id: "rtb-1" }),
    ],
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
    "a private zone of a name that is not public": [vpc, zone("acme.internal")],
    "a private zone of a new VPC": [newVpc, zone("acme.com")],
    "an endpoint with a name of its own": [vpc, endpoint(false)],
    "an endpoint of a new VPC": [newVpc, endpoint(true)],
    "a default group of a new VPC": [newVpc, created("aws_default_security_group.d", { vpc_id: "vpc-1" })],
    "a record of another type": [
      unchanged("aws_route53_record.old", { name: "a.example", type: "TXT" }),
      record({ set_identifier: "new" }),
    ],
    "a certificate's proof, which may overwrite itself": [record({ name: "_1.a.example", allow_overwrite: true })],
    "a secret that is rotated later": [rotation(false)],
    "a rotation of a new secret": [created("aws_secretsmanager_secret.s", { id: "s" }), rotation(true)],
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
  expect(verdict(unchanged("aws_s3_bucket.b", { bucket: "x" }))).toBe("dangerous");
});

test("a new thing that changes what was there is to be looked at", () => {
  expect(reviewOf(route)).toMatchObject({ verdict: "look", changes: [{ outage: "connections drain" }] });
});
